/** The middle of some numbers, which may not be none. */
export function median(numbers: readonly number[]): number {
  const ascending = numbers.toSorted((one, other) => one - other);
  const middle = ascending.length / 2;
  const upper = ascending[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? (upper + (ascending[middle - 1] ?? upper)) / 2 : upper;
}

/** The number that a share of all of them (0.95) does not exceed. */
export const quantile = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((one, other) => one - other)[Math.max(0, Math.ceil(share * numbers.length) - 1)] ?? Number.NaN;

export const sum = (numbers: Iterable<number>): number => {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
};

/** `4.21 (4.10–4.56)`: the median, and what it lies between. */
export function spread(numbers: readonly number[], digits: number): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return `${median(numbers).toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const forms: readonly [pattern: RegExp, said: (...parts: string[]) => string][] = [
  [/^Disallow (.+)$/, (fault = "") => fault],
  [/^Require that (.+)$/, (wanted = "") => `nothing makes sure that ${wanted}`],
  [/^Require to (.+)$/, (wanted = "") => `left out: to ${wanted}`],
  [/^Require (.+?) to be (.+)$/, (what = "", wanted = "") => `${what}: not ${wanted}`],
  [/^Require ((?:an?|what) .+?) to (.+)$/, (what = "", wanted = "") => `${what} does not ${wanted}`],
  [/^Require (.+?) to (.+)$/, (what = "", wanted = "") => `${what} that do not ${wanted}`],
  [/^Require (?:an? )?(.+)$/, (what = "") => `no ${what}`],
  [/^Prefer (.+) to (the console|\S+)(\s.*)?$/, (better = "", worse = "", rest = "") => `${worse} instead of ${better}${rest}`],
];

/** What is wrong, from a rule's description, which says what it asks for. */
export function titleOf(description: string): string {
  for (const [pattern, said] of forms) {
    const match = pattern.exec(description);
    if (match) return capital(said(...match.slice(1)));
  }
  return description;
}

/** A count with its noun: `1 place`, `3 places`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;

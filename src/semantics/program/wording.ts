/** Parts as people list them: `a, b and c`, or `a, b and 3 more` where there are more than are to be named. */
export function among(parts: readonly string[], most = Infinity): string {
  const shown = parts.slice(0, most);
  const more = parts.length - shown.length;
  const last = more > 0 ? `${String(more)} more` : (shown.pop() ?? "");
  return shown.length > 0 ? `${shown.join(", ")} and ${last}` : last;
}

/** Where what matches a sticky pattern ends that begins at a place; the same place where nothing does. */
export function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** A pattern for words, and the same for those without letters beyond ASCII: hardly any has them, and they take their time to find. */
export interface Words {
  readonly plain: RegExp;
  readonly any: RegExp;
}

export function endOfWord({ plain, any }: Words, text: string, at: number): number {
  const end = endOf(plain, text, at);
  return end < text.length && text.charCodeAt(end) > 127 ? endOf(any, text, at) : end;
}

/** What gives a key away by its look alone: the prefixes of providers, tokens in three parts, and passwords in addresses. */
const known: readonly RegExp[] = [
  /\b(?:sk|pk|rk)_(?:live|test)_\w+/g,
  /\b(?:sk|re|whsec|xox[abposr]|gh[opsur]|github_pat|glpat|npm|shpat|dop_v1|pat|key|sbp|sb_secret)[-_][\w-]{10,}/g,
  /\bAKIA[\dA-Z]{12,}/g,
  /\bAIza[\w-]{20,}/g,
  /\bSG\.[\w-]{10,}\.[\w-]{10,}/g,
  /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*/g,
];

const address = /\b([a-z][\w+.-]*:\/\/[^\s/:@"'`]*:)([^\s@"'`]+)(?=@)/gi;

/** A value beside a name that says that it is secret. */
const named = /((?:secret|passw(?:or)?d|passphrase|token|api[-_]?key|private[-_]?key|encryption[-_]?key|credential)\w*["'`\])]*\s*(?:[:=]|\|\||\?\?|,)\s*["'`])([^"'`\n]{4,})/gi;

/** Long texts without a space. Words that people write have few digits in them. */
const long = /[A-Za-z\d+/_=-]{24,}/g;

const isDense = (text: string): boolean => {
  if (/[/_-]/.test(text) && text.split(/[/_-]/).every((part) => part.length < 16)) return false;
  return (text.match(/\d/g) ?? []).length >= 4 && /[a-z]/i.test(text);
};

const short = (text: string): string => `${text.slice(0, Math.min(4, Math.floor(text.length / 4)))}…`;

/** A text without any whole key in it: whatever looks like one is cut after its first letters. */
export function masked(text: string): string {
  let result = text;
  for (const pattern of known) result = result.replace(pattern, short);
  return result
    .replace(address, (_, before: string) => `${before}…`)
    .replace(named, (_, before: string, value: string) => before + (/^[\s.…]*$/.test(value) ? value : short(value)))
    .replace(long, (whole) => (isDense(whole) ? short(whole) : whole));
}

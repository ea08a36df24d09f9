/** What gives a key away by its look alone: the prefixes of providers, and tokens in three parts. */
const known: readonly RegExp[] = [
  /\b(?:sk|pk|rk)_(?:live|test)_\w+/g,
  /\b(?:sk|re|whsec|xox[abposr]|gh[opsur]|github_pat|glpat|npm|shpat|dop_v1|pat|key|sbp|sb_secret)[-_][\w-]{10,}/g,
  /\bAKIA[\dA-Z]{12,}/g,
  /\bAIza[\w-]{20,}/g,
  /\bSG\.[\w-]{10,}\.[\w-]{10,}/g,
  /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g,
];

const address = /\b([a-z][\w+.-]*:\/\/[^\s/:@"'`]*:)([^\s"'`]+)(?=@)/gi;

/** Words by which people call a secret. */
const word = /(?:secret|passw(?:or)?d|passphrase|passcode|token|api[-_]?key|private[-_]?key|encryption[-_]?key|signing[-_]?key|credential)\w*/.source;

/** What stands between a name and its value: `: `, ` = `, ` === `, `: string = `, ` || `. */
const between = /["'`\])]*\s*(?::\s*string\s*=|[:=!]=*|\|\|=?|\?\?=?|\s(?='))\s*/.source;

/** A value beside a name that says that it is secret; short names only where they are a word of their own. */
const named = new RegExp(`((?:${word}(?:${between}|["'\`\\])]*\\s*,\\s*)|(?:\\b|_)(?:pass|pwd)${between})["'\`])([^"'\`\\n]{4,})`, "gi");

/** What a request must bring in a header of the app's own. */
const header = /(\bheaders?(?:\.get)?\s*[[(]\s*["'`](?:authorization|x-(?!forwarded|requested|[\w-]*(?:event|topic|type|action))[\w-]+)["'`]\s*[\])]\s*[!=]==?\s*["'`])([^"'`\n\s]{8,})/gi;

/** The same for names in which only a capital says where the word begins: `smtpPass`. */
const namedByCapital = new RegExp(`([a-z\\d](?:Pass|Pwd)${between}["'\`])([^"'\`\\n]{4,})`, "g");

/** Several values beside such a name. */
const listed = /((?:(?<![a-z])keys|secrets?|passwords?|tokens?)["'`]?\s*[:=]\s*\[)([^\]]+)/gi;

/** Functions that take a secret, by what stands before it. */
const taken = /(\bcookieParser\s*\(\s*(?:\[\s*)?|\bcreate(?:Hmac|Cipheriv|Decipheriv)\s*\(\s*["'`][\w-]+["'`]\s*,\s*)(["'`])([^"'`\n]{4,})/g;

const quotedText = /(["'`])([^"'`\n]{4,})\1/g;

/** https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Authorization */
const basic = /\b(Basic\s+)([A-Za-z\d+/_-]{4,}={0,2})/g;
const bearer = /\b((?:Bearer|Token|ApiKey)\s+)([\w.~+/-]{8,}=*)/g;
const pair = /(\b(?:btoa|Buffer\.from)\s*\(\s*["'`][^"'`:\s]*:|\s-u\s+["']?[^"'\s:]+:)([^"'`\s$]{3,})/g;

/** What an address says after the question mark, by names of keys. */
const parameter = /([?&](?:\w*[_.-])?(?:(?:api|access|auth|app|client|private|secret)[_-]?)?(?:key|token|secret|pass|passw(?:or)?d|pwd|sig|signature|appid|auth)=)([^&\s"'`#$<{]{4,})/gi;

/** Values that stand without quotes, as in files that are no code. */
const plain = new RegExp(`(^|[\\s{-])((?:[\\w.-]*(?:secret|passw(?:or)?d|passphrase|token|api[-_]?key|private[-_]?key|encryption[-_]?key|credential)\\w*|[\\w.-]*[_-]?(?:pass|pwd))\\s*[:=]\\s*)([^\\s"'\`$\{<(\\[]\\S{3,})`, "gim");

/** Long texts without a space. Words that people write have few digits in them. */
const long = /[A-Za-z\d+/_=-]{24,}/g;

const isDense = (text: string): boolean => {
  if (/[/_-]/.test(text) && text.split(/[/_-]/).every((part) => part.length < 16)) return false;
  return (text.match(/\d/g) ?? []).length >= 4 && /[a-z]/i.test(text);
};

/** A text after whose first letters the rest is cut. */
export const cut = (text: string): string => `${text.slice(0, Math.min(4, Math.floor(text.length / 4)))}…`;

/** The same for each line of a text, which has as many lines as before. */
export const cutLines = (text: string): string => text.split("\n").map((line, index) => (index === 0 ? cut(line) : line.trim() === "" ? line : "…")).join("\n");

const cutSecond = (_: string, before: string, value: string): string => before + (/^[\s.…]*$|^(?:string|undefined|number|object|boolean|function)$/.test(value) ? value : cut(value));

/** Whether a text is somebody's name and password, as they are sent. */
const isPair = (text: string): boolean => /^[\u0020-\u0039;-\u007E]*:[\u0020-\u007E]*$/.test(Buffer.from(text, "base64").toString("latin1"));

const isCode = (file: string): boolean => /\.(?:[cm]?[jt]sx?|vue|svelte|astro|prisma|sql)$/.test(file);

/** A text without any whole key in it: whatever looks like one is cut after its first letters. */
export function masked(text: string, file = "text.ts"): string {
  let result = withoutKeys(text);
  for (const pattern of known) result = result.replace(pattern, cut);
  result = result
    .replace(address, (_, before: string) => `${before}…`)
    .replace(parameter, cutSecond)
    .replace(basic, (whole, before: string, value: string) => (isPair(value) ? before + cut(value) : whole))
    .replace(bearer, (whole, before: string, value: string) => (/\d/.test(value) ? before + cut(value) : whole))
    .replace(pair, cutSecond)
    .replace(taken, (_, before: string, quote: string, value: string) => before + quote + cut(value))
    .replace(listed, (_, before: string, values: string) => before + values.replace(quotedText, (__, quote: string, value: string) => quote + cut(value) + quote))
    .replace(named, cutSecond)
    .replace(header, cutSecond)
    .replace(namedByCapital, cutSecond);
  if (!isCode(file)) result = result.replace(plain, (_, start: string, before: string, value: string) => start + before + cut(value));
  return result.replace(long, (whole) => (isDense(whole) ? cut(whole) : whole));
}

const begin = /-----BEGIN [A-Z ]*PRIVATE KEY-----/g;

/** What a key is made of, and what code puts around its lines. */
const body = /^(?:[\w+/=:,.\s"'`\\-]|\$(?!\{))*?-----END [A-Z ]*PRIVATE KEY-----/;

/** The lines of a key whose end is not in sight. */
function openBody(text: string): string | undefined {
  const lines = text.split("\n");
  const end = lines.findIndex((line, index) => {
    const inner = line.replaceAll(/\\[rn]|["'`+,\s]/g, "");
    return inner === "" ? index > 1 : !/^[A-Za-z\d+/]{16,}={0,2}$|^[A-Za-z\d+/]+={1,2}$/.test(inner);
  });
  return end === 0 ? undefined : lines.slice(0, end === -1 ? undefined : end).join("\n");
}

/** A text without private keys, from their first line to their last. It has as many lines as before. */
export function withoutKeys(text: string): string {
  let result = "";
  let from = 0;
  for (const match of text.matchAll(begin)) {
    const start = match.index + match[0].length;
    if (start < from) continue;
    const rest = text.slice(start, start + 20_000);
    const key = body.exec(rest)?.[0] ?? openBody(rest);
    if (key === undefined) continue;
    result += `${text.slice(from, start)}…${"\n".repeat(key.split("\n").length - 1)}`;
    from = start + key.length;
  }
  return result + text.slice(from);
}

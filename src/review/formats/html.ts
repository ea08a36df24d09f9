import { concernNames, concerns } from "../../concerns.js";
import type { Bucket, Coverage, Endpoint, Evidence, Finding, Issue, Review, WorkPackage } from "../model.js";
import { bucketNames, buckets } from "../ranking.js";
import { counted } from "../titles.js";
import { type Content, html, inCode, Markup } from "./markup.js";
import { script } from "./page-script.js";
import { style } from "./page-style.js";
import { covered, figures, hoursSaid, more, seen, silence, sizeSaid } from "./said.js";

/** More places than these of one issue are counted, and in the review as data. */
const mostPlaces = 20;
const mostExcerpts = 6;

const section = (id: string, title: string, ...content: readonly Content[]): Markup => html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;

const card = (bucket: Bucket, { summary }: Review): Markup => {
  const { issues, findings } = summary[bucket];
  const { title, said } = buckets[bucket];
  return html`<li><a class="${bucket}" href="#${bucket}"><strong>${title}</strong><span class="number">${issues}</span><span>${issues === 1 ? "issue" : "issues"} in ${counted(findings, "place")}</span><span class="small">${said}</span></a></li>`;
};

/** How many places each concern has, by what is to be done about them. */
function chart({ issues }: Review): Markup {
  const rows = concernNames.map((concern) => {
    const counts = bucketNames.map((bucket) => ({
      bucket,
      count: issues.filter((issue) => issue.concern === concern && issue.bucket === bucket).reduce((sum, { findings }) => sum + findings.length, 0),
    }));
    return { concern, counts, total: counts.reduce((sum, { count }) => sum + count, 0) };
  });
  const most = Math.max(1, ...rows.map(({ total }) => total));
  const bars = rows.map(
    ({ concern, counts, total }) =>
      html`<tr><th scope="row">${concerns[concern]}</th><td><div class="bar" aria-hidden="true">${counts.filter(({ count }) => count > 0).map(({ bucket, count }) => html`<i class="${bucket}" style="width:${((count / most) * 100).toFixed(2)}%"></i>`)}</div></td><td class="numbers">${total === 0 ? "nothing" : counts.map(({ count }) => count).join(" · ")}</td></tr>`,
  );
  return html`<table class="chart"><caption class="skip">Places by concern: to fix now, to fix next, can wait</caption><tbody>${bars}</tbody></table>
<ul class="legend small">${bucketNames.map((bucket) => html`<li class="${bucket}">${buckets[bucket].title}</li>`)}</ul>`;
}

const filters = ({ issues }: Review): Markup => html`<form class="filters" hidden role="search" aria-label="Filter the issues">
${bucketNames.map((bucket) => html`<label><input type="checkbox" name="bucket" value="${bucket}" checked> ${buckets[bucket].title}</label>`)}
<label>Concern <select name="concern"><option value="">all</option>${concernNames.filter((concern) => issues.some((issue) => issue.concern === concern)).map((concern) => html`<option value="${concern}">${concerns[concern]}</option>`)}</select></label>
<label>Search <input type="search" name="text" placeholder="file, rule, words" title="Press / to come here"></label>
<button type="button" data-open="false">Open all</button><button type="reset">Reset</button>
<output aria-live="polite"></output></form>`;

function code({ excerpt, line, endLine, file }: Finding): Content {
  if (!excerpt) return null;
  const lines = excerpt.lines.map((text, index) => {
    const number = excerpt.start + index;
    return html`<span${number >= line && number <= Math.min(endLine, line + 6) ? new Markup(' class="hit"') : null}><b>${number}</b>${text}</span>`;
  });
  return html`<pre tabindex="0" role="region" aria-label="${`${file}, line ${line}`}">${lines}</pre>`;
}

const remedies = { fix: "eslint --fix mends it", suggestion: "an editor writes it at a click", person: null } as const;

/** @param why what is said of the issue already */
const place = (finding: Finding, why: string, withCode: boolean): Markup =>
  html`<li><code>${finding.file}:${finding.line}</code>${finding.entry === null ? null : html` <span class="soft small">in ${finding.entry}</span>`}${why.startsWith(finding.message) ? null : html`<p>${inCode(finding.message)}</p>`}${remedies[finding.remedy] === null ? null : html`<p class="soft small">${remedies[finding.remedy]}</p>`}${withCode ? code(finding) : null}</li>`;

function issueMarkup(issue: Issue, byId: ReadonlyMap<string, Finding>, isOpen: boolean): Markup {
  const findings = issue.findings.flatMap((id) => byId.get(id) ?? []);
  const left = findings.length - mostPlaces;
  return html`<details class="issue is-${issue.bucket}" id="issue-${issue.id}" data-bucket="${issue.bucket}" data-concern="${issue.concern}"${isOpen ? new Markup(" open") : null}>
<summary><h3>${inCode(issue.title)}</h3><span class="meta"><span>${concerns[issue.concern]}</span><span>${counted(findings.length, "place")}</span><span>score ${issue.score.toFixed(1)}</span></span></summary>
<div><p>${inCode(issue.why)}</p><p class="ranking">${figures(issue)} · <a href="${issue.docs}">${issue.rule}</a></p>
<ul class="places">${findings.slice(0, mostPlaces).map((finding, index) => place(finding, issue.why, index < mostExcerpts))}</ul>${left > 0 ? html`<p class="soft">and ${more(left)}, in the review as data (<code>--format json</code>)</p>` : null}</div></details>`;
}

function issueList(review: Review): Content {
  const byId = new Map(review.findings.map((finding): [string, Finding] => [finding.id, finding]));
  return bucketNames.map((bucket) => {
    const own = review.issues.filter((issue) => issue.bucket === bucket);
    const { title, said } = buckets[bucket];
    return html`<section data-bucket="${bucket}" aria-labelledby="${bucket}"><h2 id="${bucket}" class="${bucket}">${title} <span class="soft small">${said}</span></h2>${own.length === 0 ? html`<p class="soft">Nothing.</p>` : own.map((issue, index) => issueMarkup(issue, byId, bucket === "now" && index === 0))}</section>`;
  });
}

const step = ({ step: number, bucket, title, reason, files, change, automatic, size, hours, done, issues }: WorkPackage): Markup =>
  html`<li><h3>${number}. <a href="#issue-${issues[0] ?? ""}">${inCode(title)}</a> <span class="tag ${bucket}">${buckets[bucket].title}</span></h3>
<dl><dt>Why here</dt><dd>${reason}</dd><dt>What to change</dt><dd>${inCode(change)}</dd><dt>Files</dt><dd>${files.slice(0, 8).map((file, index) => [index > 0 ? ", " : "", html`<code>${file}</code>`])}${files.length > 8 ? ` and ${more(files.length - 8)}` : ""}</dd>
<dt>By itself</dt><dd>${inCode(automatic)}</dd><dt>Size</dt><dd>${size}, ${hoursSaid(hours)} (estimate)</dd><dt>Done when</dt><dd><code>${done}</code> ends with 0</dd></dl></li>`;

function meter(coverage: Coverage): Markup {
  const { found, total, unknown } = coverage;
  const all = Math.max(1, total + unknown);
  const part = (count: number): string => ((count / all) * 100).toFixed(2);
  return html`<li>${covered(coverage)}<div class="bar" aria-hidden="true">${found > 0 ? html`<i class="good" style="width:${part(found)}%"></i>` : null}${total - found > 0 ? html`<i class="now" style="width:${part(total - found)}%"></i>` : null}</div></li>`;
}

const asked = ({ presence, by }: Evidence): Content => {
  if (presence === "found") return html`<span class="good">${by === null ? "yes" : html`<code>${by}</code>`}</span>`;
  return presence === "missing" ? html`<strong class="now">nothing</strong>` : html`<span class="soft">could not be told</span>`;
};

const order = { missing: 0, unknown: 1, found: 2 } as const;

const endpointRow = ({ name, method, path, file, line, framework, writes, authentication, authorization }: Endpoint): Markup =>
  html`<tr><td>${path === null ? name : html`<code>${method ?? "any"} ${path}</code>`} <span class="soft">${framework}</span></td><td><code>${file}:${line}</code></td><td>${writes ? "yes" : ""}</td><td>${asked(authentication)}</td><td>${asked(authorization)}</td></tr>`;

function auth({ auth: { topics, endpoints }, issues }: Review): Content {
  if (endpoints.length === 0 && topics.every((topic) => topic.issues.length === 0)) return null;
  const link = (id: string): Markup => html`<a href="#issue-${id}">${inCode(issues.find((issue) => issue.id === id)?.title ?? "")}</a>`;
  const sorted = [...endpoints].sort((one, other) => order[one.authentication.presence] - order[other.authentication.presence] || Number(other.writes) - Number(one.writes) || one.file.localeCompare(other.file) || one.line - other.line);
  const rows = html`<p>Every way into the app, those first that ask for nobody. Not each of these is a fault: a page that everybody may read asks nobody.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Entry points"><table class="table"><thead><tr><th scope="col">Entry point</th><th scope="col">Where</th><th scope="col">Writes</th><th scope="col">Asks who is there</th><th scope="col">Asks what they may do</th></tr></thead><tbody>${sorted.map(endpointRow)}</tbody></table></div>`;
  return section(
    "auth",
    "Authentication in focus",
    html`<p>What is said here is what these rules found in the places that they understand. It is no proof that the rest is safe.</p>
<ul class="topics">${topics.map((topic) => html`<li><strong>${topic.topic}:</strong> ${topic.issues.length === 0 ? silence(topic) : topic.issues.map((id, index) => [index > 0 ? "; " : "", link(id)])}</li>`)}</ul>`,
    endpoints.length > 0 ? rows : null,
  );
}

function since({ comparison }: Review): Content {
  if (!comparison) return null;
  return html`<p>Since the review of ${comparison.date.slice(0, 10)}: <strong class="good">${comparison.fixed.length} fixed</strong>, <strong>${comparison.added.length} new</strong>, ${comparison.unchanged} unchanged.</p>`;
}

/** A review as one page that needs nothing else: no network, no script to be read. */
export function page(review: Review): string {
  const { target, size, date, plan, good, notes, suppressed, tool } = review;
  const title = `Hardening review of ${target.name}`;
  const { there, nowhere, untold } = seen(good);
  const put = suppressed.comments + suppressed.list;
  return `<!doctype html>
${
  html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"><link rel="icon" href="data:,"><title>${title}</title><style>${new Markup(style)}</style></head>
<body><a class="skip" href="#content">To the content</a>
<header><h1>${title}</h1><p class="soft">${date.slice(0, 10)}${target.commit === null ? null : html` · commit <code>${target.commit.slice(0, 10)}</code>`} · ${sizeSaid(size)}</p>${since(review)}
<ul class="cards">${bucketNames.map((bucket) => card(bucket, review))}</ul></header>
<main id="content">${section("overview", "Where it stands", chart(review))}
<div>${filters(review)}${issueList(review)}</div>
${plan.length === 0 ? null : section("plan", "Plan", html`<p>In the order of the issues: keys that are out, then the doors, then what is lost. Sizes are estimates, from how many places there are and who can mend them.</p><ol class="plan">${plan.map(step)}</ol>`)}
${auth(review)}
${there.length === 0 ? null : section("good", "In place already", html`<ul class="meters">${there.map(meter)}</ul>`)}
${nowhere.length === 0 ? null : section("nowhere", "Not in place, or not seen", html`<ul class="meters">${nowhere.map(meter)}</ul>`)}
${untold.length === 0 ? null : section("untold", "Could not be told", html`<ul class="meters">${untold.map(meter)}</ul>`)}
${put === 0 ? null : section("put-off", "Put off by the team", html`<p>${suppressed.comments} by comment, ${suppressed.list} in eslint-suppressions.json.</p>`)}
${notes.length === 0 ? null : section("notes", "Not looked at", html`<ul>${notes.map((note) => html`<li>${inCode(note)}</li>`)}</ul>`)}</main>
<footer class="soft small"><p>${tool.name} ${tool.version} on ESLint ${tool.eslint}. How issues are ranked, and what each check rests on: <a href="${review.$schema.replace(/[^/]+$/, "review.md")}">review.md</a>.</p></footer>
<script>${new Markup(script)}</script></body></html>`.text
}
`;
}

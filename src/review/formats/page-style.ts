/** The looks of the page: two palettes with enough contrast, and one for paper. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #ffffff; --ink: #1d2126; --soft: #555d68; --line: #e2ded5; --tint: #f3f0e9;
  --now: #b3261e; --now-tint: #fbeae8; --next: #8a5200; --next-tint: #fbf1df; --wait: #2c5f8a; --wait-tint: #e8f0f7; --good: #2a6b3f;
  --link: #1f5e93; --mark: #fff1b8; --focus: #1f5e93;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --card: #1b1f25; --ink: #e6e8eb; --soft: #a5adb8; --line: #2e343c; --tint: #22272e;
    --now: #ff8f85; --now-tint: #3a1f1d; --next: #f0b75e; --next-tint: #352a17; --wait: #83b8e6; --wait-tint: #1b2b3a; --good: #7fcb97;
    --link: #83b8e6; --mark: #4a4016; --focus: #83b8e6;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 4.5rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main, header, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 3rem; }
h1 { font-size: 2.1rem; line-height: 1.2; margin: 0 0 .35rem; letter-spacing: -.015em; text-wrap: balance; }
h2 { font-size: 1.4rem; margin: 3rem 0 1rem; letter-spacing: -.01em; }
h3 { font-size: 1.05rem; margin: 0; line-height: 1.4; }
p { margin: .5rem 0; max-width: 46rem; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
code { font: .88em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; background: var(--tint); padding: .08em .3em; border-radius: 4px; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 9; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem; margin: 1.75rem 0 0; padding: 0; list-style: none; }
.cards a { display: block; height: 100%; background: var(--card); border: 1px solid var(--line); border-top: 5px solid currentcolor; border-radius: 10px; padding: 1rem 1.1rem; text-decoration: none; }
.cards a:hover { border-color: currentcolor; }
.cards strong { display: block; font-size: 1.05rem; }
.cards .number { font-size: 2.4rem; line-height: 1.1; font-weight: 650; font-variant-numeric: tabular-nums; }
.cards span { display: block; color: var(--soft); }
.cards .number { color: inherit; }
.now { color: var(--now); } .next { color: var(--next); } .wait { color: var(--wait); } .good { color: var(--good); }
.chart { width: 100%; border-collapse: collapse; }
.chart th, .chart td { padding: .4rem .75rem .4rem 0; border: 0; text-align: left; font-weight: 400; vertical-align: middle; }
.chart th { white-space: nowrap; width: 1%; }
.chart .numbers { width: 1%; white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--soft); }
.bar { display: flex; height: 1.1rem; border-radius: 4px; overflow: hidden; background: var(--tint); gap: 2px; }
.bar i { display: block; min-width: 3px; background: currentcolor; }
.legend { display: flex; gap: 1.25rem; flex-wrap: wrap; padding: 0; margin: .5rem 0 0; list-style: none; }
.legend li::before { content: ""; display: inline-block; width: .8em; height: .8em; border-radius: 2px; background: currentcolor; margin-right: .45em; }
.filters { position: sticky; top: 0; z-index: 5; background: var(--paper); border-bottom: 1px solid var(--line); padding: .7rem 0; display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: center; }
.filters label { white-space: nowrap; font-size: .9rem; }
.filters input[type=search], .filters select { max-width: 9.5rem; font: inherit; font-size: .9rem; color: inherit; background: var(--card); border: 1px solid var(--soft); border-radius: 6px; padding: .3rem .55rem; }
.filters input[type=search] { width: 10.5rem; }
.filters button { font: inherit; font-size: .9rem; color: inherit; background: var(--card); border: 1px solid var(--soft); border-radius: 6px; padding: .3rem .7rem; cursor: pointer; }
.filters button:hover { background: var(--tint); }
.filters output { margin-left: auto; color: var(--soft); font-size: .875rem; }
.issue { background: var(--card); border: 1px solid var(--line); border-left: 5px solid var(--tone); border-radius: 10px; margin: .8rem 0; }
.issue.is-now { --tone: var(--now); } .issue.is-next { --tone: var(--next); } .issue.is-wait { --tone: var(--wait); }
.issue > summary { padding: .9rem 1.1rem; cursor: pointer; list-style: none; display: grid; grid-template-columns: 1fr auto; gap: .1rem 1rem; align-items: start; }
.issue > summary::-webkit-details-marker { display: none; }
.issue > summary::after { content: "+"; grid-row: 1; grid-column: 2; color: var(--soft); font-size: 1.3rem; line-height: 1.2; }
.issue[open] > summary::after { content: "\\2212"; }
.issue > summary .meta { grid-column: 1 / -1; color: var(--soft); font-size: .875rem; display: flex; flex-wrap: wrap; gap: .2rem .9rem; }
.issue > div { padding: 0 1.1rem 1rem; }
.tag { display: inline-block; font-size: .78rem; font-weight: 600; border-radius: 99px; padding: .05rem .6rem; }
.tag.now { background: var(--now-tint); } .tag.next { background: var(--next-tint); } .tag.wait { background: var(--wait-tint); }
.places { padding: 0; margin: 1rem 0 0; list-style: none; }
.places > li { border-top: 1px solid var(--line); padding: .7rem 0; }
.places p { margin: .25rem 0; }
pre { margin: .5rem 0 0; background: var(--tint); border-radius: 8px; padding: .6rem 0; overflow-x: auto; font: .82rem/1.55 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
pre span { display: block; padding: 0 .9rem; white-space: pre; width: max-content; min-width: 100%; }
pre span.hit { background: var(--mark); }
pre b { display: inline-block; width: 3.2em; color: var(--soft); font-weight: 400; user-select: none; }
.ranking { font-size: .875rem; color: var(--soft); border-left: 3px solid var(--line); padding-left: .8rem; }
.plan { list-style: none; padding: 0; counter-reset: step; }
.plan > li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.1rem; margin: .8rem 0; break-inside: avoid; }
.plan dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: .6rem 0 0; font-size: .93rem; }
.plan dt { color: var(--soft); } .plan dd { margin: 0; min-width: 0; }
@media (max-width: 40rem) { .plan dl { grid-template-columns: 1fr; } .plan dd { margin-bottom: .4rem; } }
.meters { padding: 0; list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: .8rem; }
.meters li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .8rem 1rem; }
.meters .bar { margin-top: .5rem; height: .6rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--card); max-height: 34rem; }
.table { width: 100%; border-collapse: collapse; font-size: .88rem; }
.table th, .table td { text-align: left; padding: .45rem .8rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.table th { position: sticky; top: 0; background: var(--card); color: var(--soft); font-weight: 600; }
.topics { padding-left: 1.2rem; } .topics li { margin: .25rem 0; }
footer { padding-top: 2rem; padding-bottom: 4rem; }
[hidden] { display: none !important; }
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --tint: #f2f2f2; --now: #9c1c15; --next: #7a4800; --wait: #20507a; --good: #20552f; --link: #000; --mark: #eee; }
  body { font-size: 10.5pt; }
  .filters, .skip, .issue > summary::after { display: none; }
  .scroll { max-height: none; overflow: visible; }
  header { padding-top: 0; } h2 { break-after: avoid; } .issue > summary { break-after: avoid; } .places > li, .cards a { break-inside: avoid; }
  pre span { white-space: pre-wrap; width: auto; }
  .bar i, .cards a, .tag, pre { print-color-adjust: exact; }
}
`;

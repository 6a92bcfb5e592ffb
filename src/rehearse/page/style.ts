/** The look of the page: two schemes, paper, and narrow screens. */

const LIGHT = `
  --page: #f6f7f9; --card: #fff; --ink: #1c2330; --soft: #5a6475; --line: #dfe3ea; --faint: #eef1f5;
  --full: #2868c8; --retry: #e09a1a; --dbt: #7d8aa0; --bad: #c9302c; --good: #1d7a46; --mark: #6a3fb5;
  --hatch: rgba(255,255,255,.55); --badwash: #fdf0ef; --shadow: 0 1px 2px rgba(20,30,50,.06), 0 4px 16px rgba(20,30,50,.05);`;

const DARK = `
  --page: #12161d; --card: #1a2029; --ink: #e6eaf1; --soft: #9aa6b8; --line: #2d3644; --faint: #222a35;
  --full: #5c9bf2; --retry: #f0b340; --dbt: #8794a8; --bad: #ff7a70; --good: #5fce93; --mark: #b697f5;
  --hatch: rgba(10,14,20,.5); --badwash: #2c1d20; --shadow: none;`;

export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main, header.top { max-width: 1180px; margin: 0 auto; padding: 0 20px; }
header.top { padding-top: 32px; padding-bottom: 4px; }
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; letter-spacing: -.01em; }
h2 { font-size: 19px; line-height: 1.3; margin: 0; letter-spacing: -.005em; }
h3 { font-size: 14px; margin: 20px 0 6px; }
p { margin: 0 0 10px; }
.lead { color: var(--soft); }
.head + .lead { margin-top: 4px; }
a { color: inherit; }
:focus-visible { outline: 2px solid var(--full); outline-offset: 2px; border-radius: 3px; }
nav ul { list-style: none; margin: 14px 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 8px; }
nav a { display: inline-flex; gap: 7px; padding: 4px 12px; border: 1px solid var(--line); border-radius: 99px; background: var(--card); text-decoration: none; font-size: 14px; }
nav a:hover { border-color: var(--soft); }
.yes { color: var(--good); font-weight: 700; } .no { color: var(--bad); font-weight: 700; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 16px 0 0; padding: 0; list-style: none; font-size: 13px; color: var(--soft); }
.legend li { display: inline-flex; align-items: center; gap: 7px; }
.legend svg { flex: none; }
.picture-sign { display: inline-flex; width: 17px; height: 17px; align-items: center; justify-content: center; border: 1.4px solid var(--mark); border-radius: 50%; color: var(--mark); font-size: 11px; font-weight: 700; line-height: 1; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); padding: 20px 22px; margin: 20px 0; }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 12px; }
.verdict { font-size: 13px; font-weight: 600; padding: 1px 10px; border-radius: 99px; border: 1px solid currentColor; }
.tiles { display: flex; flex-wrap: wrap; gap: 6px 30px; margin: 12px 0 14px; padding: 0; }
.tiles div { display: flex; flex-direction: column-reverse; }
.tiles dt { font-size: 12.5px; color: var(--soft); }
.tiles dd { margin: 0; font-size: 21px; line-height: 1.25; font-weight: 600; font-variant-numeric: tabular-nums; }
.tiles .bad dd { color: var(--bad); } .tiles .none { opacity: .45; }
.scroll { overflow-x: auto; margin: 0 -22px; padding: 0 22px; }
.picture { display: block; width: 100%; min-width: 760px; height: auto; font-size: 12px; }
.picture text { fill: var(--ink); }
.picture .lane { font-weight: 600; font-size: 12.5px; }
.picture .lane, .picture .note { paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
.picture .note, .picture .tick { fill: var(--soft); }
.picture .tick { font-size: 11.5px; }
.grid { stroke: var(--line); stroke-width: 1; stroke-dasharray: 2 3; }
.grid.strong { stroke-dasharray: none; }
.base { stroke: var(--soft); stroke-width: 1; opacity: .55; }
.full { fill: var(--full); } .retry { fill: url(#retry); } .dbt { fill: var(--dbt); }
.nothing { fill: var(--soft); opacity: .75; }
.skipped { fill: var(--card); stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 2; }
.failed { fill: url(#failed); }
.open { fill-opacity: .5; }
.waiting { fill: url(#waiting); stroke: var(--soft); stroke-width: .6; }
.suspended rect { fill: url(#suspended); stroke: var(--line); }
.cross { stroke: var(--bad); stroke-width: 2.4; stroke-linecap: round; fill: none; }
.tooth { fill: var(--bad); }
.mark line { stroke: var(--mark); stroke-width: 1; stroke-dasharray: 3 3; opacity: .7; }
.mark circle { fill: var(--card); stroke: var(--mark); stroke-width: 1.4; }
.mark text { fill: var(--mark); font-weight: 700; font-size: 11px; }
.run:hover rect, .run:hover circle { filter: brightness(1.12) saturate(1.15); }
.run:focus-visible rect, .run:focus-visible circle { stroke: var(--ink); stroke-width: 2; }
.run:focus-visible { outline: none; }
.differences { background: var(--badwash); border-left: 4px solid var(--bad); border-radius: 0 8px 8px 0; padding: 10px 16px; margin: 14px 0; }
.differences h3 { margin: 0 0 4px; color: var(--bad); }
.differences ul { margin: 0; padding-left: 18px; }
.differences li { overflow-wrap: anywhere; }
details { margin-top: 14px; border-top: 1px solid var(--line); padding-top: 10px; }
summary { cursor: pointer; font-weight: 600; }
.filter { display: flex; flex-wrap: wrap; gap: 6px; margin: 10px 0 0; }
.filter button { font: inherit; font-size: 13px; color: inherit; background: none; border: 1px solid var(--line); border-radius: 99px; padding: 2px 12px; cursor: pointer; }
.filter button[aria-pressed="true"] { background: var(--ink); color: var(--card); border-color: var(--ink); }
table { border-collapse: collapse; width: 100%; margin-top: 10px; font-size: 13.5px; }
th { text-align: left; font-size: 12px; font-weight: 600; color: var(--soft); padding: 4px 14px 4px 0; border-bottom: 1px solid var(--line); }
td { padding: 7px 14px 7px 0; border-bottom: 1px solid var(--faint); vertical-align: top; overflow-wrap: anywhere; }
td:first-child, td:nth-child(5) { min-width: 9.5em; overflow-wrap: normal; font-variant-numeric: tabular-nums; }
td:first-child time { white-space: nowrap; }
td:nth-child(2), td:nth-child(4) { max-width: 17em; overflow-wrap: break-word; }
td:nth-child(4) { min-width: 10em; }
td:nth-child(6) { white-space: nowrap; }
tr:target td { background: var(--faint); box-shadow: inset 0 1px var(--full), inset 0 -1px var(--full); }
.task { font-weight: 600; } .until, .count { color: var(--soft); } .count { white-space: nowrap; }
code { display: block; margin-top: 3px; color: var(--soft); font: 12px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.chip { display: inline-block; font-size: 12px; font-weight: 600; padding: 0 8px 0 6px; border-radius: 4px; border: 1px solid var(--line); border-left: 5px solid var(--soft); white-space: nowrap; }
.chip.full { border-left-color: var(--full); } .chip.retry { border-left-color: var(--retry); } .chip.dbt { border-left-color: var(--dbt); }
.chip.skipped { border-left-style: dotted; }
.state { color: var(--soft); } .state.bad { color: var(--bad); font-weight: 600; }
.blocks { columns: 2 400px; column-gap: 40px; margin-top: 10px; }
.block { break-inside: avoid; padding: 12px 0; }
.block h3 { margin: 0 0 6px; }
.block ol, .block ul { list-style: none; margin: 0; padding: 0; font-size: 13.5px; }
.plain li { padding: 5px 0; border-bottom: 1px solid var(--faint); }
.names { display: block; overflow-wrap: anywhere; }
.none { color: var(--soft); }
.bars li { display: grid; grid-template-columns: minmax(0, 1fr) minmax(60px, 1fr) 13.5em; gap: 0 10px; align-items: center; padding: 4px 0; border-bottom: 1px solid var(--faint); }
.bars .name { overflow-wrap: anywhere; }
.bars svg { display: block; overflow: visible; }
.sum li { display: flex; justify-content: space-between; gap: 14px; padding: 4px 0; border-bottom: 1px solid var(--faint); }
.sum b { white-space: nowrap; font-variant-numeric: tabular-nums; } .sum .total { border-top: 1px solid var(--soft); font-weight: 600; }
.notes { margin: 10px 0 0; padding-left: 18px; color: var(--soft); font-size: 13.5px; overflow-wrap: anywhere; }
.swipe { display: none; }
.more, footer { color: var(--soft); font-size: 13px; }
footer { max-width: 1180px; margin: 0 auto; padding: 4px 20px 40px; }
#tip { position: fixed; z-index: 5; max-width: min(520px, 92vw); padding: 8px 12px; border-radius: 8px; background: var(--ink); color: var(--card); font-size: 13px; line-height: 1.45; white-space: pre-line; overflow-wrap: anywhere; pointer-events: none; box-shadow: 0 6px 24px rgba(0,0,0,.25); }
.skip { position: absolute; left: -999em; } .skip:focus { left: 20px; top: 8px; background: var(--card); padding: 4px 10px; }
[hidden] { display: none !important; }
@media (max-width: 640px) {
  main, header.top, footer { padding-left: 12px; padding-right: 12px; }
  section { padding: 16px 14px; border-radius: 10px; }
  .scroll { margin: 0 -14px; padding: 0 14px; }
  .tiles { gap: 6px 22px; }
  .picture { min-width: 1000px; }
  .swipe { display: block; color: var(--soft); font-size: 12.5px; margin: 4px 0 2px; }
  .bars li { grid-template-columns: minmax(0, 1fr) minmax(70px, 1fr); }
  .bars li .until { grid-column: 1 / -1; }
}
@media screen and (max-width: 860px) {
  table, tbody, tr, td { display: block; width: auto; }
  thead { position: absolute; left: -999em; }
  tr { padding: 10px 0; border-bottom: 1px solid var(--line); }
  td, td:nth-child(n) { border: 0; padding: 1px 0; min-width: 0; max-width: none; }
  td:empty { display: none; }
  td[data-label]::before { content: attr(data-label) ' '; color: var(--soft); }
  tbody th { display: block; padding: 0; border: 0; font-size: 14px; color: var(--ink); }
  td:first-child { color: var(--soft); }
}
@media print {
  :root { ${LIGHT} --page: #fff; --shadow: none; }
  body { font-size: 11px; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section { break-inside: auto; box-shadow: none; }
  .head, .tiles, .scroll, tr { break-inside: avoid; }
  .scroll { overflow: visible; } .picture { min-width: 0; }
  .legend, .tiles dt, .more { font-size: 10px; } .tiles dd { font-size: 16px; }
  table, th, code, .chip { font-size: 9px; } th, td, td:nth-child(n) { min-width: 0; padding: 3px 8px 3px 0; }
  .blocks { columns: 2; } .block, .block ol, .block ul, .block .more { font-size: 10px; }
  nav, .filter, #tip, .skip, .swipe { display: none !important; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;

/** Fills that tell kinds apart without colour: stripes of a retry, checks of a failure, dots of waiting. */
export const PATTERNS =
  '<svg width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false"><defs>' +
  '<pattern id="retry" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<rect width="6" height="6" style="fill:var(--retry)"/><rect width="2" height="6" style="fill:var(--hatch)"/></pattern>' +
  '<pattern id="failed" width="6" height="6" patternUnits="userSpaceOnUse">' +
  '<rect width="6" height="6" style="fill:var(--bad)"/><path d="M0 0l6 6M6 0l-6 6" style="stroke:var(--hatch);stroke-width:.9"/></pattern>' +
  '<pattern id="waiting" width="4" height="4" patternUnits="userSpaceOnUse">' +
  '<rect width="4" height="4" style="fill:var(--card)"/><circle cx="2" cy="2" r="1" style="fill:var(--soft)"/></pattern>' +
  '<pattern id="suspended" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">' +
  '<rect width="8" height="8" style="fill:var(--faint)"/><rect width="1.5" height="8" style="fill:var(--line)"/></pattern>' +
  '</defs></svg>';

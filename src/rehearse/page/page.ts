/** Rehearsals as one HTML file that needs nothing else: no request leaves it, and it can be read without its script. */
import { createHash } from 'node:crypto';
import type { Message, Rehearsed } from '../rehearsal';
import { counted, type Summary } from '../summary';
import { binLength } from './bins';
import { element, escaped } from './escape';
import { KIND_NAMES, KINDS, kindOf } from '../kinds';
import { lanesOf } from './lanes';
import { EVENT_NAMES, signOf } from './marks';
import { binName, isBinned, pictureOf } from './picture';
import { dayText, timeText } from './scale';
import { SCRIPT } from './script';
import { PATTERNS, STYLE } from './style';
import { tableOf } from './table';

/**
 * @param options.all the tables have a row for every step, also of a year
 * @returns a document that is well-formed as HTML and as XML; names and messages are escaped
 */
export function pageOf(results: readonly Rehearsed[], { all }: { all: boolean }): string {
  const missed = results.filter(({ ok }) => !ok).length;
  const lead =
    results.length === 0
      ? 'There was nothing to rehearse.'
      : `${counted(results.length, 'rehearsal')}, ${missed === 0 ? 'all as expected' : `${missed} not as expected`}. Times are UTC.`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="${policy()}"/>
<title>Rehearsals</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#first">Skip to the first rehearsal</a>
${PATTERNS}
<header class="top">
<h1>Rehearsals</h1>
<p class="lead">${escaped(lead)}</p>
${results.length > 1 ? navigation(results) : ''}
${legend(results)}
</header>
<main id="first">
${results.map((result, index) => section(result, index, all)).join('\n')}
</main>
<footer>Played by dbt-auto-restart on the local Snowflake: simulated time, no account. Each bar leads to its row; arrow keys go from bar to bar.</footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** Nothing is loaded, and no script runs but the page's own. */
function policy(): string {
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  return `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

function navigation(results: readonly Rehearsed[]): string {
  const items = results.map(
    ({ name, ok }, index) => `<li><a href="#r${index}">${mark(ok)} ${escaped(name)}</a></li>`,
  );
  return `<nav aria-label="Rehearsals"><ul>${items.join('')}</ul></nav>`;
}

function mark(ok: boolean): string {
  return ok
    ? '<span class="yes" aria-label="as expected" role="img">\u2713</span>'
    : '<span class="no" aria-label="not as expected" role="img">\u2715</span>';
}

/** Of what the pictures show, and no more. */
function legend(results: readonly Rehearsed[]): string {
  const steps = results.flatMap((result) => result.steps);
  const shown = KINDS.filter((kind) => steps.some((step) => kindOf(step) === kind));
  const box = (inside: string): string => `<svg width="18" height="14" aria-hidden="true">${inside}</svg>`;
  const rect = (name: string): string =>
    element('rect', { class: name, x: 1, y: 1, width: 16, height: 12, rx: 2 });
  const kinds = shown.map(
    (kind) =>
      `<li>${box(kind === 'nothing' ? element('circle', { class: kind, cx: 9, cy: 7, r: 3.5 }) : rect(kind))}${KIND_NAMES[kind]}</li>`,
  );
  const waits = steps.some(({ started, dbtStarted }) => dbtStarted !== null && dbtStarted > started);
  const events = [...new Set(results.flatMap((result) => result.events.map(({ kind }) => kind)))];
  const suspends = events.includes('suspend');
  const items = [
    ...kinds,
    `<li>${box(`<path class="cross" d="M5.500 3.500l7 7m0 -7l-7 7"/>`)}${box(rect('failed'))}failed</li>`,
    ...(waits
      ? [`<li>${box(element('rect', { class: 'waiting', x: 1, y: 4, width: 16, height: 6 }))}waits</li>`]
      : []),
    ...(suspends ? [`<li>${box(`<g class="suspended">${rect('')}</g>`)}suspended</li>`] : []),
    ...events.map(
      (kind) => `<li><span class="picture-sign">${signOf(kind)}</span> ${EVENT_NAMES[kind]}</li>`,
    ),
  ];
  return `<ul class="legend" aria-label="Legend">${items.join('')}</ul>`;
}

function section(result: Rehearsed, index: number, all: boolean): string {
  const id = `r${index}`;
  const { name, title, ok, steps, differences } = result;
  const table = tableOf(steps, { id: `${id}-s`, all });
  const verdict = ok ? 'as expected' : 'not as expected';
  return `<section id="${id}" aria-labelledby="${id}-name">
<div class="head"><h2 id="${id}-name">${escaped(name)}</h2><span class="verdict ${ok ? 'yes' : 'no'}">${ok ? '\u2713' : '\u2715'} ${verdict}</span></div>
<p class="lead">${escaped(title)}</p>
${tiles(result.summary)}
${steps.length === 0 && result.events.length === 0 ? '<p>Nothing happened.</p>' : figure(result, id, table.row)}
${differencesList(differences)}
${messageList(result.messages)}
${steps.length === 0 ? '' : stepsBox(result, table.html)}
</section>`;
}

function tiles(summary: Summary): string {
  const { runs, fullBuilds, retries, failures, modelRunsSaved, lookMinutes } = summary;
  const all: [number, string, string?][] = [
    [runs, 'runs'],
    [fullBuilds, 'full builds'],
    [retries, 'retries'],
    [failures, 'failures', failures > 0 ? 'bad' : undefined],
    [modelRunsSaved, 'model runs saved'],
    [lookMinutes, 'warehouse minutes of looking'],
  ];
  const shown = all.map(([count, what, style]) =>
    element(
      'div',
      { class: count === 0 ? 'none' : style },
      `<dt>${what}</dt><dd>${count.toLocaleString('en-US')}</dd>`,
    ),
  );
  return `<dl class="tiles">${shown.join('')}</dl>`;
}

function figure(result: Rehearsed, id: string, row: (index: number) => string): string {
  const lanes = lanesOf(result);
  const [from, to] = [Date.parse(result.start), Date.parse(result.end)];
  const grain = isBinned(lanes) ? `; a column is one ${binName(binLength({ from, to }))}` : '';
  const stretch = `${moment(from)} to ${moment(to)}${grain}`;
  const quiet = result.tasks.filter((task) => !lanes.some((lane) => lane.task === task));
  const note = quiet.length > 0 ? `. Did not run: ${quiet.join(', ')}` : '';
  return `<div class="scroll" tabindex="0" role="region" aria-label="Picture">${pictureOf(result, { id, row })}</div>
<p class="more">${escaped(`${stretch}${note}.`)}</p>`;
}

function moment(at: number): string {
  return `${dayText(at)} ${new Date(at).getUTCFullYear()} ${timeText(at)}`;
}

function differencesList(differences: readonly string[]): string {
  if (differences.length === 0) return '';
  const items = differences.map((text) => `<li>${escaped(text)}</li>`).join('');
  return `<div class="differences"><h3>${escaped(counted(differences.length, 'difference'))}</h3><ul>${items}</ul></div>`;
}

function messageList(messages: readonly Message[]): string {
  if (messages.length === 0) return '';
  const items = messages.map(
    ({ at, integration, text }) =>
      `<li><time>${escaped(at)}</time> ${escaped(integration)}: ${escaped(text)}</li>`,
  );
  return `<div class="messages"><h3>${escaped(counted(messages.length, 'message'))} sent</h3><ul>${items.join('')}</ul></div>`;
}

function stepsBox({ steps, summary }: Rehearsed, table: string): string {
  const buttons = [
    ['all', 'all'],
    ...(summary.failures > 0 ? [['failed', 'failures']] : []),
    ...(summary.retries > 0 ? [['retry', 'retries']] : []),
    ...(summary.fullBuilds > 0 ? [['full', 'full builds']] : []),
  ].map(
    ([show, text], index) =>
      `<button type="button" data-show="${show}" aria-pressed="${index === 0}">${text}</button>`,
  );
  return `<details${steps.length <= 40 ? ' open=""' : ''}><summary>${escaped(counted(steps.length, 'step'))}</summary>
<div class="filter" hidden="" role="group" aria-label="Show">${buttons.length > 2 ? buttons.join('') : ''}</div>
${table}</details>`;
}

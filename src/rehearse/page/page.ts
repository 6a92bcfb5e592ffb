/** Rehearsals as one HTML file that needs nothing else: no request leaves it, and it can be read without its script. */
import type { Message, Rehearsed } from '../rehearsal';
import { counted, type Summary } from '../summary';
import { figure, stepsBox } from './blocks';
import { BARS_LEAD, boxOf, documentOf, legendOf, swatch, tilesOf } from './document';
import { escaped } from './escape';
import { EVENT_NAMES, signOf } from './marks';
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
  return documentOf({
    title: 'Rehearsals',
    lead,
    first: 'rehearsal',
    navigationMarkup: results.length > 1 ? navigation(results) : '',
    legendMarkup: legend(results),
    sectionsMarkup: results.map((result, index) => section(result, index, all)).join('\n'),
    footer: `Played by dbt-auto-restart on the local Snowflake: simulated time, no account. ${BARS_LEAD}`,
  });
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

/** Beside what every page shows, the events. */
function legend(results: readonly Rehearsed[]): string {
  const events = [...new Set(results.flatMap((result) => result.events.map(({ kind }) => kind)))];
  const suspends = events.includes('suspend');
  return legendOf(
    results.flatMap((result) => result.steps),
    [
      ...(suspends ? [`<li>${boxOf(`<g class="suspended">${swatch('')}</g>`)}suspended</li>`] : []),
      ...events.map(
        (kind) => `<li><span class="picture-sign">${signOf(kind)}</span> ${EVENT_NAMES[kind]}</li>`,
      ),
    ],
  );
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
  const all: [number, string, 'bad'?][] = [
    [runs, 'runs'],
    [fullBuilds, 'full builds'],
    [retries, 'retries'],
    [failures, 'failures', failures > 0 ? 'bad' : undefined],
    [modelRunsSaved, 'model runs saved'],
    [lookMinutes, 'warehouse minutes of looking'],
  ];
  return tilesOf(
    all.map(([count, what, style]) => ({
      value: count.toLocaleString('en-US'),
      what,
      look: count === 0 ? 'none' : style,
    })),
  );
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

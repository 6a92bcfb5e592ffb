/** Blocks that every page has: the picture with what it shows, and the table of steps. */
import type { Rehearsed } from '../rehearsal';
import { counted } from '../summary';
import { binLength } from './bins';
import { scrolled } from './document';
import { escaped } from './escape';
import { lanesOf } from './lanes';
import { binName, isBinned, pictureOf } from './picture';
import { dayText, timeText } from './scale';

/** @param row address of a step's row in the table */
export function figure(result: Rehearsed, id: string, row: (index: number) => string): string {
  const lanes = lanesOf(result);
  const [from, to] = [Date.parse(result.start), Date.parse(result.end)];
  const grain = isBinned(lanes) ? `; a column is one ${binName(binLength({ from, to }))}` : '';
  const stretch = `${moment(from)} to ${moment(to)}${grain}`;
  const quiet = result.tasks.filter((task) => !lanes.some((lane) => lane.task === task));
  const note = quiet.length > 0 ? `. Did not run: ${quiet.join(', ')}` : '';
  return `${scrolled(pictureOf(result, { id, row }), 'Picture')}
<p class="more">${escaped(`${stretch}${note}.`)}</p>`;
}

export function moment(at: number): string {
  return `${dayText(at)} ${new Date(at).getUTCFullYear()} ${timeText(at)}`;
}

/** @param what a row is called: `step`, `run` */
export function stepsBox({ steps, summary }: Rehearsed, table: string, what = 'step'): string {
  const buttons = [
    ['all', 'all'],
    ...(summary.failures > 0 ? [['failed', 'failures']] : []),
    ...(summary.retries > 0 ? [['retry', 'retries']] : []),
    ...(summary.fullBuilds > 0 ? [['full', 'full builds']] : []),
  ].map(
    ([show, text], index) =>
      `<button type="button" data-show="${show}" aria-pressed="${index === 0}">${text}</button>`,
  );
  return `<details${steps.length <= 40 ? ' open=""' : ''}><summary>${escaped(counted(steps.length, what))}</summary>
<div class="filter" hidden="" role="group" aria-label="Show">${buttons.length > 2 ? buttons.join('') : ''}</div>
${table}</details>`;
}

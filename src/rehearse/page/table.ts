/** The steps as a table: of a long rehearsal the streaks, so that a year can be read and sent around. */
import { doerOf, hasFailed, type Step } from '../step';
import { type Streak, streaksOf } from '../streaks';
import { element, escaped } from './escape';
import { kindOf, kindText } from '../kinds';
import { dayText, timeText } from './scale';
import { durations, modelsText } from './tips';

/** From more steps than this on, runs that are alike share a row. */
const LONG = 150;
/** Rows of one table at most; the command and its JSON have the others. */
const MOST_ROWS = 1500;

export interface StepTable {
  html: string;
  /** Address of the row that a step is in. */
  row: (index: number) => string;
}

/** @param id prefix of the rows' ids @param all every step has a row */
export function tableOf(steps: readonly Step[], { id, all }: { id: string; all: boolean }): StepTable {
  const streaks =
    all || steps.length <= LONG
      ? steps.map((step) => ({ first: step, last: step, count: 1 }))
      : streaksOf(steps);
  const shown = all ? streaks : streaks.slice(0, MOST_ROWS);
  const rows = shown.map((streak, index) => rowOf(streak, `${id}-${index}`));
  const left = streaks.length - shown.length;
  const more =
    left > 0 ? `<p class="more">${left.toLocaleString('en-US')} more rows: --all writes them</p>` : '';
  const places = placesOf(steps, shown);
  const head = ['When (UTC)', 'Task', 'What', 'Models', 'Time', 'State'].map(
    (text) => `<th scope="col">${text}</th>`,
  );
  return {
    html: `<table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>${more}`,
    row: (index) => `${id}-${places[index] ?? shown.length - 1}`,
  };
}

/** For each step the number of its streak: that is the task's streak under way at the time. */
function placesOf(steps: readonly Step[], shown: readonly Streak[]): number[] {
  const starts = new Map(shown.map(({ first }, index) => [first, index]));
  const current = new Map<string | null, number>();
  return steps.map((step) => {
    const started = starts.get(step);
    if (started !== undefined) current.set(step.task, started);
    return current.get(step.task) ?? Math.max(0, shown.length - 1);
  });
}

function rowOf({ first, last, count }: Streak, id: string): string {
  const kind = kindOf(first);
  const failed = hasFailed(first);
  const cells = [
    `<time datetime="${escaped(first.at.replace(' ', 'T'))}Z">${escaped(whenText(first))}</time>` +
      (count > 1 ? ` <span class="until">to ${escaped(whenText(last))}</span>` : ''),
    `<span class="task">${escaped(doerOf(first))}</span>` +
      (count > 1 ? ` <span class="count">${count.toLocaleString('en-US')}\u00d7</span>` : ''),
    `<span class="chip ${kind}">${escaped(kindText({ ...first, outcome: 'SUCCEEDED' }))}</span> ${escaped(messageText(first))}` +
      (first.command === null ? '' : `<code>dbt ${escaped(first.command)}</code>`),
    escaped(modelsText(first)),
    count > 1 ? '' : escaped(durations(first)),
    `<span class="${failed ? 'state bad' : 'state'}">${failed ? '\u2715 ' : ''}${escaped(stateText(first))}</span>`,
  ];
  return element(
    'tr',
    { id, 'data-kind': kind, 'data-failed': failed ? 'yes' : undefined },
    cells.map((cell) => `<td>${cell}</td>`).join(''),
  );
}

function whenText({ at }: Step): string {
  const moment = Date.parse(`${at.replace(' ', 'T')}Z`);
  return `${dayText(moment)} ${new Date(moment).getUTCFullYear()} ${timeText(moment)}`;
}

/** On one line, without the sign in front: the chip beside it says the same. */
function messageText({ message }: Step): string {
  return message.replace(/\s+/g, ' ').replace(/^[^\p{L}\p{N}"'(]+/u, '');
}

/** `failed and auto suspended`. */
function stateText({ outcome }: Step): string {
  return outcome === 'EXECUTING' ? 'still runs' : outcome.toLowerCase().replaceAll('_', ' ');
}

/** A rehearsal as people read it: one line a step, what was decided and what dbt did with it. */
import { visible } from '../../config/characters';
import type { Message, Rehearsed } from '../../rehearse/rehearsal';
import { kindOf } from '../../rehearse/kinds';
import { doerOf, type Step } from '../../rehearse/step';
import { type Streak, streaksOf } from '../../rehearse/streaks';
import { summaryText } from '../../rehearse/summary';
import { tableRows } from './table';
import type { Colors } from './terminal';

/** From more steps than this on, runs that are alike are one line. */
const LONG = 40;
/** Lines of a long timeline, the first and the last of them. */
const HEAD = 60;
const TAIL = 20;

/** @param all every step is a line of its own */
export function timelineText(
  { name, title, ok, steps, differences, messages, summary }: Rehearsed,
  paint: Colors,
  { all = false } = {},
): string {
  const mark = ok ? paint.green('ok') : paint.red('FAILED');
  const head = `${mark}  ${paint.bold(visible(name))}  ${visible(title)}`;
  const lines = all || steps.length <= LONG ? steps.map(single) : streaksOf(steps);
  const left = all ? [] : lines.slice(HEAD, Math.max(HEAD, lines.length - TAIL));
  const shown = left.length > 0 ? [...lines.slice(0, HEAD), ...lines.slice(-TAIL)] : lines;
  const width = Math.max(...shown.map(({ count }) => String(count).length), 0);
  const table = tableRows(shown.map((line) => row(line, lines.length < steps.length ? width : 0, paint)));
  if (left.length > 0) table.splice(HEAD, 0, paint.dim(`  ... ${leftOut(left)}: --all shows them`));
  return [
    head,
    ...(steps.length > 0 ? table : ['  nothing happened']),
    ...messages.map((message) => `  ${messageText(message)}`),
    ...(steps.length > 0 ? [paint.dim(`  ${summaryText(summary)}`)] : []),
    ...differences.map((text) => paint.red(`  ${visible(text.replace(/\s*\n\s*/g, ' '))}`)),
  ].join('\n');
}

/** `Mon 2026-01-05 06:30 UTC  told DATA_ON_CALL: ...` */
function messageText({ at, integration, text }: Message): string {
  return `${weekday(at)} ${at} UTC  told ${visible(integration)}: ${visible(text.replace(/\s+/g, ' '))}`;
}

function single(step: Step): Streak {
  return { first: step, last: step, count: 1 };
}

function leftOut(streaks: readonly Streak[]): string {
  const steps = streaks.reduce((sum, { count }) => sum + count, 0);
  return `${steps.toLocaleString('en-US')} steps in ${streaks.length.toLocaleString('en-US')} lines`;
}

/** @param width of the column that counts; 0 where every line is one step */
function row({ first, last, count }: Streak, width: number, paint: Colors): string[] {
  const until = count > 1 ? ` to ${last.at}` : '';
  return [
    `  ${weekday(first.at)} ${first.at}${until} UTC`,
    ...(width > 0 ? [count > 1 ? `${String(count).padStart(width)} x` : ''] : []),
    visible(doerOf(first)),
    colouredMessage(first, paint),
    models(first, paint),
    outcome(first, paint),
  ];
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function weekday(at: string): string {
  return WEEKDAYS[new Date(`${at.replace(' ', 'T')}Z`).getUTCDay()]!;
}

function colouredMessage(step: Step, paint: Colors): string {
  const kind = kindOf(step);
  const line = visible(step.message.replace(/\s+/g, ' '));
  const short = line.length > 90 ? `${line.slice(0, 87).replace(/[\ud800-\udbff]$/, '')}...` : line;
  if (kind === 'retry') return paint.cyan(short);
  return kind === 'full' ? paint.blue(short) : paint.dim(short);
}

/** `ran 6, not selected 19` or `ran 20, failed dm_orders, skipped 5`. */
function models({ command, ran, failed, skipped, notSelected }: Step, paint: Colors): string {
  if (command === null) return '';
  const names = visible(`${failed.slice(0, 3).join(', ')}${failed.length > 3 ? ', ...' : ''}`);
  return [
    `ran ${ran.length}`,
    ...(failed.length > 0 ? [paint.red(`failed ${names}`)] : []),
    ...(skipped.length > 0 ? [`skipped ${skipped.length}`] : []),
    ...(notSelected.length > 0 ? [`not selected ${notSelected.length}`] : []),
  ].join(', ');
}

function outcome({ outcome: state }: Step, paint: Colors): string {
  if (state === 'SUCCEEDED') return paint.green(state);
  return state.startsWith('FAILED') || state === 'CANCELLED' ? paint.red(state) : paint.dim(state);
}

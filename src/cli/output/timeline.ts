/** A rehearsal as people read it: one line a step, what was decided and what dbt did with it. */
import type { Rehearsed, Step } from '../../rehearse/rehearsal';
import { tableText } from './table';
import type { Colors } from './terminal';

export function timelineText({ name, title, ok, steps, differences }: Rehearsed, paint: Colors): string {
  const mark = ok ? paint.green('ok') : paint.red('FAILED');
  const head = `${mark}  ${paint.bold(name)}  ${title}`;
  const rows = steps.map((step) => [
    `  ${weekday(step.at)} ${step.at}`,
    step.task ?? 'by hand',
    colouredMessage(step, paint),
    models(step, paint),
    outcome(step, paint),
  ]);
  const table = rows.length > 0 ? [tableText(rows)] : ['  nothing happened'];
  return [head, ...table, ...differences.map((text) => paint.red(`  ${text}`))].join('\n');
}

function weekday(at: string): string {
  return new Date(`${at.replace(' ', 'T')}Z`).toLocaleDateString('en-GB', {
    weekday: 'short',
    timeZone: 'UTC',
  });
}

function colouredMessage({ action, message }: Step, paint: Colors): string {
  const short = message.length > 90 ? `${message.slice(0, 87)}...` : message;
  if (action === 'SELECTIVE_RETRY') return paint.cyan(short);
  return action === 'FULL_BUILD' ? paint.blue(short) : paint.dim(short);
}

/** `ran 6, skipped 19` or `ran 20, failed dm_orders, skipped 5`. */
function models({ command, ran, failed, skipped }: Step, paint: Colors): string {
  if (command === null) return '';
  const parts = [`ran ${ran.length}`];
  if (failed.length > 0)
    parts.push(paint.red(`failed ${failed.slice(0, 3).join(', ')}${failed.length > 3 ? ', ...' : ''}`));
  if (skipped.length > 0) parts.push(`skipped ${skipped.length}`);
  return parts.join(', ');
}

function outcome({ outcome: state }: Step, paint: Colors): string {
  if (state === 'SUCCEEDED') return paint.green(state);
  return state.startsWith('FAILED') || state === 'CANCELLED' ? paint.red(state) : paint.dim(state);
}

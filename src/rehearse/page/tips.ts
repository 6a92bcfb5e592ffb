/** What a bar says when it is pointed at or reached by the keyboard. */
import { doerOf, hasFailed, type Step } from '../step';
import { counted } from '../summary';
import { KINDS, KIND_NAMES, kindOf, kindText } from '../kinds';
import { DAY, dayText, durationText, timeText } from './scale';

export function stepTip(step: Step): string {
  const due = Date.parse(`${step.at.replace(' ', 'T')}Z`);
  return [
    `${dayText(due)} ${timeText(due)}  ${doerOf(step)}: ${kindText(step)}`,
    step.message.replace(/\s+/g, ' '),
    ...(step.command === null ? [] : [`dbt ${step.command}`, modelsText(step)]),
    durations(step),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** `ran 20, failed dm_orders, skipped 5`, `ran 6, not selected 19`; nothing where the log names no node of the run. */
export function modelsText({ ran, failed, skipped, notSelected, command }: Step): string {
  const isSilent = [ran, failed, skipped, notSelected].every((names) => names.length === 0);
  if (command === null || isSilent) return '';
  const names = `${failed.slice(0, 5).join(', ')}${failed.length > 5 ? ` and ${failed.length - 5} more` : ''}`;
  return [
    `ran ${ran.length}`,
    ...(failed.length > 0 ? [`failed ${names}`] : []),
    ...(skipped.length > 0 ? [`skipped ${skipped.length}`] : []),
    ...(notSelected.length > 0 ? [`not selected ${notSelected.length}`] : []),
  ].join(', ');
}

/** `took 4 min 10 s after waiting 2 min`. */
export function durations({ started, ended, dbtStarted }: Step): string {
  const took = ended === null ? 0 : Date.parse(ended) - Date.parse(dbtStarted ?? started);
  const waited = waitedFor({ started, dbtStarted });
  const waiting = waited > 0 ? ` after waiting ${durationText(waited)}` : '';
  if (ended === null) return `still runs at the end${waiting}`;
  return took > 0 || waited > 0 ? `took ${durationText(took)}${waiting}` : '';
}

/** Milliseconds before dbt started. */
export function waitedFor({ started, dbtStarted }: Pick<Step, 'started' | 'dbtStarted'>): number {
  return dbtStarted === null ? 0 : Math.max(0, Date.parse(dbtStarted) - Date.parse(started));
}

/** Of the runs of one task in a stretch of time. */
export function binTip(name: string, from: number, length: number, steps: readonly Step[]): string {
  const when =
    length < DAY
      ? `${dayText(from)} ${timeText(from)}`
      : length === DAY
        ? dayText(from)
        : `${dayText(from)} to ${dayText(from + length - DAY)}`;
  const kinds = KINDS.flatMap((kind) => {
    const count = steps.filter((step) => kindOf(step) === kind).length;
    if (count === 0) return [];
    return [
      kind === 'full' || kind === 'retry' ? counted(count, KIND_NAMES[kind]) : `${count} ${KIND_NAMES[kind]}`,
    ];
  });
  const failed = steps.filter(hasFailed);
  const names = [...new Set(failed.flatMap((step) => step.failed))];
  const nodes = names.length > 0 ? `: ${names.slice(0, 4).join(', ')}${names.length > 4 ? ', ...' : ''}` : '';
  return [
    `${when}  ${name}: ${counted(steps.length, 'run')}`,
    kinds.join(', '),
    ...(failed.length > 0 ? [`${failed.length} failed${nodes}`] : []),
  ].join('\n');
}

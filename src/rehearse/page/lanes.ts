/** A lane for each task that ran or was meddled with, and one for what operators did by hand. */
import type { Rehearsed } from '../rehearsal';
import { hasFailed, type Step } from '../step';
import { counted } from '../summary';

export interface Lane {
  /** `null` is the operators' lane. */
  task: string | null;
  name: string;
  /** Steps with their places in the rehearsal. */
  steps: { step: Step; index: number }[];
  /** Milliseconds, from a suspend to the next resume. */
  suspended: { from: number; to: number }[];
  /** `9 runs, 2 failed`. */
  note: string;
}

export function lanesOf({ tasks, steps, events, end }: Rehearsed): Lane[] {
  const byTask = new Map<string | null, Lane['steps']>();
  for (const task of [...tasks, null]) byTask.set(task, []);
  for (const [index, step] of steps.entries()) {
    const own = byTask.get(step.task) ?? [];
    byTask.set(step.task, own);
    own.push({ step, index });
  }
  return [...byTask]
    .map(([task, own]): Lane => {
      const suspended = task === null ? [] : suspensions(task, events, Date.parse(end));
      return { task, name: task ?? 'by hand', steps: own, suspended, note: noteOf(own) };
    })
    .filter((lane) => lane.steps.length > 0 || lane.suspended.length > 0);
}

function noteOf(steps: Lane['steps']): string {
  const failed = steps.filter(({ step }) => hasFailed(step)).length;
  return `${counted(steps.length, 'run')}${failed > 0 ? `, ${failed.toLocaleString('en-US')} failed` : ''}`;
}

function suspensions(task: string, events: Rehearsed['events'], end: number): Lane['suspended'] {
  const found: Lane['suspended'] = [];
  let since: number | undefined;
  for (const { at, kind, task: of } of events) {
    if (of !== task) continue;
    if (kind === 'suspend') since ??= Date.parse(at);
    if (kind === 'resume' && since !== undefined) {
      found.push({ from: since, to: Date.parse(at) });
      since = undefined;
    }
  }
  return since === undefined ? found : [...found, { from: since, to: end }];
}

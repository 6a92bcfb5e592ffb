/**
 * The place of a task in its graph: the root starts by a schedule, children follow, a finalizer ends it.
 * https://docs.snowflake.com/en/user-guide/tasks-graphs
 */
import { didYouMean } from '../config/nearest';
import { showValue, type ProblemSink } from '../config/problems';
import type { TaskConfig } from '../config/types';
import { readIdentifier } from './read-names';
import { checkSchedule } from './schedule';

export type Place = 'root' | 'child' | 'finalizer';

export function placeOf({ after, finalize }: TaskConfig): Place {
  if (finalize !== undefined) return 'finalizer';
  return (after ?? []).length === 0 ? 'root' : 'child';
}

/** @returns stored names of the predecessors that exist */
export function predecessors(
  name: string,
  task: TaskConfig,
  known: readonly string[],
  own: ProblemSink,
  deployment: ProblemSink,
): string[] {
  const after: string[] = [];
  (task.after ?? []).forEach((text, index) => {
    const other = readIdentifier(text, own, ['after', index], 'name of a task');
    if (own.reported('after', index)) return;
    if (other === name) {
      own.add(['after', index], `${name} follows itself`, 'leave it out');
    } else if (after.includes(other)) {
      own.add(['after', index], `${other} is named twice`, 'name each predecessor once');
    } else if (known.includes(other)) {
      after.push(other);
    } else if (!deployment.reported('tasks', text)) {
      own.add(['after', index], `there is no task ${showValue(text)}`, didYouMean(text, known));
    }
  });
  return after;
}

/** @returns stored name of the task whose graph this one ends, `null` for none */
export function finalized(
  name: string,
  { finalize }: TaskConfig,
  known: readonly string[],
  own: ProblemSink,
  deployment: ProblemSink,
): string | null {
  if (finalize === undefined) return null;
  const other = readIdentifier(finalize, own, ['finalize'], 'name of a task');
  if (own.reported('finalize')) return null;
  if (other === name) own.add(['finalize'], `${name} finalizes itself`, 'name the root of another graph');
  else if (known.includes(other)) return other;
  else if (!deployment.reported('tasks', finalize))
    own.add(['finalize'], `there is no task ${showValue(finalize)}`, didYouMean(finalize, known));
  return null;
}

/** A root has a schedule and the properties of the whole graph; the others have neither. */
export function checkPlace(task: TaskConfig, own: ProblemSink): void {
  const place = placeOf(task);
  if (place === 'root') {
    const hint = 'give a root a schedule, a child its predecessors, a finalizer the root whose graph it ends';
    if (task.schedule === undefined) own.missing(['schedule'], 'it has neither schedule nor after', hint);
    else checkSchedule(task.schedule, own.at('schedule'));
    return;
  }
  const link = place === 'child' ? 'after' : 'finalize';
  if (task.schedule !== undefined) {
    const hint = 'only the root of a graph has a schedule: keep one of them';
    own.add(['schedule'], `it has both schedule and ${link}`, hint);
  }
  for (const option of ROOT_ONLY) {
    if (task[option] === undefined) continue;
    const hint = 'it is a property of the graph: set it on the root';
    own.add([option], `a task with ${link} has no ${option}`, hint);
  }
  if (place === 'finalizer') checkFinalizer(task, own);
}

const ROOT_ONLY = ['suspendAfterFailures', 'taskAutoRetryAttempts', 'errorIntegration'] as const;

function checkFinalizer({ after, onlyIfBuilt }: TaskConfig, own: ProblemSink): void {
  if ((after ?? []).length > 0) {
    const hint = 'a finalizer follows its whole graph: keep one of them';
    own.add(['after'], 'it has both after and finalize', hint);
  }
  if (onlyIfBuilt === true) {
    const hint = 'leave it out, or use after, which may depend on what was built';
    own.add(['onlyIfBuilt'], 'a finalizer runs whatever came of its graph', hint);
  }
}

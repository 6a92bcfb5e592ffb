/** Takes runs over from the account's histories while time passes, for those forget after some days. */
import {
  type Execution,
  executionsOf,
  keyOf,
  type LocalSnowflake,
  nameOf,
  projectsOf,
  runsOf,
  type TaskRun,
} from '../local/index';
import type { Deployment, Task } from '../model/deployment';
import type { Step } from './step';
import { type DagOf, stepOf } from './steps';

/** A step and its place: by when it was due (microseconds), then in the order of starting. */
export interface Due {
  due: number;
  order: number;
  step: Step;
}

export class StepCollector {
  private readonly ended: Due[] = [];
  /** The latest run seen, and those that still ran then. */
  private latest = -1;
  private running = new Set<number>();

  /** @param applied grows as deployments are applied */
  constructor(
    private readonly account: LocalSnowflake,
    private readonly applied: readonly Deployment[],
  ) {}

  /** Takes over the task runs that have ended since the last look. */
  collect(): void {
    const news = [...runsOf(this.account).values()].filter(
      ({ number }) => number > this.latest || this.running.has(number),
    );
    this.running = new Set();
    const executions = executionsByRun(this.account);
    for (const run of news) {
      this.latest = Math.max(this.latest, run.number);
      if (run.state === 'EXECUTING') this.running.add(run.number);
      else this.ended.push(this.dueOf(run, executions));
    }
  }

  /** All so far with `others`, in order; what still runs is EXECUTING. */
  steps(others: readonly Due[]): Step[] {
    this.collect();
    const executions = executionsByRun(this.account);
    const running = [...runsOf(this.account).values()].filter(({ number }) => this.running.has(number));
    const all = [...this.ended, ...running.map((run) => this.dueOf(run, executions)), ...others];
    return all.sort((a, b) => a.due - b.due || compare(a.order, b.order)).map(({ step }) => step);
  }

  private dueOf(run: TaskRun, executions: ReadonlyMap<string, readonly Execution[]>): Due {
    const own = (executions.get(keyOfRun(run.name, run.graphRunGroupId)) ?? []).filter((execution) =>
      beganDuring(execution, run),
    );
    const step = stepOf(run, own, this.taskOf(run), dagsOf(this.account));
    return { due: run.scheduledTime, order: run.number, step };
  }

  private taskOf({ database, schema, name }: TaskRun): Task | undefined {
    return this.applied
      .flatMap(({ graphs }) => graphs)
      .flatMap(({ root, children }) => [root, ...children])
      .filter((task) => task.name.name === name)
      .findLast((task) => task.name.schema === schema && task.name.database === database);
  }
}

/** A graph that is tried again keeps its group, and its next attempt may begin in the moment in which this one ends. */
function beganDuring({ startedAt }: Execution, { queryStartTime, completedTime }: TaskRun): boolean {
  if (queryStartTime === null || startedAt < queryStartTime) return false;
  return completedTime === null || startedAt < completedTime || queryStartTime === completedTime;
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function executionsByRun(account: LocalSnowflake): Map<string, Execution[]> {
  const found = new Map<string, Execution[]>();
  for (const execution of executionsOf(account.catalog).values()) {
    if (execution.task === null) continue;
    const key = keyOfRun(execution.task.name, execution.task.runGroupId);
    found.set(key, [...(found.get(key) ?? []), execution]);
  }
  return found;
}

function keyOfRun(task: string, runGroupId: string): string {
  return `${runGroupId} ${task}`;
}

export function dagsOf({ catalog }: LocalSnowflake): DagOf {
  const byName = new Map([...projectsOf(catalog).values()].map((project) => [keyOf(project), project.dag]));
  return (execution) => byName.get(nameOf(execution));
}

/** Plays a rehearsal: prepares an account, applies the reviewed SQL, moves the clock from event to event, collects the steps. */
import { AutoRestartError } from '../errors';
import { executionsOf } from '../local/dbt/executions';
import type { Execution } from '../local/dbt/executions';
import type { LocalSnowflake, Session } from '../local/engine/contract';
import { openLocal } from '../local/index';
import { prepareAccount } from '../local/prepare';
import { projectsOf } from '../local/dbt/projects';
import { newestFirst, runsOf as taskRunsOf } from '../local/tasks/task-run';
import { integer, text, type TypedValue } from '../local/values';
import type { Deployment } from '../model/deployment';
import type { Statement } from '../render/statement';
import { identifier, literal, qualified } from '../render/sql-text';
import { differences } from './expectation';
import type { Rehearsal, RehearsalEvent, Rehearsed, Step } from './rehearsal';
import { operatorStep, stepOf } from './steps';

/** A deployment and what is applied for it. */
export interface Applied {
  deployment: Deployment;
  statements: readonly Statement[];
}

export interface RehearseOptions {
  /** Deployments by name: the rehearsal's own, and those its events apply. */
  deployments: ReadonlyMap<string, Applied>;
  /** The DAG of a dbt project, as the local Snowflake reads it. */
  dagOf: (project: string) => string | undefined;
  /** Told how far the simulated time has come, between 0 and 1. */
  onProgress?: (share: number) => void;
}

/** @throws SnowflakeError when the SQL cannot be applied; AutoRestartError for a rehearsal that cannot be played */
export async function rehearse(
  name: string,
  rehearsal: Rehearsal,
  options: RehearseOptions,
): Promise<Rehearsed> {
  const applied = deploymentNamed(rehearsal.deployment, options);
  const account = await openLocal({ start: new Date(rehearsal.start) });
  try {
    await prepareAccount(account, applied.deployment, { dagOf: options.dagOf });
    const play = new Play(account, applied, rehearsal, options);
    await play.begin();
    for (const event of inOrder(rehearsal.events ?? [])) await play.until(event.at, event);
    await play.until(rehearsal.end);
    const { steps } = play;
    const found = rehearsal.expect === undefined ? [] : differences(steps, rehearsal.expect);
    return { name, title: rehearsal.title, ok: found.length === 0, steps, differences: found };
  } finally {
    await account.close();
  }
}

function deploymentNamed(name: string, { deployments }: RehearseOptions): Applied {
  const found = deployments.get(name);
  if (found) return found;
  throw new AutoRestartError('REQUEST', `there is no deployment ${name}`, {
    hint: `the config has ${[...deployments.keys()].join(', ')}`,
  });
}

function inOrder(events: readonly RehearsalEvent[]): RehearsalEvent[] {
  return [...events].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Longest stretch of time moved at once, so that histories are read before they are forgotten. */
const STRIDE_SECONDS = 86_400;

class Play {
  readonly steps: Step[] = [];
  private readonly session: Session;
  private seenTaskRuns = -1;
  private readonly seenExecutions = new Set<string>();

  constructor(
    private readonly account: LocalSnowflake,
    private applied: Applied,
    private readonly rehearsal: Rehearsal,
    private readonly options: RehearseOptions,
  ) {
    const { database, schema, connection } = applied.deployment;
    this.session = account.openSession({
      user: 'OPERATOR',
      database,
      schema,
      ...(connection.role === null ? {} : { role: connection.role }),
    });
  }

  /** Applies the deployment, sets the hooks, starts the tasks that are part of it. */
  async begin(): Promise<void> {
    await this.apply();
    const { tasks, hooks = 'on-run-end' } = this.rehearsal;
    if (hooks !== 'on-run-end') {
      for (const project of this.projects())
        await this.call('SYSTEM$LOCAL_DBT_HOOKS', text(project), text(hooks));
    }
    if (tasks === undefined) return;
    for (const { root, children } of this.applied.deployment.graphs) {
      await this.session.execute(`ALTER TASK ${qualified(root.name)} SUSPEND`);
      if (!tasks.includes(root.name.name)) continue;
      for (const child of children) await this.session.execute(`ALTER TASK ${qualified(child.name)} RESUME`);
      await this.session.execute(`ALTER TASK ${qualified(root.name)} RESUME`);
    }
  }

  /** Lets time pass until `at`, then does what happens there. */
  async until(at: string, event?: RehearsalEvent): Promise<void> {
    const target = Date.parse(at);
    for (;;) {
      const seconds = Math.min((target - this.account.clock.nowDate().getTime()) / 1000, STRIDE_SECONDS);
      if (seconds <= 0) break;
      await this.session.execute('SELECT SYSTEM$LOCAL_ADVANCE(?)', [integer(Math.ceil(seconds))]);
      this.collect();
      this.reportProgress();
    }
    if (event) await this.happen(event);
  }

  private async happen(event: RehearsalEvent): Promise<void> {
    if ('run' in event) return this.operate(event.run);
    if ('apply' in event) {
      this.applied = deploymentNamed(event.apply, this.options);
      return this.apply();
    }
    if ('suspend' in event || 'resume' in event) {
      const task =
        'suspend' in event ? `${identifier(event.suspend)} SUSPEND` : `${identifier(event.resume)} RESUME`;
      await this.session.execute(`ALTER TASK ${task}`);
      return;
    }
    for (const project of this.projects()) await this.injure(project, event);
  }

  private async injure(project: string, event: RehearsalEvent): Promise<void> {
    const of = text(project);
    if ('fail' in event)
      await this.call('SYSTEM$LOCAL_DBT_FAIL', of, text(event.fail), integer(event.times ?? 1));
    if ('crash' in event)
      await this.call('SYSTEM$LOCAL_DBT_CRASH', of, text(event.crash), integer(event.times ?? 1));
    if ('remove' in event) await this.call('SYSTEM$LOCAL_DBT_REMOVE_NODE', of, text(event.remove));
    if ('failRate' in event) {
      const { failRate, probability, seed } = event;
      await this.session.execute(
        `SELECT SYSTEM$LOCAL_DBT_FAIL_RATE(${literal(project)}, ${literal(failRate)}, ${probability}, ${seed})`,
      );
    }
  }

  private async operate(sql: string): Promise<void> {
    const at = Number(this.account.clock.now());
    let result = { message: '', failed: false };
    try {
      const { rows } = await this.session.execute(sql);
      result = { message: String(rows[0]?.[0] ?? ''), failed: false };
    } catch (error) {
      result = { message: error instanceof Error ? error.message : String(error), failed: true };
    }
    const mine = this.newExecutions().filter(({ task }) => task === null);
    for (const { queryId } of mine) this.seenExecutions.add(queryId);
    this.collect();
    if (mine.length > 0 || /^\s*CALL\b/i.test(sql) || result.failed) {
      this.steps.push(operatorStep(at, result, mine, this.models()));
    }
  }

  private async apply(): Promise<void> {
    for (const { sql } of this.applied.statements) await this.session.execute(sql);
  }

  private async call(functionName: string, ...args: TypedValue[]): Promise<void> {
    await this.session.execute(`SELECT ${functionName}(${args.map(() => '?').join(', ')})`, args);
  }

  /** Takes over the task runs that have ended since the last look. */
  private collect(): void {
    const executions = this.newExecutions();
    const ended = newestFirst(taskRunsOf(this.account).values())
      .reverse()
      .filter((run) => run.number > this.seenTaskRuns && run.state !== 'EXECUTING');
    for (const run of ended) {
      const own = executions.filter(
        ({ task }) => task?.name === run.name && task.runGroupId === run.graphRunGroupId,
      );
      for (const { queryId } of own) this.seenExecutions.add(queryId);
      this.steps.push(stepOf(run, own, this.applied.deployment, this.models()));
    }
    this.seenTaskRuns = Math.max(this.seenTaskRuns, ...ended.map((run) => run.number));
  }

  private newExecutions(): Execution[] {
    return [...executionsOf(this.account.catalog).values()].filter(
      ({ queryId }) => !this.seenExecutions.has(queryId),
    );
  }

  private projects(): string[] {
    const { jobs, graphs } = this.applied.deployment;
    const plain = graphs
      .flatMap(({ root, children }) => [root, ...children])
      .flatMap(({ action }) => (action.kind === 'dbt' ? [action.project] : []));
    return [...new Set([...jobs.map((job) => job.project), ...plain])];
  }

  private models(): Map<string, string> {
    const nodes = [...projectsOf(this.account.catalog).values()].flatMap(({ dag }) => dag.nodes);
    return new Map(
      nodes.filter((node) => node.resourceType === 'model').map((node) => [node.uniqueId, node.name]),
    );
  }

  private reportProgress(): void {
    const [from, to] = [Date.parse(this.rehearsal.start), Date.parse(this.rehearsal.end)];
    this.options.onProgress?.((this.account.clock.nowDate().getTime() - from) / (to - from));
  }
}

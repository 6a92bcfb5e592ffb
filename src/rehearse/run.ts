/** Plays a rehearsal: prepares an account, applies the reviewed SQL, moves the clock from event to event, collects the steps. */
import { AutoRestartError } from '../errors';
import type { HookMode, Manner } from '../local/as-written';
import { type LocalSnowflake, openLocal } from '../local/index';
import type { Deployment } from '../model/deployment';
import type { Statement } from '../render/statement';
import { taskNames } from './check/check';
import { type Ask, differences } from './differences';
import { happened, happenings, type Happening } from './happenings';
import { injure } from './injure';
import { Operators } from './operators';
import { applyTo, startOnly, switchHooks } from './prepare';
import { messagesIn } from './messages';
import type { Rehearsal, Rehearsed } from './rehearsal';
import { StepCollector } from './collect';
import { summaryOf } from './summary';

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

/** @throws AutoRestartError REQUEST for a rehearsal that cannot be played, FAILED when the SQL cannot be applied */
export async function rehearse(
  name: string,
  rehearsal: Rehearsal,
  options: RehearseOptions,
): Promise<Rehearsed> {
  const account = await openLocal({ start: new Date(rehearsal.start) });
  try {
    const play = new Play(account, rehearsal, options);
    await play.begin();
    const events = happenings(rehearsal.events ?? [], rehearsal.start);
    for (const event of events) await play.happen(event);
    await play.until(Date.parse(rehearsal.end));
    const { title, start, end, expect } = rehearsal;
    const steps = play.steps();
    const messages = messagesIn(account);
    const found = await differences(steps, expect, play.query, messages);
    return {
      ...{ name, title, ok: found.length === 0, steps, differences: found, start, end },
      ...{ tasks: play.tasks(), events: events.map(happened), messages, summary: summaryOf(steps) },
    };
  } finally {
    await account.close();
  }
}

/** Longest stretch of time moved at once, so that histories are read before they are forgotten. */
const STRIDE_SECONDS = 86_400;

class Play {
  /** In the order in which they were applied. */
  private readonly applied: Deployment[] = [];
  private readonly operators: Operators;
  private readonly collector: StepCollector;

  constructor(
    private readonly account: LocalSnowflake,
    private readonly rehearsal: Rehearsal,
    private readonly options: RehearseOptions,
  ) {
    this.collector = new StepCollector(account, this.applied);
    this.operators = new Operators(account, this.applied);
  }

  /** Applies the deployment and starts the tasks that are part of it. */
  async begin(): Promise<void> {
    await this.apply(this.rehearsal.deployment);
    const { tasks } = this.rehearsal;
    if (tasks) await startOnly(tasks, this.applied[0]!, this.operators.session());
  }

  /** Lets time pass until the event, then lets it happen. */
  async happen(happening: Happening): Promise<void> {
    await this.until(happening.at);
    const { event } = happening;
    if ('run' in event) return this.operators.type(event.run, event.role);
    if ('apply' in event) return this.apply(event.apply);
    if ('suspend' in event) return this.operators.alterTask(event.suspend, 'SUSPEND');
    if ('resume' in event) return this.operators.alterTask(event.resume, 'RESUME');
    return injure(this.operators.session(), happening);
  }

  /** @param target milliseconds */
  async until(target: number): Promise<void> {
    const [from, to] = [Date.parse(this.rehearsal.start), Date.parse(this.rehearsal.end)];
    for (;;) {
      const now = this.account.clock.nowDate().getTime();
      const seconds = Math.min((target - now) / 1000, STRIDE_SECONDS);
      if (seconds <= 0) break;
      await this.operators.session().execute(`SELECT SYSTEM$LOCAL_ADVANCE(${Math.ceil(seconds)})`);
      this.collector.collect();
      this.operators.raiseMistakes();
      this.options.onProgress?.((this.account.clock.nowDate().getTime() - from) / (to - from));
    }
  }

  steps(): Rehearsed['steps'] {
    this.operators.raiseMistakes();
    return this.collector.steps(this.operators.steps());
  }

  tasks(): string[] {
    return [...new Set(this.applied.flatMap(taskNames))];
  }

  readonly query: Ask = (sql, role) => this.operators.ask(sql, role);

  private async apply(name: string): Promise<void> {
    const found = this.options.deployments.get(name);
    if (!found) {
      throw new AutoRestartError('REQUEST', `there is no deployment ${name}`, {
        hint: `the config has ${[...this.options.deployments.keys()].join(', ')}`,
      });
    }
    this.applied.push(found.deployment);
    const { mode, manner } = hooksOf(this.rehearsal);
    await applyTo(this.account, found, this.options.dagOf, manner, this.operators.session());
    await switchHooks(this.account, mode, this.operators.session());
  }
}

function hooksOf({ hooks }: Rehearsal): { mode?: HookMode | undefined; manner?: Manner } {
  if (hooks === undefined || typeof hooks === 'string') return { mode: hooks };
  const { mode, ...manner } = hooks;
  return { mode, manner };
}

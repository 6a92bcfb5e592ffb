/** A local account, reached through the driver as a real one is, and a config that is planned against it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectDeployed } from '../../src/account/inspect';
import { apply, type Planned } from '../../src/apply/apply';
import type { OnStep } from '../../src/apply/execute';
import type { ApplyReport } from '../../src/apply/report';
import { sessionsOf } from '../../src/apply/sessions';
import type { Config } from '../../src/config/types';
import { checkLogs } from '../../src/contract/check';
import { prepareAccount } from '../../src/rehearse/account';
import { startEmbedded } from '../../src/local/server/embedded';
import type { Deployment } from '../../src/model/deployment';
import { resolveDeployments } from '../../src/model/resolve';
import type { Deployed } from '../../src/plan/deployed';
import type { HazardCode } from '../../src/plan/hazards';
import { makePlan } from '../../src/plan/plan';
import { claimedTasks, homesOf, scopeOf } from '../../src/plan/scope';
import type { Plan } from '../../src/plan/step';
import { wantedOf } from '../../src/plan/wanted';
import { renderDeployment } from '../../src/render/render';
import { defaultTemplates } from '../../src/render/templates';
import { connect } from '../../src/snowflake/connect';
import { inspectAccount } from '../../src/snowflake/inspect';
import type { Session } from '../../src/snowflake/session';

export type Row = Record<string, unknown>;

export interface Asked {
  env?: string;
  allow?: HazardCode[];
  adopt?: boolean;
  /** Whether it is the embedded account, where more goes without saying. @default true */
  local?: boolean;
}

export interface ApplyAsked {
  takeOver?: string;
  id?: string;
  stopped?: () => boolean;
  onStep?: OnStep;
  /** Happens between the plan and the apply. */
  beforeLock?: () => Promise<unknown>;
}

export interface TestAccount {
  url: string;
  /** As the role that deploys. */
  run(sql: string): Promise<Row[]>;
  /** Another session of the same role: what somebody else does meanwhile. */
  open(): Promise<Session>;
  deployments(config: Config, env?: string): Deployment[];
  /** Makes what a user has before anything is applied. */
  prepare(config: Config, env?: string): Promise<void>;
  inspect(config: Config, env?: string): Promise<Deployed>;
  plan(config: Config, asked?: Asked): Promise<Plan>;
  /** The plan for an account that is as said. */
  planFor(config: Config, deployed: Deployed, asked?: Asked): Plan;
  /** Plans and applies, as the command does. */
  apply(config: Config, asked?: Asked & ApplyAsked): Promise<ApplyReport>;
  /** The client is killed when it has sent so many statements; the answer of the last never arrives. @returns whether it came to that */
  applyUntil(config: Config, most: number, asked?: Asked & ApplyAsked): Promise<boolean>;
  /** The apply alone, each request delayed as by a network; `atOnce`: the most statements that were on their way at one time. */
  applyTimed(
    config: Config,
    asked: { delayMs: number; concurrency: number },
  ): Promise<{ report: ApplyReport; statements: number; atOnce: number; wallMs: number }>;
  /** Sends every generated statement, as setup.sql does. */
  setUp(config: Config, env?: string): Promise<void>;
  /** `{ NAME: 'started' }` of all tasks of the account. */
  states(): Promise<Record<string, unknown>>;
  /** How many statements have been sent since the last call. */
  sent(): string[];
  close(): Promise<void>;
}

export async function openAccount({ role = 'BAKER' } = {}): Promise<TestAccount> {
  const file = join(mkdtempSync(join(tmpdir(), 'auto-restart-account-')), 'local.duckdb');
  const embedded = await startEmbedded({ file });
  const admin = embedded.account.openSession({ user: 'LOCAL' });
  await admin.execute(`CREATE ROLE IF NOT EXISTS ${role}`);
  const statements: string[] = [];
  const open = async (): Promise<Session> => {
    const session = await connect({
      accessUrl: embedded.url,
      account: 'ORG-BAKERY',
      username: 'LOCAL',
      password: 'none is needed',
      role,
    } as Parameters<typeof connect>[0]);
    return {
      ...session,
      run: (sql, binds) => {
        statements.push(sql);
        return session.run(sql, binds);
      },
    };
  };
  const session = await open();
  const deployments = (config: Config, env?: string): Deployment[] => resolveDeployments(config, env ?? null);
  const run = async (sql: string): Promise<Row[]> => (await session.run(sql)).rows;
  // As the command does, which renders once.
  const rendered = new Map<string, ReturnType<typeof wantedOf>[]>();
  const wantedBy = (config: Config, env?: string) => {
    const key = JSON.stringify([config, env]);
    const wanted =
      rendered.get(key) ??
      deployments(config, env).map((deployment) => wantedOf(deployment, renderDeployment(deployment)));
    rendered.set(key, wanted);
    return wanted;
  };
  const planned = async (config: Config, asked: Asked): Promise<Planned> => {
    const deployed = await inspect(config, asked.env);
    return { plan: planFor(config, deployed, asked), deployed };
  };
  const planFor = (
    config: Config,
    deployed: Deployed,
    asked: Asked = {},
    findings?: Awaited<ReturnType<typeof checkLogs>>,
  ): Plan => {
    const { env, allow = [], adopt = false, local = true } = asked;
    const all = deployments(config, env);
    const options = {
      known: homesOf(all),
      claimed: claimedTasks(all),
      certain: false,
      removed: true,
      allow: new Set(allow),
      adopt,
      local,
    };
    const app = config.app ?? null;
    const input = {
      app,
      env: env ?? null,
      wanted: wantedBy(config, env),
      deployed,
      options,
      ...(findings === undefined ? {} : { findings }),
    };
    return makePlan(input, defaultTemplates());
  };
  const applyWith = async (
    config: Config,
    asked: Asked & ApplyAsked,
    opening: () => Promise<Session>,
  ): Promise<ApplyReport> => {
    const sessions = sessionsOf(await opening(), opening, 4);
    try {
      const first = await planned(config, asked);
      await asked.beforeLock?.();
      return await apply({
        planned: first,
        again: () => planned(config, asked),
        sessions,
        id: asked.id ?? 'test',
        who: 'a test',
        takeOver: asked.takeOver ?? null,
        templates: defaultTemplates(),
        patience: { attempts: 2, firstWaitMs: 1, wait: () => Promise.resolve(), random: () => 0 },
        ...(asked.stopped === undefined ? {} : { stopped: asked.stopped }),
        ...(asked.onStep === undefined ? {} : { onStep: asked.onStep }),
      });
    } finally {
      await sessions.close();
    }
  };
  const inspect = async (config: Config, env?: string): Promise<Deployed> =>
    inspectDeployed(session, await inspectAccount(session), scopeOf(wantedBy(config, env)));
  return {
    url: embedded.url,
    run,
    open,
    deployments,
    prepare: async (config, env) => {
      for (const deployment of deployments(config, env)) await prepareAccount(embedded.account, deployment);
    },
    inspect,
    planFor,
    plan: async (config, asked = {}) => {
      const deployed = await inspect(config, asked.env);
      return planFor(config, deployed, asked, await checkLogs(session, deployments(config, asked.env)));
    },
    apply: (config, asked = {}) => applyWith(config, asked, open),
    applyUntil: async (config, most, asked = {}) => {
      let count = 0;
      const mortal = async (): Promise<Session> => {
        const session = await open();
        return {
          ...session,
          run: async (sql, binds) => {
            if (count >= most) throw new Error('the client is dead');
            count += 1;
            const answer = await session.run(sql, binds);
            if (count >= most) throw new Error('the client is dead');
            return answer;
          },
        };
      };
      const ended = await applyWith(config, asked, mortal).then(
        (report) => !report.ok,
        () => true,
      );
      return ended;
    },
    applyTimed: async (config, { delayMs, concurrency }) => {
      let onTheWay = 0;
      let atOnce = 0;
      const delayed = async (): Promise<Session> => {
        const one = await open();
        return {
          ...one,
          run: async (sql, binds) => {
            onTheWay += 1;
            atOnce = Math.max(atOnce, onTheWay);
            await new Promise((resolve) => setTimeout(resolve, delayMs));
            return one.run(sql, binds).finally(() => (onTheWay -= 1));
          },
        };
      };
      const first = await planned(config, {});
      const sessions = sessionsOf(await delayed(), delayed, concurrency);
      statements.splice(0);
      const started = performance.now();
      const report = await apply({
        planned: first,
        again: () => planned(config, {}),
        sessions,
        id: 'test',
        who: 'a test',
        takeOver: null,
        templates: defaultTemplates(),
      });
      const wallMs = Math.round(performance.now() - started);
      await sessions.close();
      return { report, statements: statements.length, atOnce, wallMs };
    },
    setUp: async (config, env) => {
      for (const deployment of deployments(config, env))
        for (const { sql } of renderDeployment(deployment).statements) await session.run(sql);
    },
    states: async () =>
      Object.fromEntries(
        (await run('SHOW TASKS IN ACCOUNT')).map(({ name, state }) => [String(name), state]),
      ),
    sent: () => statements.splice(0),
    close: async () => {
      await session.close();
      await admin.close();
      await embedded.close();
    },
  };
}

/** `create view:X`, in order. */
export function stepsOf(plan: Plan): string[] {
  return plan.deployments.flatMap(({ steps }) => steps.map(({ id }) => id));
}

/** `SCHEDULE: a -> b (account)`, of every step. */
export function changesOf(plan: Plan): string[] {
  return plan.deployments.flatMap(({ steps }) =>
    steps.flatMap(({ changes }) =>
      changes.map(({ of, what, before, after, cause }) => {
        const values = before === null && after === null ? '' : `: ${before} -> ${after}`;
        return `${of.replace(/^(\w+) .*\.([^.(]+).*$/, '$1 $2')} ${what}${values} (${cause})`;
      }),
    ),
  );
}

export function notesOf(plan: Plan): string[] {
  return plan.deployments.flatMap(({ notes, leftOver }) => [
    ...notes.map(({ code, message }) => `${code} ${message}`),
    ...leftOver.map((object) => `left over: ${object}`),
  ]);
}

export function hazardsOf(plan: Plan): string[] {
  return plan.deployments.flatMap(({ steps }) =>
    steps.flatMap(({ hazards }) => hazards.map(({ code }) => code)),
  );
}

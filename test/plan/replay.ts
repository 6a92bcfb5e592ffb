/** An apply whose answers are kept, and given again after a delay: its own time without the server's. */
import { inspectDeployed } from '../../src/account/inspect';
import { apply, type Planned } from '../../src/apply/apply';
import { sessionsOf } from '../../src/apply/sessions';
import type { Config } from '../../src/config/types';
import { scopeOf } from '../../src/plan/scope';
import { wantedOf } from '../../src/plan/wanted';
import { renderDeployment } from '../../src/render/render';
import { defaultTemplates } from '../../src/render/templates';
import { inspectAccount } from '../../src/snowflake/inspect';
import type { Session, StatementResult } from '../../src/snowflake/session';
import type { TestAccount } from './account';

/** By statement, in the order in which they were given. */
export type Answers = ReadonlyMap<string, readonly StatementResult[]>;

export async function recordApply(account: TestAccount, config: Config): Promise<Answers> {
  const answers = new Map<string, StatementResult[]>();
  await applyOver(account, config, 16, async () => {
    const session = await account.open();
    return {
      ...session,
      run: async (sql, binds) => {
        const answer = await session.run(sql, binds);
        answers.set(sql, [...(answers.get(sql) ?? []), answer]);
        return answer;
      },
    };
  });
  return answers;
}

/** @returns how many statements were sent, and how long it took with this delay of each */
export async function replayApply(
  account: TestAccount,
  config: Config,
  answers: Answers,
  { delayMs, concurrency }: { delayMs: number; concurrency: number },
): Promise<{ statements: number; wallMs: number }> {
  const asked = new Map<string, number>();
  let statements = 0;
  const open = (): Promise<Session> =>
    Promise.resolve({
      run: async (sql) => {
        statements += 1;
        const at = asked.get(sql) ?? 0;
        asked.set(sql, at + 1);
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        const answer = answers.get(sql)?.[at];
        if (answer === undefined) throw new Error(`nobody was asked ${sql} so often`);
        return answer;
      },
      close: () => Promise.resolve(),
    });
  const wallMs = await applyOver(account, config, concurrency, open);
  return { statements, wallMs };
}

/** Of the apply alone: what is planned before it is not counted. */
async function applyOver(
  account: TestAccount,
  config: Config,
  concurrency: number,
  open: () => Promise<Session>,
): Promise<number> {
  const wanted = account
    .deployments(config)
    .map((deployment) => wantedOf(deployment, renderDeployment(deployment)));
  const first = await open();
  const look = async (): Promise<Planned> => {
    const deployed = await inspectDeployed(first, await inspectAccount(first), scopeOf(wanted));
    return { plan: account.planFor(config, deployed), deployed };
  };
  const planned = await look();
  const sessions = sessionsOf(first, open, concurrency);
  const started = performance.now();
  const report = await apply({
    planned,
    again: look,
    sessions,
    id: 'test',
    who: 'a test',
    takeOver: null,
    templates: defaultTemplates(),
  });
  const wallMs = Math.round(performance.now() - started);
  await sessions.close();
  expect(report).toMatchObject({ ok: true });
  return wallMs;
}

import { openLocal } from '../../../src/local/index';
import { tokenize } from '../../../src/local/sql/lexer';
import { prepareAccount } from '../../../src/rehearse/account';
import type { SqlValue } from '../../../src/local/values';
import type { Deployment, TaskGraph } from '../../../src/model/deployment';
import { setupLock } from '../../../src/render/lock';
import { renderTaskGraph } from '../../../src/render/task-graph';
import { defaultTemplates } from '../../../src/render/templates';

export type Row = Record<string, SqlValue>;

/** A bakery's account on the local Snowflake, with what a user has before anything is applied. */
export interface Bakery {
  run(sql: string): Promise<Row[]>;
  /** Every statement of a text, one by one. */
  runAll(text: string): Promise<Row[][]>;
  /** The error's message. */
  failure(sql: string): Promise<string>;
  /** Applies one graph under its lock and returns what its block says. */
  apply(graph: TaskGraph): Promise<SqlValue>;
  /** The same for one that has to fail: what the error says. */
  applyFails(graph: TaskGraph): Promise<string>;
  blockOf(graph: TaskGraph): string;
  /** `started`, `suspended`, or undefined for a task that does not exist. */
  stateOf(task: string): Promise<SqlValue | undefined>;
  close(): Promise<void>;
}

export async function openBakery(deployment: Deployment): Promise<Bakery> {
  const account = await openLocal({ start: new Date('2026-11-22T05:00:00Z') });
  await prepareAccount(account, deployment);
  const session = account.openSession({ role: 'DBT_DEPLOY', warehouse: 'COMPUTE_WH' });
  const run = async (sql: string): Promise<Row[]> => {
    const { columns, rows } = await session.execute(sql);
    return rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null])));
  };
  const blockOf = (graph: TaskGraph) =>
    renderTaskGraph(graph, deployment, defaultTemplates(), 'task.sql').sql;
  const failure = (sql: string): Promise<string> =>
    run(sql).then(
      () => Promise.reject(new Error(`this did not fail: ${sql}`)),
      (error: Error) => error.message,
    );
  const { lock, unlock } = setupLock(deployment, defaultTemplates());
  const schema = `"${deployment.database.replaceAll('"', '""')}"."${deployment.schema}"`;
  return {
    run,
    runAll: async (text) => {
      const results: Row[][] = [];
      for (const sql of statementsOf(text)) results.push(await run(sql));
      return results;
    },
    failure,
    blockOf,
    apply: async (graph) => {
      await run(lock.sql);
      try {
        return Object.values((await run(blockOf(graph)))[0] ?? {})[0] ?? null;
      } finally {
        await run(unlock.sql);
      }
    },
    applyFails: async (graph) => {
      await run(lock.sql);
      const message = await failure(blockOf(graph));
      await run(unlock.sql);
      return message;
    },
    stateOf: async (task) =>
      (await run(`SHOW TASKS IN SCHEMA ${schema}`)).find(({ name }) => name === task)?.['state'],
    close: () => account.close(),
  };
}

/** Tests may split on semicolons: they know Snowflake's tokens. */
export function statementsOf(text: string): string[] {
  const statements: string[] = [];
  let from = 0;
  for (const token of tokenize(text)) {
    if (token.text !== ';') continue;
    statements.push(text.slice(from, token.start));
    from = token.end;
  }
  return statements;
}

/** People at the keyboard: each statement in a session of its own, beside whatever else runs. */
import { AutoRestartError } from '../errors';
import {
  executionsOf,
  type LocalSnowflake,
  NotAuthorized,
  NotModelled,
  type Session,
  SnowflakeError,
  splitName,
  type SqlValue,
} from '../local/index';
import type { Deployment } from '../model/deployment';
import { qualified } from '../sql-text';
import { type Due, dagsOf } from './collect';
import { operatorStep, type Typed } from './steps';
import { counted } from './summary';

const USER = 'OPERATOR';

interface Statement extends Typed {
  sql: string;
  user: string;
  step?: Due;
}

export class Operators {
  private readonly typed: Statement[] = [];
  private mistake: Error | undefined;
  private open: { of: Deployment; session: Session } | undefined;

  constructor(
    private readonly account: LocalSnowflake,
    private readonly applied: readonly Deployment[],
  ) {}

  /** In the schema of the deployment that was applied last, by the role that owns it. */
  session(): Session {
    const deployment = this.applied.at(-1)!;
    if (this.open?.of !== deployment) this.open = { of: deployment, session: this.sessionOf(USER) };
    return this.open.session;
  }

  /** @param role one that may do what was granted to it and nothing else; left out, the owner */
  private sessionOf(user: string, role?: string): Session {
    const { database, schema, connection } = this.applied.at(-1)!;
    const owner = connection.role === null ? {} : { role: connection.role };
    const isOwner =
      role === undefined || (connection.role !== null && splitName(connection.role)[0] === role);
    const as = isOwner ? owner : { role, grantsOnly: true };
    return this.account.openSession({ user, database, schema, ...as });
  }

  /** Answers at once, and makes no step. @throws SnowflakeError */
  async ask(sql: string, role?: string): Promise<SqlValue[][]> {
    if (role === undefined) return (await this.session().execute(sql)).rows;
    const session = this.sessionOf(USER, role);
    try {
      return (await session.execute(sql)).rows;
    } finally {
      await session.close();
    }
  }

  /** Starts the statement; it goes on while time passes, as a person's does while others work. */
  async type(sql: string, role?: string): Promise<void> {
    const { clock } = this.account;
    const at = Number(clock.now());
    const user = `${USER}_${this.typed.length + 1}`;
    const statement: Statement = {
      sql,
      user,
      role,
      at,
      endedAt: null,
      message: 'still runs',
      outcome: 'EXECUTING',
    };
    this.typed.push(statement);
    const session = this.sessionOf(user, role);
    void clock.start(() => this.perform(statement, session), { drivesTime: false });
    // Whoever asks for the turn next gets it when the statement sleeps or has ended.
    await clock.process(async () => undefined, { drivesTime: false });
    this.raiseMistakes();
  }

  /** @throws AutoRestartError REQUEST when Snowflake refuses: a child of a graph that is started, for one */
  async alterTask(name: string, change: 'SUSPEND' | 'RESUME'): Promise<void> {
    const tasks = [...this.applied].reverse().flatMap(({ graphs }) => graphs);
    const task = tasks
      .flatMap(({ root, children }) => [root, ...children])
      .find((candidate) => candidate.name.name === name);
    if (!task) throw new AutoRestartError('REQUEST', `there is no task ${name}`);
    const sql = `ALTER TASK ${qualified(task.name)} ${change}`;
    try {
      await this.session().execute(sql);
    } catch (error) {
      throw new AutoRestartError('REQUEST', `${sql} is refused: ${(error as Error).message}`, {
        hint: 'a child can be changed while its root task is suspended: suspend that before',
        cause: error,
      });
    }
  }

  /** @throws AutoRestartError REQUEST for a statement that is no Snowflake SQL: it says nothing about the deployment */
  raiseMistakes(): void {
    if (this.mistake) throw this.mistake;
  }

  /** Statements that ran dbt, called something, failed, or show what a role may do. */
  steps(): Due[] {
    for (const statement of this.typed) if (statement.outcome === 'EXECUTING') this.makeStep(statement);
    return this.typed.flatMap(({ step }) => step ?? []);
  }

  private async perform(statement: Statement, session: Session): Promise<void> {
    try {
      const answer = await session.execute(statement.sql, [], { inProcess: true });
      Object.assign(statement, { message: answerText(answer), outcome: 'SUCCEEDED' });
    } catch (error) {
      this.mistake ??= mistakeOf(error, statement.sql);
      Object.assign(statement, {
        message: error instanceof Error ? error.message : String(error),
        outcome: 'FAILED',
      });
    } finally {
      statement.endedAt = Number(this.account.clock.now());
      this.makeStep(statement);
      await session.close();
    }
  }

  private makeStep(statement: Statement): void {
    const own = [...executionsOf(this.account.catalog).values()].filter(
      ({ user, task }) => user === statement.user && task === null,
    );
    const isStep = statement.role !== undefined || statement.outcome !== 'SUCCEEDED' || isCall(statement.sql);
    if (own.length === 0 && !isStep) return;
    const step = operatorStep(statement, own, dagsOf(this.account));
    statement.step = { due: statement.at, order: Infinity, step };
  }
}

const isCall = (sql: string): boolean => /^\s*CALL\b/i.test(sql);

/** A status or a returned value is one cell; of more than that the number of rows is told. */
function answerText({ columns, rows }: Awaited<ReturnType<Session['execute']>>): string {
  if (columns.length === 1 && rows.length === 1) return String(rows[0]![0] ?? '');
  return counted(rows.length, 'row');
}

/**
 * What fails as it does on an account is a step, a missing privilege among it. Not so what was refused before it did anything (a typo, a name that
 * does not exist, a construct that is not modelled), nor a fault of the local Snowflake itself.
 */
function mistakeOf(error: unknown, sql: string): Error | undefined {
  if (!(error instanceof SnowflakeError)) return error instanceof Error ? error : new Error(String(error));
  if (error instanceof NotAuthorized) return undefined;
  if (!error.message.startsWith('SQL compilation error') && !(error instanceof NotModelled)) return undefined;
  return new AutoRestartError('REQUEST', `a statement of an event is refused: ${error.message}`, {
    where: sql.length > 200 ? `${sql.slice(0, 197)}...` : sql,
    cause: error,
  });
}

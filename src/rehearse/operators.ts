/** People at the keyboard: each statement in a session of its own, beside whatever else runs. */
import { AutoRestartError } from '../errors';
import { executionsOf, type LocalSnowflake, NotModelled, type Session, SnowflakeError } from '../local/index';
import type { Deployment } from '../model/deployment';
import { qualified } from '../sql-text';
import { type Due, dagsOf } from './collect';
import { operatorStep, type Typed } from './steps';

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

  /** In the schema of the deployment that was applied last. */
  session(user = USER): Session {
    const deployment = this.applied.at(-1)!;
    if (user === USER && this.open?.of === deployment) return this.open.session;
    const { database, schema, connection } = deployment;
    const role = connection.role === null ? {} : { role: connection.role };
    const session = this.account.openSession({ user, database, schema, ...role });
    if (user === USER) this.open = { of: deployment, session };
    return session;
  }

  /** Starts the statement; it goes on while time passes, as a person's does while others work. */
  async type(sql: string): Promise<void> {
    const { clock } = this.account;
    const at = Number(clock.now());
    const user = `${USER}_${this.typed.length + 1}`;
    const statement: Statement = {
      sql,
      user,
      at,
      endedAt: null,
      message: 'still runs',
      outcome: 'EXECUTING',
    };
    this.typed.push(statement);
    const session = this.session(user);
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

  /** Statements that ran dbt, called something or failed. */
  steps(): Due[] {
    for (const statement of this.typed) if (statement.outcome === 'EXECUTING') this.makeStep(statement);
    return this.typed.flatMap(({ step }) => step ?? []);
  }

  private async perform(statement: Statement, session: Session): Promise<void> {
    try {
      const { rows } = await session.execute(statement.sql);
      Object.assign(statement, { message: String(rows[0]?.[0] ?? ''), outcome: 'SUCCEEDED' });
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
    const shows = own.length > 0 || /^\s*CALL\b/i.test(statement.sql) || statement.outcome !== 'SUCCEEDED';
    if (!shows) return;
    const step = operatorStep(statement, own, dagsOf(this.account));
    statement.step = { due: statement.at, order: Infinity, step };
  }
}

/**
 * What fails as it does on an account is a step. Not so what was refused before it did anything (a typo, a name that
 * does not exist, a construct that is not modelled), nor a fault of the local Snowflake itself.
 */
function mistakeOf(error: unknown, sql: string): Error | undefined {
  if (!(error instanceof SnowflakeError)) return error instanceof Error ? error : new Error(String(error));
  if (!error.message.startsWith('SQL compilation error') && !(error instanceof NotModelled)) return undefined;
  return new AutoRestartError('REQUEST', `a statement of an event is refused: ${error.message}`, {
    where: sql.length > 200 ? `${sql.slice(0, 197)}...` : sql,
    cause: error,
  });
}

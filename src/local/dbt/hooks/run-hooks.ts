import { appendRows, changeAppendedRows, writeAhead } from '../../engine/append';
import type { Session } from '../../engine/contract';
import { NotModelled, SnowflakeError } from '../../errors';
import { DbtError } from '../args';
import type { NodeResult, RunOutcome } from '../run';
import type { HookMode } from './manner';
import type { HookContext, HookSettings, HookWriter, Write } from './layout';
import { hooksOf } from './layouts';
import { insertStatement, updateStatement } from './sql';

/**
 * The hooks of one run, as its project is set to log. As dbt does, they write in a session of their own, with the
 * caller's user, role and time zone: a cancelled caller cancels no row, and LAST_QUERY_ID() knows nothing of them.
 */
export class RunHooks {
  private readonly mode: HookMode;
  private readonly writer: HookWriter | undefined;
  private readonly session: Session | undefined;

  constructor(
    caller: Session,
    private readonly context: HookContext,
    settings: HookSettings | undefined,
  ) {
    this.mode = settings?.mode ?? 'none';
    if (!settings || this.mode === 'none') return;
    this.writer = hooksOf(settings, caller);
    this.session = caller.account.openSession({
      user: caller.user,
      role: caller.role,
      database: settings.database,
      schema: settings.schema,
      ...(caller.warehouse === undefined ? {} : { warehouse: caller.warehouse }),
      parameters: { TIMEZONE: context.zone },
    });
    // Hooks write with the role of dbt's profile, not with the caller's.
    this.session.rights = 'owner';
  }

  async close(): Promise<void> {
    if (!this.session) return;
    writeAhead(this.session);
    await this.session.close();
  }

  /** @returns what dbt says of a hook that failed: the run goes on, and fails in the end */
  async start(): Promise<string | undefined> {
    try {
      await this.write('on-run-start', (writer) => writer.onRunStart(this.context));
    } catch (error) {
      if (error instanceof DbtError) return error.message;
      throw error;
    }
    return undefined;
  }

  /** After the nodes, or never: see `killed`. */
  async end(outcome: RunOutcome, selected: number): Promise<void> {
    await this.killed(outcome.results);
    await this.write('on-run-end', (writer) => {
      if (this.mode === 'none') return [];
      return writer.onRunEnd(this.context, outcome.results, {
        mode: this.mode,
        selected,
        seconds: outcome.seconds,
      });
    });
  }

  /** What the post-hooks of finished nodes have written when nothing comes after them. */
  async killed(results: readonly NodeResult[]): Promise<void> {
    if (this.mode !== 'post-hook') return;
    await this.write('post-hook', (writer) => writer.postHooks(this.context, results));
  }

  private async write(moment: string, writes: (writer: HookWriter) => Write[]): Promise<void> {
    if (!this.writer || !this.session) return;
    try {
      for (const write of writes(this.writer)) await perform(write, this.session);
    } catch (error) {
      if (!(error instanceof SnowflakeError) || error instanceof NotModelled) throw error;
      throw new DbtError(
        `${moment} hook failed, error:\n  Database Error\n  ${error.code} (${error.sqlState}): ${error.message}`,
      );
    }
  }
}

/** Rows go into the table directly where they fit it as they are, and are changed on their way there. */
async function perform(write: Write, session: Session): Promise<void> {
  const done =
    'rows' in write
      ? await appendRows(session, write.table, write.rows)
      : changeAppendedRows(session, write.table, write.key, write.changes);
  if (done) return;
  const { sql, binds } = 'rows' in write ? insertStatement(write) : updateStatement(write);
  await session.run(sql, binds);
}

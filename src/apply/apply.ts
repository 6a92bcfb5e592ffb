/** Sends statements as they were rendered, one by one. It decides nothing: it stops where one fails. */
import { AutoRestartError } from '../errors';
import type { Statement } from '../render/statement';
import { SnowflakeStatementError } from '../snowflake/errors';
import type { Session } from '../snowflake/session';
import type { ApplyReport, Failed, StatementFault, StatementOutcome } from './report';

/** Called before a statement is sent. */
export type OnProgress = (statement: Statement, index: number, total: number) => void;

/** Never throws: what went wrong is in the report. */
export async function applyStatements(
  session: Session,
  statements: readonly Statement[],
  onProgress: OnProgress = () => {},
): Promise<ApplyReport> {
  const outcomes: StatementOutcome[] = [];
  let ok = true;
  for (const [index, statement] of statements.entries()) {
    if (!ok) {
      outcomes.push({ status: 'not-run', ...about(statement) });
      continue;
    }
    onProgress(statement, index, statements.length);
    const outcome = await applyStatement(session, statement);
    outcomes.push(outcome);
    ok = outcome.status === 'done';
  }
  return { ok, statements: outcomes };
}

async function applyStatement(session: Session, statement: Statement): Promise<StatementOutcome> {
  const started = performance.now();
  const durationMs = (): number => Math.round(performance.now() - started);
  try {
    const { queryId } = await session.run(statement.sql);
    return { status: 'done', ...about(statement), queryId, durationMs: durationMs() };
  } catch (error) {
    return { status: 'failed', ...about(statement), durationMs: durationMs(), ...faultOf(error) };
  }
}

const about = ({ id, kind, object, file }: Statement) => ({ id, kind, object, file });

function faultOf(error: unknown): Pick<Failed, 'queryId' | 'error'> {
  const message = error instanceof Error ? error.message : String(error);
  const hint = (error instanceof AutoRestartError ? error.hint : undefined) ?? null;
  const fault: StatementFault = { code: '', sqlState: null, message, place: null, hint };
  if (!(error instanceof SnowflakeStatementError)) return { queryId: null, error: fault };
  const { snowflakeCode, sqlState, place, queryId } = error;
  return { queryId, error: { ...fault, code: snowflakeCode, sqlState, place } };
}

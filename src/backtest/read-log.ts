/** Reads a log through a session, with nothing of ours in the account. */
import type { Deployment } from '../model/deployment';
import { defaultTemplates } from '../render/templates';
import type { Session } from '../snowflake/session';
import { logQueries, nodeRows, runRows, type BacktestLog } from './log';

const RUN_COLUMNS = `run_id, project_name, environment, is_ours, command, selection, scope, tells_exclude, retry_of, leaves_artifacts,
    has_end, status, state, tests_failed`;

/** As text, so that no client turns it into a time of its own zone. */
const TIME = (column: string): string => `TO_CHAR(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.FF3') AS ${column}`;

/** @throws SnowflakeStatementError */
export async function readLog(session: Session, deployment: Deployment, days: number): Promise<BacktestLog> {
  const { runs, nodes } = logQueries(deployment, days, defaultTemplates());
  const runsRead = await session.run(
    `SELECT ${RUN_COLUMNS},\n    ${TIME('started_at')},\n    ${TIME('ended_at')}\nFROM (\n${runs}\n)\nWHERE is_ours`,
  );
  const nodesRead = await session.run(
    `SELECT run_id, node_name, is_test, result, error_number,\n    ${TIME('ended_at')}\nFROM (\n${nodes}\n)`,
  );
  const ours = runRows(runsRead.rows, 'runs');
  const ids = new Set(ours.map(({ run_id: id }) => id));
  return {
    format: 1,
    deployment: deployment.name,
    runs: ours,
    nodes: nodeRows(nodesRead.rows, 'nodes').filter(({ run_id: id }) => ids.has(id)),
  };
}

/** Reads a log through a session, with nothing of ours in the account. */
import type { Deployment } from '../model/deployment';
import { defaultTemplates } from '../render/templates';
import type { Session } from '../snowflake/session';
import { logQueries, NODE_COLUMNS, nodeRows, RUN_COLUMNS, runRows, type BacktestLog, type Kind } from './log';

/** Times as text, so that no client turns them into times of its own zone. */
function selected(columns: Readonly<Record<string, Kind>>): string {
  return Object.entries(columns)
    .map(([name, kind]) =>
      kind === 'time' ? `TO_CHAR(${name}, 'YYYY-MM-DD"T"HH24:MI:SS.FF3') AS ${name}` : name,
    )
    .join(',\n    ');
}

/** What has no id is nothing to the views either: they join by it. @throws SnowflakeStatementError */
export async function readLog(session: Session, deployment: Deployment, days: number): Promise<BacktestLog> {
  const { runs, nodes } = logQueries(deployment, days, defaultTemplates());
  const runsRead = await session.run(
    `SELECT\n    ${selected(RUN_COLUMNS)}\nFROM (\n${runs}\n)\nWHERE is_ours AND run_id IS NOT NULL`,
  );
  const nodesRead = await session.run(
    `SELECT\n    ${selected(NODE_COLUMNS)}\nFROM (\n${nodes}\n)\nWHERE run_id IS NOT NULL`,
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

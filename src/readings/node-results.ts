/** What became of nodes in runs, as V_AUTO_RESTART_NODES has it. */
import type { Deployment } from '../model/deployment';
import { builder, view } from './build';
import { read, type Reader } from './send';
import { textOf } from './values';

export interface NodeResult {
  runId: string;
  name: string;
  /** SUCCEEDED, FAILED or SKIPPED. */
  result: string;
  /** `null` where the log has no messages. */
  message: string | null;
}

/** Results that are no success, of the runs named. @throws SnowflakeStatementError */
export async function readUnfinished(
  reader: Reader,
  { state, views }: Deployment,
  runIds: readonly string[],
): Promise<NodeResult[]> {
  if (runIds.length === 0 || state.kind !== 'audit-tables') return [];
  const build = builder();
  const message = state.nodes.message === null ? [build.raw('NULL::VARCHAR AS MESSAGE')] : ['MESSAGE'];
  const rows = await read(
    reader,
    build
      .select(['RUN_ID', 'NODE_NAME', 'RESULT', ...message])
      .from(view(build, views.nodes, 'N'))
      .whereIn('RUN_ID', [...runIds])
      .whereNot('RESULT', 'SUCCEEDED')
      .limit(10_000),
  );
  return rows.map((row) => ({
    runId: textOf(row, 'RUN_ID') ?? '',
    name: textOf(row, 'NODE_NAME') ?? '',
    result: textOf(row, 'RESULT') ?? '',
    message: textOf(row, 'MESSAGE') || null,
  }));
}

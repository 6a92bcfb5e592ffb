/**
 * The files that a run leaves in its folder of results, as far as they are known here.
 * https://docs.snowflake.com/en/user-guide/data-engineering/dbt-projects-on-snowflake-monitoring-observability
 */
import { createHash } from 'node:crypto';
import type { Catalog } from '../engine/contract';
import { type Execution, stateLeftBy } from './executions';

export interface RunFile {
  /** Below the run's folder: `target/run_results.json`. */
  name: string;
  /** Bytes, in steps of 16 as encryption pads them. */
  size: number;
  /** Lower-case hex. */
  md5: string;
  /** `Sun, 22 Nov 2026 06:04:14 GMT`. */
  modified: string;
}

/** A run that was killed, cancelled or timed out uploads nothing; one in progress has not yet. */
export function filesLeftBy(execution: Execution, catalog: Catalog): RunFile[] {
  if (execution.endedAt === null || execution.state === 'UNHANDLED ERROR') return [];
  const { manifest, results } = stateLeftBy(execution, catalog);
  const contents: Record<string, string> = {
    'logs/dbt.log': execution.log,
    ...(manifest ? { 'target/manifest.json': JSON.stringify(manifest) } : {}),
    ...(results ? { 'target/run_results.json': JSON.stringify([...results]) } : {}),
    ...(manifest ? { 'target/semantic_manifest.json': '{}' } : {}),
  };
  const modified = new Date(execution.endedAt / 1000).toUTCString();
  return Object.entries({ 'dbt_artifacts.zip': Object.values(contents).join(''), ...contents }).map(
    ([name, text]) => ({
      name,
      size: Math.ceil((Buffer.byteLength(text) + 1) / 16) * 16,
      md5: createHash('md5').update(text).digest('hex'),
      modified,
    }),
  );
}

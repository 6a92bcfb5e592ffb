/** What a log of each kind shows of the same runs. */
import type { LogKind, LoggedRun } from './reference/history';

export function visibleIn(kind: LogKind, runs: readonly LoggedRun[]): LoggedRun[] {
  switch (kind) {
    case 'selection':
      return runs.map(({ retryOf: _, ...run }) => run);
    case 'no-selection':
      return runs.map(({ retryOf: _, selection: __, ...run }) => run);
    case 'execution-history':
      return runs.map(({ environment: _, testsFailed: __, ...run }) => ({
        ...run,
        status: STATES[run.status ?? ''] ?? run.status,
        nodes: [],
      }));
  }
}

/** Snowflake's words: dbt reported errors, or did not get to report anything. */
const STATES: Record<string, string> = { FAILED: 'HANDLED_ERROR', KILLED: 'UNHANDLED ERROR' };

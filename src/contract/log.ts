/** The logs that deployments read: those of the same tables, columns, zones and words are looked at once. */
import type { AuditTablesState, Deployment, Job } from '../model/deployment';

/** A log, and the deployments that read it. */
export interface Log {
  state: AuditTablesState;
  /** Days that are looked back: the most of its deployments. */
  days: number;
  readers: Reader[];
}

export interface Reader {
  deployment: Deployment;
  jobs: readonly Job[];
  environment: string | null;
}

/** Deployments on Snowflake's own history have none. */
export function logsOf(deployments: readonly Deployment[]): Log[] {
  const logs = new Map<string, Log>();
  for (const deployment of deployments) {
    const { state, jobs, lookBackDays } = deployment;
    if (state.kind !== 'audit-tables') continue;
    const { environment, ...columns } = state;
    // A log without projects holds one, which is the first job's.
    const project = state.runs.project === null ? jobs[0]?.project : null;
    const key = JSON.stringify([columns, project]);
    const log = logs.get(key) ?? { state, days: lookBackDays, readers: [] };
    log.days = Math.max(log.days, lookBackDays);
    log.readers.push({ deployment, jobs, environment });
    logs.set(key, log);
  }
  return [...logs.values()];
}

/** Many jobs, each of a project of its own, decided and classified by one query over one log. */
import type { Deployment, Job } from '../../../src/model/deployment';
import { everyJob } from '../../../src/render/decision/columns';
import { chains, decision } from '../../../src/render/decision/query';
import { defaultTemplates } from '../../../src/render/templates';
import type { Session } from '../../../src/snowflake/session';
import { wallClock } from './layouts/layout';

const JOBS_PER_STATEMENT = 1000;
const TABLE_OF_JOBS = 'jobs AS (SELECT * FROM TESTED_JOBS)';

/** Puts the jobs into a table that stands where the generated SQL has its list of jobs. */
export async function createJobs(
  session: Session,
  deployment: Deployment,
  jobs: readonly Job[],
): Promise<void> {
  for (let start = 0; start < jobs.length; start += JOBS_PER_STATEMENT) {
    const some = { ...deployment, jobs: jobs.slice(start, start + JOBS_PER_STATEMENT) };
    const rows = everyJob(some)
      .replace(/^jobs AS \(/, '')
      .replace(/\)\s*$/, '');
    await session.run(
      `${start === 0 ? 'CREATE OR REPLACE TABLE TESTED_JOBS AS' : 'INSERT INTO TESTED_JOBS'} ${rows}`,
    );
  }
}

export interface SqlDecision {
  reason: string;
  attempt: number;
  runningRun: string | null;
  selector: string | null;
}

/** By job name. */
export async function decideAll(
  session: Session,
  deployment: Deployment,
  now: number,
): Promise<Map<string, SqlDecision>> {
  const { rows } = await session.run(decision(deployment, scopeAt(now), defaultTemplates()));
  const text = (value: unknown): string | null => (value == null ? null : String(value));
  return new Map(
    rows.map((row) => [
      String(row['JOB_NAME']),
      {
        reason: String(row['REASON']),
        attempt: Number(row['ATTEMPT']),
        runningRun: text(row['RUNNING_RUN_ID']),
        selector: text(row['SELECTOR']),
      },
    ]),
  );
}

export interface SqlKind {
  job: string;
  runKind: string;
  attempt: number | null;
}

/** What each run is to each job, by run id; other jobs' runs are left out. */
export async function classifyAll(
  session: Session,
  deployment: Deployment,
  now: number,
): Promise<Map<string, SqlKind[]>> {
  const query = chains(deployment, scopeAt(now), defaultTemplates()).trimEnd();
  const { rows } = await session.run(
    `WITH ${TABLE_OF_JOBS},\n${query} SELECT run_id, job_name, run_kind, attempt FROM kinds WHERE run_kind <> 'OTHER'`,
  );
  const kinds = new Map<string, SqlKind[]>();
  for (const row of rows) {
    const id = String(row['RUN_ID']);
    const attempt = row['ATTEMPT'] == null ? null : Number(row['ATTEMPT']);
    const kind = { job: String(row['JOB_NAME']), runKind: String(row['RUN_KIND']), attempt };
    kinds.set(id, [...(kinds.get(id) ?? []), kind]);
  }
  return kinds;
}

function scopeAt(now: number): { now: string; since: null; jobs: string } {
  return { now: `'${wallClock(now)}'::TIMESTAMP_NTZ`, since: null, jobs: TABLE_OF_JOBS };
}

/** Many jobs, each of a project of its own, decided and classified by one query over one log. */
import type { Deployment, Job } from '../../../src/model/deployment';
import { everyJob } from '../../../src/render/decision/columns';
import { chains, decision } from '../../../src/render/decision/query';
import { defaultTemplates } from '../../../src/render/templates';
import type { Session } from '../../../src/snowflake/session';
import type { LoggedRun } from '../reference/history';
import { wallClock, type LogLayout } from './layouts/layout';

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

/** The deployment's jobs for each of many projects, named `<project>/<job>`. */
export async function createJobsOfProjects(
  session: Session,
  deployment: Deployment,
  projects: readonly string[],
): Promise<void> {
  const rows = insideOf(everyJob(deployment));
  const [, names = ''] = /AS j \((.*)\)/.exec(rows) ?? [];
  const columns = names
    .split(', ')
    .map(
      (name) =>
        ({ project_name: 'p.value::VARCHAR', job_name: "p.value::VARCHAR || '/' || j.job_name" })[name] ??
        `j.${name}`,
    )
    .map((expression, index) => `${expression} AS ${names.split(', ')[index]}`);
  await session.run(
    `CREATE OR REPLACE TABLE TESTED_JOBS AS SELECT ${columns.join(', ')} FROM (${rows}) j, ` +
      `LATERAL FLATTEN(INPUT => SPLIT('${projects.join(',')}', ',')) p`,
  );
}

/** `jobs AS (...)` without its name. */
function insideOf(commonTable: string): string {
  return commonTable.replace(/^jobs AS \(/, '').replace(/\)\s*$/, '');
}

const CHARACTERS_PER_STATEMENT = 800_000;

/**
 * Writes tens of thousands of rows as text that the account splits: lists of VALUES of that length take minutes.
 * Numbers and times are cast by the columns. No value may hold `|` or `;`, or be an empty text.
 */
export async function writeLogAsText(
  session: Session,
  layout: LogLayout,
  runs: readonly LoggedRun[],
): Promise<void> {
  for (const { table, columns, rows } of layout.rows(runs)) {
    const fields = columns.map((_, index) => `NULLIF(SPLIT_PART(r.value::VARCHAR, '|', ${index + 1}), '')`);
    const lines = rows.map((row) => row.map((value) => value ?? '').join('|'));
    for (const some of inPieces(lines)) {
      await session.run(
        `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${fields.join(', ')} ` +
          `FROM TABLE(FLATTEN(INPUT => SPLIT('${some.join(';')}', ';'))) r`,
      );
    }
  }
}

function inPieces(lines: readonly string[]): string[][] {
  const pieces: string[][] = [];
  let size = Infinity;
  for (const line of lines) {
    if (size + line.length > CHARACTERS_PER_STATEMENT) {
      pieces.push([]);
      size = 0;
    }
    pieces.at(-1)?.push(line);
    size += line.length + 1;
  }
  return pieces;
}

export interface SqlDecision {
  reason: string;
  attempt: number;
  selector: string | null;
}

/** By job name. @param jobs instead of those in the table */
export async function decideAll(
  session: Session,
  deployment: Deployment,
  now: number,
  jobs?: readonly Job[],
): Promise<Map<string, SqlDecision>> {
  const { rows } = await session.run(
    decision(deployment, scopeAt(now, deployment, jobs), defaultTemplates()),
  );
  const text = (value: unknown): string | null => (value == null ? null : String(value));
  return new Map(
    rows.map((row) => [
      String(row['JOB_NAME']),
      {
        reason: String(row['REASON']),
        attempt: Number(row['ATTEMPT']),
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
  jobs?: readonly Job[],
): Promise<Map<string, SqlKind[]>> {
  const scope = scopeAt(now, deployment, jobs);
  const query = chains(deployment, scope, defaultTemplates()).trimEnd();
  const { rows } = await session.run(
    `WITH ${scope.jobs},\n${query} SELECT run_id, job_name, run_kind, IFF(run_kind = 'FULL_BUILD', 0, attempt) AS attempt FROM kinds WHERE run_kind <> 'OTHER'`,
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

function scopeAt(
  now: number,
  deployment: Deployment,
  jobs: readonly Job[] | undefined,
): { now: string; since: null; jobs: string } {
  return {
    now: `'${wallClock(now)}'::TIMESTAMP_NTZ`,
    since: null,
    jobs: jobs ? everyJob({ ...deployment, jobs: [...jobs] }) : TABLE_OF_JOBS,
  };
}

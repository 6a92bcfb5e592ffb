/** Many jobs, each of a project of its own, decided and classified by the generated views over one log. */
import type { Deployment, Job } from '../../../src/model/deployment';
import { defaultTemplates } from '../../../src/render/templates';
import { VIEW_ORDER } from '../../../src/model/object-names';
import { renderViews } from '../../../src/render/views';
import type { Session } from '../../../src/snowflake/session';
import type { LoggedRun } from '../reference/history';
import type { LogLayout } from './layouts/layout';

const JOBS_PER_STATEMENT = 500;

/** The SELECT of the jobs view. */
function jobRows(deployment: Deployment): string {
  const { jobs } = renderViews(deployment, defaultTemplates());
  return jobs.slice(jobs.indexOf('\nSELECT'));
}

/** The views over a table of jobs: many thousands of jobs would be a long view. */
async function createViews(session: Session, deployment: Deployment): Promise<void> {
  const views = renderViews(deployment, defaultTemplates());
  await session.run('CREATE OR REPLACE VIEW V_AUTO_RESTART_JOBS AS SELECT * FROM TESTED_JOBS');
  for (const view of VIEW_ORDER) if (view !== 'jobs') await session.run(views[view]);
}

/** Puts the jobs into a table that stands where the generated SQL has its view of jobs. */
export async function createJobs(
  session: Session,
  deployment: Deployment,
  jobs: readonly Job[],
): Promise<void> {
  for (let start = 0; start < jobs.length; start += JOBS_PER_STATEMENT) {
    const some = { ...deployment, jobs: jobs.slice(start, start + JOBS_PER_STATEMENT) };
    await session.run(
      `${start === 0 ? 'CREATE OR REPLACE TABLE TESTED_JOBS AS' : 'INSERT INTO TESTED_JOBS'} ${jobRows(some)}`,
    );
  }
  await createViews(session, deployment);
}

/** The deployment's jobs for each of many projects, named `<project>/<job>`. */
export async function createJobsOfProjects(
  session: Session,
  deployment: Deployment,
  projects: readonly string[],
): Promise<void> {
  await session.run(
    'CREATE OR REPLACE TABLE TESTED_JOBS AS ' +
      "SELECT j.* EXCLUDE (project_name, job_name), p.value::VARCHAR AS project_name, p.value::VARCHAR || '/' || j.job_name AS job_name " +
      `FROM (${jobRows(deployment)}) j, LATERAL FLATTEN(INPUT => SPLIT('${projects.join(',')}', ',')) p`,
  );
  await createViews(session, deployment);
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

/** By job name. */
export async function decideAll(session: Session): Promise<Map<string, SqlDecision>> {
  const { rows } = await session.run(
    'SELECT job_name, next_reason, attempts_made, selector FROM V_AUTO_RESTART_STATE',
  );
  const text = (value: unknown): string | null => (value == null ? null : String(value));
  return new Map(
    rows.map((row) => [
      String(row['JOB_NAME']),
      {
        reason: String(row['NEXT_REASON']),
        attempt: Number(row['ATTEMPTS_MADE']),
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

/** Whose each run is, by run id; runs of no job are left out. */
export async function classifyAll(session: Session): Promise<Map<string, SqlKind[]>> {
  const { rows } = await session.run(
    "SELECT run_id, job_name, run_kind, retry_sequence FROM V_AUTO_RESTART_HISTORY WHERE run_kind <> 'OTHER'",
  );
  return new Map(
    rows.map((row) => [
      String(row['RUN_ID']),
      [
        {
          job: String(row['JOB_NAME']),
          runKind: String(row['RUN_KIND']),
          attempt: row['RETRY_SEQUENCE'] == null ? null : Number(row['RETRY_SEQUENCE']),
        },
      ],
    ]),
  );
}

/** The generated procedure and view in an account, and what they say of a log. */
import type { Deployment } from '../../../src/model/deployment';
import { renderDeployment } from '../../../src/render/render';
import type { Session } from '../../../src/snowflake/session';
import type { Classified } from '../reference/classify';
import type { RestartJob } from '../reference/history';

/** What is installed where, so that the same deployment is not installed again and again. */
const installed = new WeakMap<Session, string>();

export async function install(session: Session, deployment: Deployment): Promise<void> {
  const fingerprint = JSON.stringify(deployment);
  if (installed.get(session) === fingerprint) return;
  installed.set(session, fingerprint);
  const { statements } = renderDeployment(deployment);
  for (const { kind, sql } of statements) if (kind === 'procedure' || kind === 'view') await session.run(sql);
}

/** @returns what the procedure returns. @throws what it raises */
export async function callProcedure(session: Session, job: RestartJob, mode: string): Promise<string> {
  const { rows } = await session.run(
    `CALL EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART('${job.project}', NULL, '${job.name}', '${mode}')`,
  );
  return String(Object.values(rows[0] ?? {})[0]);
}

export interface ViewRow extends Classified {
  status: string | null;
}

/** The view's rows by run id. */
export async function readView(session: Session): Promise<Map<string, ViewRow>> {
  const { rows } = await session.run(
    'SELECT run_id, job_name, run_kind, retry_sequence, run_status FROM EDW.O2C_AUDIT.V_AUTO_RESTART_HISTORY',
  );
  const text = (value: unknown): string | null => (value == null ? null : String(value));
  return new Map(
    rows.map((row) => [
      String(row['RUN_ID']),
      {
        job: text(row['JOB_NAME']),
        runKind: String(row['RUN_KIND']) as Classified['runKind'],
        retrySequence: row['RETRY_SEQUENCE'] == null ? null : Number(row['RETRY_SEQUENCE']),
        status: text(row['RUN_STATUS']),
      },
    ]),
  );
}

/** A job's command line as its runner takes it. */
export function commandLine(
  job: RestartJob,
  selector: string | null,
  runner: Deployment['runner']['kind'],
): string {
  const dbt = runner === 'procedure' ? 'dbt ' : '';
  if (selector !== null) return `${dbt}${job.policy.retryCommand} --select ${selector}`;
  return `${dbt}${job.command}${job.select.length === 0 ? '' : ` --select ${job.select.join(' ')}`}`;
}

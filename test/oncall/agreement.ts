/** `explain --now` beside the procedure's own answer in mode PLAN: one row, one command. */
import { gatherEvidence } from '../../src/cli/gather-evidence';
import type { Evidence } from '../../src/oncall/evidence';
import { REASONS } from '../../src/decision/reasons';
import type { Deployment } from '../../src/model/deployment';
import type { Session } from '../../src/snowflake/session';
import { NOW } from '../decision/logs';

/** @param said what the procedure returned, without the leading `PLAN: ` */
export async function expectExplained(
  session: Session,
  deployment: Deployment,
  job: string,
  said: string,
): Promise<Evidence> {
  const evidence = await gatherEvidence(
    { session },
    {
      deployment,
      job: deployment.jobs.find(({ name }) => name === job)!,
      task: null,
      mode: 'AUTO',
      now: new Date(NOW).toISOString(),
    },
  );
  const { matched, rows } = evidence.decision;
  expect(said).toContain(`| would run: ${evidence.wouldRun ?? 'nothing'}`);
  expect(said).toContain(
    matched.code === 'RETRY'
      ? `RETRY #${evidence.attemptsMade + 1}: `
      : `FULL BUILD: ${REASONS[matched.code].text}`,
  );
  expect(rows.filter(({ verdict, why }) => verdict === 'no' && why === '')).toEqual([]);
  return evidence;
}

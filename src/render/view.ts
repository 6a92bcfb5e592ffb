/**
 * V_AUTO_RESTART_HISTORY: every run of the log with what it was, by the same definitions the procedure decides by.
 * Times are UTC. https://docs.snowflake.com/en/sql-reference/sql/create-view
 */
import type { Deployment } from '../model/deployment';
import { everyJob } from './decision/columns';
import { chains } from './decision/query';
import { unfilledMark } from './fingerprint';
import type { Templates } from './templates';

/** @returns the CREATE statement, with the fingerprint's marker in its COMMENT and without the closing semicolon */
export function renderView(deployment: Deployment, templates: Templates): string {
  const scope = { now: 'SYSDATE()', since: null, jobs: everyJob(deployment) };
  return templates
    .render('view', {
      view: deployment.view,
      comment: `What dbt-auto-restart did, run by run; times are UTC ${unfilledMark(deployment)}`,
      jobs: scope.jobs,
      chains: chains(deployment, scope, templates).trimEnd(),
      models: deployment.state.kind === 'audit-tables',
    })
    .trimEnd();
}

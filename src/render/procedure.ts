/**
 * RUN_DBT_AUTO_RESTART: reads how its job stands, applies mode and arguments, starts dbt, and writes down what dbt's
 * hooks cannot. What differs between deployments is rendered here, part by part; all else is the template's.
 *
 * https://docs.snowflake.com/en/sql-reference/sql/create-procedure
 * https://docs.snowflake.com/en/user-guide/data-engineering/dbt-projects-on-snowflake-limitations (caller's rights)
 */
import { REASONS } from '../decision/reasons';
import { SEPARATORS } from '../log/selection';
import type { Deployment } from '../model/deployment';
import { tellsSelection } from '../model/log-abilities';
import { literal } from '../sql-text';
import { unfilledMark } from './fingerprint';
import { indented } from './indented';
import { notifyGivenUp, notifyUnreadable } from './notify';
import { recordAttempt } from './record-attempt';
import { startDbt } from './start-dbt';
import type { Templates } from './templates';

/** @returns the CREATE statement, with the mark's place in its COMMENT and without the closing semicolon */
export function renderProcedure(deployment: Deployment, templates: Templates): string {
  const { procedure, views, state, jobs } = deployment;
  const projects = [...new Set(jobs.map((job) => job.project))];
  const readsHistory = state.kind === 'execution-history';
  const selection = readsHistory || tellsSelection(state.runs);
  const texts = Object.fromEntries(Object.entries(REASONS).map(([code, { text }]) => [code, text]));
  return templates
    .render('procedure', {
      procedure,
      views,
      defaultProject: projects.length === 1 ? projects[0]! : null,
      comment: `Runs dbt, or restarts it from the point of failure ${unfilledMark(deployment)}`,
      unknownJob: `No such project and job, or several to choose from. Known: ${knownJobs(deployment)}`,
      texts,
      separators: literal(SEPARATORS),
      selection,
      readsHistory,
      findArtifacts: indented(4, readsHistory ? templates.render('procedure/find-artifacts', { texts }) : ''),
      startDbt: indented(12, startDbt(deployment, templates)),
      recordAttempt: indented(12, recordAttempt(deployment, templates)),
      notifyUnreadable: indented(12, notifyUnreadable(deployment, templates)),
      notifyGivenUp: indented(12, notifyGivenUp(deployment, templates)),
    })
    .trim();
}

function knownJobs({ jobs }: Deployment): string {
  return jobs.map((job) => `${job.project} / ${job.name}`).join(', ');
}

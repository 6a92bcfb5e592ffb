/**
 * RUN_DBT_AUTO_RESTART: reads the state, decides, runs dbt, and writes down what dbt's hooks cannot.
 *
 * https://docs.snowflake.com/en/sql-reference/sql/create-procedure
 * https://docs.snowflake.com/en/user-guide/data-engineering/dbt-projects-on-snowflake-limitations (caller's rights)
 */
import type { AuditTablesState, Deployment, ExecuteDbtProjectRunner } from '../model/deployment';
import { abilities, isRunning, isSucceeded } from '../state/audit-tables';
import { jobColumns, jobRow } from './decision/columns';
import { decision, indent, projectObject } from './decision/query';
import { unfilledMark } from './fingerprint';
import { notifyLastRetry, notifyUnreadable } from './notify';
import {
  fullRunsOfJob,
  isOfJob,
  latestRuns,
  resultsOfNodes,
  runsInProgress,
  runsOfCall,
} from './decision/log-lookups';
import { recordFailure } from './record-failure';
import { constant, literal, qualified, runnerProcedure } from '../sql-text';
import type { Templates } from './templates';

/** @returns the CREATE statement, with the fingerprint's marker in its COMMENT and without the closing semicolon */
export function renderProcedure(deployment: Deployment, templates: Templates): string {
  const columns = jobColumns(deployment);
  const projects = [...new Set(deployment.jobs.map((job) => job.project))];
  const fromLog = deployment.state.kind === 'audit-tables' ? deployment.state : null;
  return templates
    .render('procedure', {
      procedure: deployment.procedure,
      defaultProject: projects.length === 1 ? projects[0]! : null,
      comment: `Runs dbt, or restarts it from the point of failure ${unfilledMark(deployment)}`,
      unknownJob: `No such project and job, or several to choose from. Known: ${knownJobs(deployment)}`,
      variables: packed(
        columns.map((column) => `${column.variable} ${column.type};`),
        4,
      ).replaceAll(';,', ';'),
      jobColumns: packed(
        columns.map((column) => column.name),
        8,
      ),
      into: packed(
        columns.map((column) => `:${column.variable}`),
        8,
      ),
      jobs: deployment.jobs.map((job) => jobRow(job, deployment)),
      tasks: deployment.jobs.length > 1 ? packed(callingTasks(deployment), 12) : '',
      lookAtRuns: indent(12, lookAtRuns(deployment, templates)),
      readable: fromLog !== null && isGlanced(fromLog) ? resultsOfNodes(fromLog) : '',
      state: indent(16, readState(deployment, templates)),
      native: deployment.runner.kind === 'execute-dbt-project',
      retryLine: retryLine(deployment),
      run: indent(12, runDbt(deployment, templates)),
      unreadable: indent(12, notifyUnreadable(deployment, templates)),
      afterFailure: indent(12, afterFailure(deployment, fromLog, templates)),
      afterRun: indent(8, afterRun(deployment, fromLog, templates)),
    })
    .replace(/\n{2,}/g, '\n')
    .trimEnd();
}

function knownJobs({ jobs }: Deployment): string {
  return jobs.map((job) => `${job.project} / ${job.name}`).join(', ');
}

/** A list over as few lines as a reader can take in; all but the first are indented. */
function packed(items: readonly string[], width: number): string {
  const lines = [''];
  for (const item of items) {
    const last = lines[lines.length - 1]!;
    if (last.length + item.length > 140) lines.push(item);
    else lines[lines.length - 1] = last === '' ? item : `${last}, ${item}`;
  }
  return lines.join(`,\n${' '.repeat(width)}`);
}

function callingTasks({ graphs }: Deployment): string[] {
  return graphs
    .flatMap((graph) => [graph.root, ...graph.children])
    .flatMap(({ name, action }) =>
      action.kind === 'call' ? [`(${literal(name.name)}, ${literal(action.job)})`] : [],
    );
}

function readState(deployment: Deployment, templates: Templates): string {
  const { state } = deployment;
  const columns = jobColumns(deployment).filter(({ decides }) => decides === true || decides === state.kind);
  const scope = {
    now: ':v_now',
    since: state.kind === 'audit-tables' ? ':v_since' : null,
    jobs: `jobs AS (SELECT :PROJECT_NAME AS project_name, ${packed(
      columns.map((c) => `:${c.variable} AS ${c.name}`),
      4,
    )})`,
  };
  const decide = templates
    .render('procedure/decide', { decision: indent(4, decision(deployment, scope, templates)) })
    .trimEnd();
  if (state.kind === 'execution-history') return decide;
  const { selection } = abilities(state);
  return `${templates.render('procedure/look-back', { selection, runs: indent(4, fullRunsOfJob(state)) })}${decide}`;
}

/** Row 1, and for a log with statuses and selections the usual day: a job whose latest full run SUCCEEDED. */
function lookAtRuns(deployment: Deployment, templates: Templates): string {
  const { state } = deployment;
  if (state.kind === 'execution-history') {
    const runs = templates.render('procedure/runs-in-history', projectObject(deployment)).trimEnd();
    return templates.render('procedure/runs-in-progress', { runs: indent(4, runs) });
  }
  if (isGlanced(state)) {
    return templates.render('procedure/glance', {
      runs: indent(4, latestRuns(state)),
      running: isRunning('status', state),
      succeeded: isSucceeded('status', state),
      full: isOfJob(state),
    });
  }
  const runs = runsInProgress(state);
  return runs === null ? '' : templates.render('procedure/runs-in-progress', { runs: indent(4, runs) });
}

function isGlanced(state: AuditTablesState): boolean {
  const { selection, status } = abilities(state);
  return selection && status;
}

function retryLine({ state, runner }: Deployment): string {
  const dbt = runner.kind === 'procedure' ? "'dbt ' || " : '';
  const results =
    state.kind === 'execution-history' ? " || ' --state ./imports/' || v_alias || '/target'" : '';
  return `${dbt}v_retry_command || ' --select ' || v_selector${results} || v_flags`;
}

function runDbt({ runner, state }: Deployment, templates: Templates): string {
  if (runner.kind === 'procedure') return `CALL ${runnerProcedure(runner)}(:PROJECT_NAME, :v_dbt);`;
  return templates
    .render('procedure/execute-dbt-project', {
      start: `EXECUTE DBT PROJECT ${qualified(runner.object)}`,
      clauses: versionAndVariables(runner),
      imports: state.kind === 'execution-history',
      writeback: runner.writeback === null ? '' : ` WRITEBACK = ${runner.writeback ? 'TRUE' : 'FALSE'}`,
    })
    .replace(/\n;/, ';');
}

/** The clauses between ARGS and IMPORTS, in the order of Snowflake's page. */
function versionAndVariables({ dbtVersion, envVars }: ExecuteDbtProjectRunner): string {
  const version = dbtVersion === null ? '' : ` DBT_VERSION = ${constant(dbtVersion)}`;
  if (envVars.length === 0) return version;
  return `${version} ENV_VARS = (${envVars.map(({ name, value }) => `${constant(name)} = ${constant(value)}`).join(', ')})`;
}

function afterFailure(deployment: Deployment, log: AuditTablesState | null, templates: Templates): string {
  return [
    log === null ? historyBlind(deployment, templates) : recordFailure(log, templates),
    notifyLastRetry(deployment, templates),
    'v_return := LEFT(v_return || v_note, 2000);',
    'BEGIN CALL SYSTEM$SET_RETURN_VALUE(:v_return); EXCEPTION WHEN OTHER THEN NULL; END;',
  ].join('\n');
}

function afterRun(deployment: Deployment, log: AuditTablesState | null, templates: Templates): string {
  if (log === null) return `${historyBlind(deployment, templates)}\nBREAK;`;
  if (!abilities(log).selection) return 'BREAK;';
  return `${templates.render('procedure/nothing-selected', { runs: indent(12, runsOfCall(log, ['run_id'])) })}\nBREAK;`;
}

function historyBlind(deployment: Deployment, templates: Templates): string {
  return templates.render('procedure/history-blind', projectObject(deployment));
}

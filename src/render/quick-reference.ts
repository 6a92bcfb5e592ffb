/** QUICK_REFERENCE.md: what an operator wants to know at 6 AM, filled in for this deployment. */
import { messageTable } from '../decision/message-table';
import { NOTES, type NoteCode } from '../decision/notes';
import { commandLine } from '../model/command';
import { cellCode } from './markdown';
import type { Deployment, Job, State, Task } from '../model/deployment';
import { recordsFailures } from '../model/policy';
import { callText, shortestCall } from './call';
import { PROCEDURE_TYPES, allTasks, renderGrants } from './grants';
import { quickTest } from './quick-test';
import { identifier, literal, qualified, runnerProcedure } from '../sql-text';
import { scheduleText } from './task';
import type { Templates } from './templates';

export function renderQuickReference(deployment: Deployment, templates: Templates): string {
  const job = exampleJob(deployment);
  const { procedure, views, state, runner, connection } = deployment;
  return templates.render('quick-reference', {
    deployment: deployment.name,
    procedure: qualified(procedure),
    procedureTypes: PROCEDURE_TYPES,
    procedureWithTypes: `${qualified(procedure)}${PROCEDURE_TYPES}`,
    view: qualified(views.history),
    stateView: qualified(views.state),
    jobsView: qualified(views.jobs),
    runnerName:
      runner.kind === 'procedure'
        ? runnerProcedure(runner)
        : `EXECUTE DBT PROJECT ${qualified(runner.object)}`,
    stateNames: stateNames(state),
    onlyProject: onlyProject(deployment),
    messages: messageTable().map(({ message, meaning }) => ({
      message: cell(message),
      meaning: cell(meaning),
    })),
    notes: notes(deployment),
    abandon: abandon(state),
    selectView: `SELECT * FROM ${qualified(views.history)}`,
    shortestCall: shortestCall(deployment, job),
    planCall: callText(deployment, job, 'PLAN'),
    fullBuildCall: callText(deployment, job, 'FULL_BUILD'),
    retryOnlyCall: callText(deployment, job, 'RETRY_ONLY'),
    olderCall: callText(deployment, job, null, [`MAX_RETRY_AGE_HOURS => ${2 * job.policy.maxAgeHours}`]),
    jobs: deployment.jobs.map(jobRow),
    tasks: allTasks(deployment).map(taskRow),
    gated: allTasks(deployment).some(({ onlyIfBuilt }) => onlyIfBuilt.length > 0),
    quickTest: state.kind === 'audit-tables' ? quickTest(state, job) : null,
    roots: deployment.graphs.map(({ root }) => root),
    ownerRole: connection.role,
    ownerNeeds: ownerNeeds(deployment),
    // A row of a table is one line.
    grants: renderGrants(deployment, '').map(({ sql, why }) => ({ sql: sql.replace(/\n */, ' '), why })),
    ...troubles(state),
  });
}

/** The job whose calls are shown: the first that runs the whole project, else the first. */
export function exampleJob({ jobs, name }: Deployment): Job {
  const job = jobs.find(({ select }) => select.length === 0) ?? jobs[0];
  if (job === undefined) throw new Error(`the deployment ${name} has no job`);
  return job;
}

/** The project that is meant when none is named: the only one there is. */
function onlyProject({ jobs }: Deployment): string | null {
  const projects = new Set(jobs.map(({ project }) => project));
  return projects.size === 1 ? [...projects].join('') : null;
}

/** What the procedure adds to a message when something is worth knowing beside it; only what can happen here. */
function notes({ state, notification }: Deployment): { code: string; meaning: string }[] {
  const codes: NoteCode[] =
    state.kind === 'execution-history'
      ? ['HISTORY_BLIND']
      : [
          'TESTS_UNNAMED',
          'CLOCK',
          'TIES',
          ...(state.recordable ? (['RUN_NOT_IDENTIFIED', 'FAILURE_NOT_RECORDED'] as const) : []),
        ];
  if (notification !== null) codes.push('NOT_NOTIFIED');
  return codes.map((code) => ({ code, meaning: NOTES[code] }));
}

/** The statement that ends a run which is logged as running and known to be dead. */
function abandon(state: State): string | null {
  if (state.kind !== 'audit-tables' || state.runs.status === null) return null;
  const { runs } = state;
  return `UPDATE ${qualified(runs.table)} SET ${identifier(state.runs.status!)} = ${literal(state.failedStatus)} WHERE ${identifier(runs.runId)} = '<run id>'`;
}

function jobRow({ name, project, command, select, flags, policy }: Job): object {
  return {
    name,
    project,
    commandLine: `dbt ${commandLine(command, select, flags)}`,
    maxAttempts: policy.maxAttempts,
    retryCommand: policy.retryCommand,
    maxAgeHours: policy.maxAgeHours,
  };
}

function taskRow(task: Task): object {
  const { name, action, timeoutMs, initialState } = task;
  return {
    name: name.name,
    when: whenText(task),
    what:
      action.kind === 'call'
        ? `job ${cellCode(action.job)}, ${action.mode}`
        : `${cellCode(`dbt ${action.command}`)}, not restarted`,
    timeout: duration(timeoutMs),
    initialState,
  };
}

function whenText({ schedule, after, finalizes, onlyIfBuilt }: Task): string {
  if (schedule !== null) return cellCode(scheduleText(schedule));
  if (finalizes !== null) return `when all of ${cellCode(finalizes.name)} has ended`;
  const behind = after.map((task) => cellCode(task.name)).join(' and ');
  return `after ${behind}${onlyIfBuilt.length > 0 ? ', only if built' : ''}`;
}

/** Text inside a cell of a Markdown table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function duration(ms: number): string {
  const units = [
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ] as const;
  const [size, unit] = units.find(([size]) => ms % size === 0) ?? [1, 'ms'];
  return `${ms / size} ${unit}`;
}

function stateNames(state: State): string {
  if (state.kind === 'execution-history')
    return "Snowflake's own `DBT_PROJECT_EXECUTION_HISTORY`, seven days back";
  const tables = [state.runs.table, ...state.nodes.tables.map(({ table }) => table)];
  return tables.map((table) => cellCode(qualified(table))).join(', ');
}

/** What the owner role needs that this deployment cannot grant. Each line names who asks for it. */
function ownerNeeds(deployment: Deployment): { privilege: string; on: string; why: string }[] {
  const { runner, state, alerts } = deployment;
  const schema = cellCode(`${identifier(deployment.database)}.${identifier(deployment.schema)}`);
  const warehouses = [
    ...new Set(
      [...allTasks(deployment), ...(alerts === null ? [] : [alerts])].flatMap(
        ({ warehouse }) => warehouse ?? [],
      ),
    ),
  ];
  const serverless = allTasks(deployment).some(({ warehouse }) => warehouse === null);
  const needs = [
    { privilege: 'EXECUTE TASK', on: 'the account', why: 'tasks run with the rights of their owner' },
    {
      privilege: `USAGE, CREATE PROCEDURE, CREATE VIEW, CREATE TASK${alerts === null ? '' : ', CREATE TABLE, CREATE ALERT'}`,
      on: schema,
      why: 'to make the objects',
    },
    ...warehouses.map((name) => ({
      privilege: 'USAGE',
      on: `warehouse ${cellCode(identifier(name))}`,
      why: 'the tasks run there',
    })),
  ];
  if (serverless)
    needs.push({ privilege: 'EXECUTE MANAGED TASK', on: 'the account', why: 'a task has no warehouse' });
  if (runner.kind === 'procedure') {
    needs.push({
      privilege: 'USAGE',
      on: `procedure ${cellCode(runnerProcedure(runner))}`,
      why: 'it starts dbt',
    });
  } else {
    needs.push({
      privilege: 'USAGE',
      on: `dbt project ${cellCode(qualified(runner.object))}`,
      why: 'to execute it',
    });
  }
  return [...needs, ...alertNeeds(alerts), ...stateNeeds(state, deployment)];
}

function alertNeeds(alerts: Deployment['alerts']): { privilege: string; on: string; why: string }[] {
  if (alerts === null) return [];
  const { warehouse, notification } = alerts;
  return [
    {
      privilege: warehouse === null ? 'EXECUTE MANAGED ALERT' : 'EXECUTE ALERT',
      on: 'the account',
      why: 'to start the alerts',
    },
    {
      privilege: 'USAGE',
      on: `integration ${cellCode(identifier(notification.integration))}`,
      why: 'the alerts send through it',
    },
  ];
}

function stateNeeds(
  state: State,
  { runner, jobs }: Deployment,
): { privilege: string; on: string; why: string }[] {
  if (state.kind === 'execution-history') {
    const on =
      runner.kind === 'execute-dbt-project'
        ? `dbt project ${cellCode(qualified(runner.object))}`
        : 'the dbt project';
    return [{ privilege: 'MONITOR', on, why: 'to see its runs and their artifacts' }];
  }
  const records = recordsFailures({ state, jobs });
  const nodes = state.nodes.tables.map(({ table }) => ({
    privilege: 'SELECT',
    on: cellCode(qualified(table)),
    why: 'to read what failed',
  }));
  const why = records ? 'to read the runs, and to write down one that dbt failed' : 'to read the runs';
  return [
    {
      privilege: records ? 'SELECT, INSERT, UPDATE' : 'SELECT',
      on: cellCode(qualified(state.runs.table)),
      why,
    },
    ...nodes,
  ];
}

function troubles(state: State): {
  stateTrouble: string;
  firstRunTrouble: string;
  maxRetriesTrouble: string;
} {
  if (state.kind === 'execution-history') {
    return {
      stateTrouble: 'the role of the task may not read the execution history',
      firstRunTrouble:
        'the role of the task sees no history (HISTORY_BLIND), or the last run is older than seven days',
      maxRetriesTrouble: 'runs of the job by hand with other arguments belong to no chain',
    };
  }
  const environment =
    state.environment === null || state.runs.environment === null
      ? ''
      : `, or other values than ${cellCode(literal(state.environment))} in ${cellCode(identifier(state.runs.environment))}`;
  return {
    stateTrouble: 'a log table is missing, a column was renamed, or the role of the task may not read it',
    firstRunTrouble: `the log has another project name${environment}`,
    maxRetriesTrouble: 'retries do not reach the log: the hooks write no row for them',
  };
}

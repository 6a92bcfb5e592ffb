/** Doubts about a run log that lacks a column which a rule of the restart decision needs. */
import type { AuditTablesState, Job, Warning } from '../deployment';
import { tellsCommand, tellsResourceType, tellsSelection } from '../log-abilities';
import { normaliseSelection } from '../selection';
import { jobsWithPaths, warning, type WarningContext, type WarningRule } from './context';

/** A rule about the log; there is none to doubt with Snowflake's own history. */
function aboutLog(rule: (log: AuditTablesState, context: WarningContext) => Warning[]): WarningRule {
  return (context) => {
    const { state } = context.deployment;
    return state.kind === 'audit-tables' ? rule(state, context) : [];
  };
}

const RUNS = ['state', 'layout', 'runs'] as const;

export const logWithoutSelection = aboutLog(({ runs }, { deployment }) => {
  if (tellsSelection(runs)) return [];
  const projects = [...new Set(deployment.jobs.map(({ project }) => project))];
  const shared = projects.filter((project) => runsOf(project, deployment) > 1);
  const cost =
    shared.length > 0
      ? `the jobs of ${shared.join(', ')} cannot be kept apart`
      : 'attempts are counted from runs that failed in a row, and nothing heals elsewhere';
  return [
    warning(
      'LOG_WITHOUT_SELECTION',
      [...RUNS, 'selection'],
      `the log has no selection column: ${cost}`,
      'let the hooks write the --select values, or give each job a project of its own',
    ),
  ];
});

/** How many different dbt runs of a project the tasks and jobs start. */
function runsOf(project: string, { jobs, graphs }: WarningContext['deployment']): number {
  const plain = graphs
    .flatMap(({ root, children }) => [root, ...children])
    .filter(({ action }) => action.kind === 'dbt' && action.project === project);
  return jobs.filter((job) => job.project === project).length + plain.length;
}

export const logWithoutCommand = aboutLog(({ layout, runs }, context) => {
  if (tellsCommand(runs)) return [];
  // Packages log every command; hooks of one's own may well be those of builds and runs alone.
  if (layout !== 'custom') return [anyCommand()];
  if (!tellsSelection(runs)) return [];
  return jobsWithPaths(context).flatMap(({ job, path }) => {
    const other = plainRunLike(job, context);
    if (other === null) return [];
    return [
      warning(
        'LOG_WITHOUT_COMMAND',
        [...path],
        `the log has no command column: a run of ${other} looks like a full run of ${job.name}`,
        'let the hooks write the command, or give one of the two a selection of its own',
      ),
    ];
  });
});

function anyCommand(): Warning {
  return warning(
    'LOG_WITHOUT_COMMAND',
    ['state', 'absentColumns'],
    'the log has no command column: a dbt test or dbt compile that anybody runs looks like a full run',
    'let the hooks write the command, or run such commands where they are not logged',
  );
}

/** A plain run of the job's project with the job's selection and another command: `dbt test` after `dbt build`. */
function plainRunLike(job: Job, { deployment, tasks }: WarningContext): string | null {
  const selects = new Map(tasks.map(({ name, config }) => [name, config.run?.dbt.select ?? []]));
  const similar = deployment.graphs
    .flatMap(({ root, children }) => [root, ...children])
    .find(({ name, action }) => {
      if (action.kind !== 'dbt' || action.project !== job.project) return false;
      return normaliseSelection((selects.get(name.name) ?? []).join(' ')) === job.selection;
    });
  return similar?.name.name ?? null;
}

export const projectNotLogged = aboutLog(({ runs }, { deployment }) => {
  const [project] = deployment.jobs.map((job) => job.project);
  if (runs.project !== null || project === undefined) return [];
  return [
    warning(
      'PROJECT_NOT_LOGGED',
      [...RUNS, 'project'],
      `the log has no project column: every run in it counts as one of ${project}`,
      'let the hooks write project_name, or keep the logs of the projects apart',
    ),
  ];
});

export const logWithoutEnvironment = aboutLog(({ runs }) =>
  runs.environment !== null
    ? []
    : [
        warning(
          'LOG_WITHOUT_ENVIRONMENT',
          [...RUNS, 'environment'],
          "the log has no environment column: a developer's runs in the same log count as ours",
          'let the hooks write target.name, or keep the logs of the environments apart',
        ),
      ],
);

export const logWithoutStatus = aboutLog(({ runs }, { deployment }) => {
  if (runs.status !== null) return [];
  const waits = deployment.jobs.some(({ policy }) => policy.onRunInProgress !== 'run');
  return [
    warning(
      'LOG_WITHOUT_STATUS',
      [...RUNS, 'status'],
      `the log has no run status: it is derived from the nodes${waits ? ', a run in progress is not waited for' : ''}, and a failure cannot be recorded`,
      'a run that dies before its hooks leaves no trace in such a log: its attempt is not counted',
    ),
  ];
});

export const logWithoutEnd = aboutLog(({ runs }) =>
  runs.endedAt !== null
    ? []
    : [
        warning(
          'LOG_WITHOUT_END',
          [...RUNS, 'endedAt'],
          'the log has no end of a run: the age of a failure is counted from its start',
          'allow for the time of a run in maxAgeHours',
        ),
      ],
);

export const logWithoutResourceType = aboutLog((log, context) => {
  if (tellsResourceType(log)) return [];
  return jobsWithPaths(context).flatMap(({ path }, index) => {
    if (context.sources[index]?.config.retry?.onTestFailure === undefined) return [];
    return [
      warning(
        'LOG_WITHOUT_RESOURCE_TYPE',
        [...path, 'retry', 'onTestFailure'],
        'the log does not say which nodes are tests: every node is retried as a model',
        'name the column in layout.nodes.resourceType, or leave onTestFailure out',
      ),
    ];
  });
});

/** A log that knows environments, read as if it had only one. */
export const environmentNotFiltered = aboutLog(({ runs, environment }) =>
  runs.environment === null || environment !== null
    ? []
    : [
        warning(
          'ENVIRONMENT_NOT_FILTERED',
          ['state', 'where', 'environment'],
          `the log says in ${runs.environment} whose run it is, and runs of every environment count as ours`,
          "add where: { environment: 'prod' }, with the value that dbt's target has here",
        ),
      ],
);

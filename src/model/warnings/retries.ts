/** Doubts about what a retry does, and how often. */
import { jobsWithPaths, keysOf, retryingTasks, warning, type WarningRule } from './context';

export const retryDropsTests: WarningRule = (context) =>
  jobsWithPaths(context).flatMap(({ job, path }) => {
    if (job.command !== 'build' || job.policy.retryCommand !== 'run') return [];
    return [
      warning(
        'RETRY_DROPS_TESTS',
        [...path, 'retry', 'retryCommand'],
        `the retry of ${job.name} is dbt run: tests, seeds and snapshots of the build are left out`,
        'leave retryCommand out to retry with build, or run the tests in a task after it, as the o2c deployment does',
      ),
    ];
  });

export const retriesMultiply: WarningRule = (context) => {
  const retrying = new Map(retryingTasks(context).map((each) => [each.task, each]));
  const keys = keysOf(context);
  return context.deployment.graphs.flatMap(({ root, children }) => {
    const again = root.taskAutoRetryAttempts ?? 0;
    const inGraph = [root, ...children].flatMap((task) => retrying.get(task) ?? []);
    if (again === 0 || inGraph.length === 0) return [];
    const key = keys.get(root.name.name) ?? root.name.name;
    const most = Math.max(...inGraph.map(({ job }) => job.policy.maxAttempts));
    return [
      warning(
        'RETRIES_MULTIPLY',
        ['tasks', key, 'taskAutoRetryAttempts'],
        `Snowflake repeats the failed task ${again} more ${again === 1 ? 'time' : 'times'}, and every repetition uses up one of ${most} retries at once`,
        'leave taskAutoRetryAttempts at 0: the procedure retries, at the next start',
      ),
    ];
  });
};

export const timeoutLeftAtOneHour: WarningRule = ({ tasks }) => {
  const left = tasks.filter(({ timeoutMs }) => timeoutMs === null);
  if (left.length === 0) return [];
  const names = left.slice(0, 5).map(({ name }) => name);
  const more = left.length > names.length ? ` and ${left.length - names.length} more` : '';
  return [
    warning(
      'TIMEOUT_LEFT_AT_ONE_HOUR',
      ['defaults', 'timeout'],
      `Snowflake cancels ${names.join(', ')}${more} after one hour, on a root the whole graph with it`,
      "state a timeout above the longest build, such as '4 hours', in defaults or in the task",
    ),
  ];
};

export const jobWithoutTask: WarningRule = (context) => {
  const run = new Set(
    context.deployment.graphs
      .flatMap(({ root, children }) => [root, ...children])
      .flatMap(({ action }) => (action.kind === 'call' ? [action.job] : [])),
  );
  return jobsWithPaths(context).flatMap(({ job, path }) =>
    run.has(job.name)
      ? []
      : [
          warning(
            'JOB_WITHOUT_TASK',
            [...path],
            `no task runs ${job.name}: it runs only when somebody calls the procedure for it`,
            `give it a task: { job: '${job.name}', schedule: ... }, or leave it out`,
          ),
        ],
  );
};

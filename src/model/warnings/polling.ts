/** Doubts about tasks that only look. */
import type { Task, Warning } from '../deployment';
import { looksAt, looksOf, looksText, type Looks } from '../looks';
import { keysOf, retryingTasks, warning, type WarningContext, type WarningRule } from './context';

/** Looks a day from which on they are asked to be fewer: once an hour. */
const MANY_LOOKS = 24;

export const pollingCosts: WarningRule = (context) => {
  const keys = keysOf(context);
  const ofTasks = context.deployment.graphs.flatMap((graph) =>
    [graph.root, ...graph.children].flatMap((task) => {
      const looks = looksOf(task, graph);
      if (looks === null || looks.perDay <= MANY_LOOKS) return [];
      return [
        warning(
          'POLLING_COSTS',
          ['tasks', keys.get(task.name.name) ?? task.name.name, 'schedule'],
          costs(task.warehouse ?? '', looks),
          "let it finalize the build (finalize: '...'), which looks once, on a warm warehouse, and keep a window of some hours for later attempts",
        ),
      ];
    }),
  );
  return [...ofTasks, ...alertsCost(context.deployment)];
};

/** Alerts on a warehouse look like tasks do; Snowflake's own compute is billed by what they use. */
function alertsCost({ alerts }: WarningContext['deployment']): Warning[] {
  if (alerts === null || alerts.warehouse === null) return [];
  const looks = looksAt(alerts.schedule);
  if (looks.perDay <= MANY_LOOKS) return [];
  const hint = "leave the warehouse out (Snowflake's own compute), or look less often";
  return [warning('POLLING_COSTS', ['alerts', 'schedule'], costs(alerts.warehouse, looks), hint)];
}

function costs(warehouse: string, looks: Looks): string {
  return `it wakes ${warehouse} each time for a minute at least, unless something else keeps it awake; ${looksText(looks)}`;
}

/** A finalizer that builds comes after every build of its graph: each is then made twice. */
export const finalizerBuilds: WarningRule = (context) => {
  const keys = keysOf(context);
  return context.deployment.graphs.flatMap(({ root, children }) => {
    const finalizer = children.find(({ finalizes }) => finalizes !== null);
    if (finalizer === undefined || !builds(finalizer.action)) return [];
    const { job } = finalizer.action;
    const twice = [root, ...children].find(
      (task) => task !== finalizer && builds(task.action) && task.action.job === job,
    );
    if (twice === undefined) return [];
    return [
      warning(
        'FINALIZER_BUILDS',
        ['tasks', keys.get(finalizer.name.name) ?? finalizer.name.name, 'mode'],
        `after each run of ${twice.name.name} that succeeds it builds ${job} once more`,
        "mode 'retry-only' retries what failed and builds nothing else",
      ),
    ];
  });
};

/** It looks once, right after the build, and is told to wait: the first retry is never its own. */
export const finalizerTooSoon: WarningRule = (context) => {
  const keys = keysOf(context);
  return retryingTasks(context).flatMap(({ key, task, job, mode }) => {
    const [first = 0] = job.policy.delayMinutes;
    if (task.finalizes === null || mode !== 'RETRY_ONLY' || first === 0) return [];
    return [
      warning(
        'FINALIZER_TOO_SOON',
        ['tasks', keys.get(task.name.name) ?? key, 'finalize'],
        `it comes right after the build, and the first retry of ${job.name} waits ${first} minutes`,
        'begin delayMinutes with 0: [0, 15, 60], or retry in a window instead',
      ),
    ];
  });
};

function builds(action: Task['action']): action is Extract<Task['action'], { kind: 'call' }> {
  return action.kind === 'call' && (action.mode === 'AUTO' || action.mode === 'FULL_BUILD');
}

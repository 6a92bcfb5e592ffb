/** Tasks that do not start, and starts that led to nothing. */
import type { Suspension } from '../oncall/suspended';
import { finding, type Finding, type FindingCode } from './finding';
import type { DeploymentFacts } from './facts';
import { suspensionOf } from '../oncall/suspended';
import { ticksOf } from '../oncall/schedule';

const CODES: Readonly<Record<Suspension['by'], FindingCode>> = {
  errors: 'TASK_SUSPENDED_BY_ERRORS',
  snowflake: 'TASK_SUSPENDED_BY_SNOWFLAKE',
  person: 'TASK_SUSPENDED',
  'never-started': 'TASK_SUSPENDED',
  missing: 'TASK_MISSING',
};

export function checkTasks({ deployment, statuses, tasks, unreadable, now }: DeploymentFacts): Finding[] {
  if (unreadable?.isMissing === true) return [];
  const found = new Map<string, Finding>();
  for (const { root, children } of deployment.graphs) {
    for (const task of [root, ...children]) {
      const stateOf = (name: string) => tasks.find((state) => state.name.name === name) ?? null;
      const [state, rootState] = [stateOf(task.name.name), stateOf(root.name.name)];
      const runs = state?.started === true && rootState?.started === true;
      const suspended = suspensionOf(
        { task, root, mode: 'AUTO', state, rootState, runs, ticks: ticksOf(null, null) },
        now,
      );
      if (suspended === null || found.has(suspended.task)) continue;
      // As the config has it.
      const still = suspended.task === task.name.name ? task : root;
      if (suspended.by === 'never-started' && still.initialState === 'suspended') continue;
      found.set(suspended.task, suspendedFinding(suspended));
    }
  }
  const overdue = statuses
    .filter(({ kind, needsPerson }) => kind === 'overdue' || (kind === 'never logged' && needsPerson))
    .map(({ job, text }) =>
      finding(
        'TASK_OVERDUE',
        job,
        text,
        'look at TASK_HISTORY for the start (history shows what left no run), and at where the hooks of that run write',
      ),
    );
  return [...found.values(), ...overdue];
}

function suspendedFinding({ task, by, text }: Suspension): Finding {
  const hint = {
    errors: `see what failed with history --failed, then resume ${task}`,
    snowflake: `resume ${task}, or apply`,
    person: `resume ${task} when it is to run again`,
    'never-started': `resume ${task} when it is to run`,
    missing: 'apply the config, or use a role with MONITOR or OPERATE on it',
  }[by];
  return finding(CODES[by], task, text, hint);
}

/** A first rehearsal: a normal run, a run in which a model fails, and what the schedule does about it. */
import type { Schedule } from '../config/types';
import { nextCronTime, parseCron } from '../model/cron';
import { intervalSeconds } from '../model/schedule';
import type { JobSetup, Setup, TaskSetup } from './setup';
import { textOf } from './source-text';

/** A Monday. */
const START = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;

/** What is rehearsed: a scheduled task that builds, its job, and what it builds. */
interface Played {
  task: TaskSetup;
  job: JobSetup;
  schedule: Schedule;
  nodes: Node[];
  /** The model that fails. */
  fails: string;
}

interface Node {
  name: string;
  path?: string;
  tags?: string[];
  dependsOn?: string[];
  tests?: string[];
}

export interface RehearsalFiles {
  /** `rehearsals/1-failure-and-retry.ts`. */
  rehearsal: string;
  /** `rehearsals/dags/<project>.ts`. */
  dag: string;
  project: string;
}

/** @returns `null` where nothing on a schedule builds, or its selection is one that a list of nodes cannot be made for */
export function rehearsalOf(setup: Setup): RehearsalFiles | null {
  const played = playedOf(setup);
  if (played === null) return null;
  const { task, job, schedule, nodes, fails } = played;
  const [first, second] = startsOf(schedule);
  const end = second + Math.min(6 * HOUR, Math.max(HOUR, (second - first) * 0.9));
  const heals = setup.tasks.some(({ finalize }) => finalize === task.name);
  return {
    project: job.project,
    dag: dagText(job.project, nodes),
    rehearsal: `import { defineRehearsal } from 'dbt-auto-restart';
import { dag } from './dags/${fileName(job.project)}';

export default defineRehearsal({
  title: ${textOf(`A normal run; in the next one ${fails} fails, and only it and what depends on it runs again`)},
  deployment: ${textOf(setup.deployment)},
  projects: [dag],
  start: ${textOf(moment(first - HOUR / 2))},
  end: ${textOf(moment(end))},
  tasks: [${textOf(nameInSnowflake(task.name))}],
  events: [{ fail: ${textOf(fails)}, task: ${textOf(nameInSnowflake(task.name))}, inRun: 2 }],
  expect: {
    counts: [
      { of: { task: ${textOf(nameInSnowflake(task.name))}, failed: [${textOf(fails)}], outcome: 'FAILED' }, is: 1 },
${heals ? "      { of: { action: 'SELECTIVE_RETRY', attempt: 1, outcome: 'SUCCEEDED' }, is: 1 },\n" : ''}    ],
    oneAtATime: true,
  },
});
`,
  };
}

export function fileName(project: string): string {
  return project.toLowerCase().replace(/[^a-z0-9_-]+/g, '_');
}

/** Unquoted names are folded. */
function nameInSnowflake(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toUpperCase();
}

function playedOf({ jobs, tasks }: Setup): Played | null {
  for (const task of tasks) {
    const { does, schedule } = task;
    if (!('job' in does) || does.mode === 'retry-only' || schedule === undefined) continue;
    const job = jobs.find(({ name }) => name === does.job);
    const nodes = job === undefined ? null : nodesFor(job);
    if (job === undefined || nodes === null) continue;
    return { task, job, schedule, nodes, fails: 'orders' };
  }
  return null;
}

/** Six models, all of them in the job's selection. */
function nodesFor({ dbt }: JobSetup): Node[] | null {
  if (dbt.exclude !== undefined || (dbt.flags ?? []).length > 0) return null;
  const command = dbt.command ?? 'build';
  if (command !== 'build' && command !== 'run') return null;
  const terms = dbt.select ?? [];
  const tags = terms.flatMap((term) => /^tag:([\w-]+)$/.exec(term)?.slice(1, 2) ?? []);
  if (terms.length > 0 && tags.length === 0) return null;
  const own = tags.length > 0 ? { tags: tags.slice(0, 1) } : {};
  return [
    { name: 'stg_orders', ...own, tests: ['unique_stg_orders_id'] },
    { name: 'stg_customers', ...own },
    { name: 'orders', ...own, dependsOn: ['stg_orders', 'stg_customers'], tests: ['not_null_orders_id'] },
    { name: 'customers', ...own, dependsOn: ['stg_customers'] },
    { name: 'revenue', ...own, dependsOn: ['orders'] },
  ];
}

function dagText(project: string, nodes: readonly Node[]): string {
  const lines = nodes.map((node) => {
    const entries = Object.entries(node).map(
      ([key, value]) =>
        `${key}: ${Array.isArray(value) ? `[${value.map(textOf).join(', ')}]` : textOf(String(value))}`,
    );
    return `    { ${entries.join(', ')} },`;
  });
  return `import type { ShortDag } from 'dbt-auto-restart';

/** An example. Your own project: dbt parse, then npx dbt-auto-restart rehearse --manifest target/manifest.json */
export const dag: ShortDag = {
  project: ${textOf(project)},
  nodes: [
${lines.join('\n')}
  ],
};
`;
}

/** Its first two starts after a Monday of 2026; every few hours for an interval. */
function startsOf(schedule: Schedule): [number, number] {
  if (schedule.kind === 'interval') return [START, START + intervalSeconds(schedule) * 1000];
  const cron = parseCron(schedule.expression);
  const first = cron && nextCronTime(cron, schedule.timeZone, START - 1);
  const second = cron && first !== undefined && nextCronTime(cron, schedule.timeZone, first);
  return typeof first === 'number' && typeof second === 'number'
    ? [first, second]
    : [START, START + 24 * HOUR];
}

function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

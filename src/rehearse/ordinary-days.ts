/**
 * What is rehearsed where nobody has written a rehearsal: on the user's own manifest a normal day, a failure in the
 * middle of the next build, and what the schedule does about it.
 */
import { AutoRestartError } from '../errors';
import { type Graph, graphOf, isEphemeral, readDag, selectNodes } from '../local/index';
import { threeModels } from './account';
import type { Schedule } from '../config/types';
import { nextCronTime, parseCron } from '../model/cron';
import type { Deployment, Job, Task, TaskGraph } from '../model/deployment';
import { intervalSeconds } from '../model/schedule';
import type { LoadedRehearsal } from './load';
import type { Rehearsal } from './rehearsal';

/** A Monday. */
const START = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * @param manifest text of the manifest.json, which can be read
 * @returns one for each deployment that builds the manifest's project
 * @throws AutoRestartError REQUEST when none does
 */
export function ordinaryDays(manifest: string, deployments: readonly Deployment[]): LoadedRehearsal[] {
  const graph = graphOf(readDag(manifest));
  const { project } = graph.dag;
  const played = deployments.flatMap((deployment) => {
    const build = buildOf(deployment, project);
    return build === undefined ? [] : [{ deployment, build }];
  });
  if (played.length === 0) {
    const known = [...new Set(deployments.flatMap(({ jobs }) => jobs.map((job) => job.project)))];
    throw new AutoRestartError('REQUEST', `no task builds the project of the manifest, ${project}`, {
      where: '--manifest',
      hint: `the config has ${known.join(', ')}: a project is called as in dbt_project.yml`,
    });
  }
  return played.map(({ deployment, build }) => ({
    name: played.length === 1 ? 'ordinary-days' : `ordinary-days-${deployment.name}`,
    file: '--manifest',
    rehearsal: rehearsalOf(deployment, build, graph),
  }));
}

// ------------------------------------------------------------------------------------------------ build

/** The task whose build is to fail, and the root that starts it. */
interface Build {
  root: Task;
  task: Task;
  job: Job;
  schedule: Schedule;
}

/** Rather one that is started, and that builds the whole project. */
function buildOf({ graphs, jobs }: Deployment, project: string): Build | undefined {
  const all = graphs.flatMap(({ root, children }) =>
    [root, ...children].flatMap((task): Build[] => {
      const { action } = task;
      if (action.kind !== 'call' || root.schedule === null) return [];
      if (action.mode !== 'AUTO' && action.mode !== 'FULL_BUILD') return [];
      const job = jobs.find(({ name }) => name === action.job);
      const isOurs = job?.project.toLowerCase() === project.toLowerCase();
      return job === undefined || !isOurs ? [] : [{ root, task, job, schedule: root.schedule }];
    }),
  );
  const rank = ({ root, job }: Build): number =>
    (root.initialState === 'started' ? 0 : 2) + (job.select.length === 0 ? 0 : 1);
  return all.sort((a, b) => rank(a) - rank(b))[0];
}

/** A model in the middle of what the job builds; where there are such, one that others are built from. */
function modelInTheMiddle(graph: Graph, { select, flags }: Job): string | undefined {
  const [, excluded = ''] = /--exclude ((?:(?!--)\S+ ?)+)/.exec(flags) ?? [];
  const { nodes } = selectNodes(graph, { select, exclude: excluded.split(' ').filter(Boolean) });
  const models = graph.order.filter((id) => {
    const node = graph.byId.get(id);
    return node?.resourceType === 'model' && !isEphemeral(node) && nodes.has(id);
  });
  const isModel = new Set(models);
  const parents = models.filter((id) => graph.children.get(id)?.some((child) => isModel.has(child)));
  const candidates = parents.length > 0 ? parents : models;
  return candidates[Math.floor(candidates.length / 2)];
}

// ------------------------------------------------------------------------------------------------- days

function rehearsalOf(deployment: Deployment, build: Build, graph: Graph): Rehearsal {
  const { task, job, schedule } = build;
  const first = startAfter(schedule, START - 1);
  const failing = startAfter(schedule, Math.max(START + DAY - 1, first));
  const next = startAfter(schedule, failing);
  const node = modelInTheMiddle(graph, job);
  const name = node === undefined ? undefined : graph.byId.get(node)?.name;
  return {
    title:
      name === undefined
        ? `Normal days: ${job.name} selects no model that could fail`
        : `A normal day, then ${name} fails in ${task.name.name}, and what comes of it`,
    deployment: deployment.name,
    // The manifest takes the place of its own; of others only the names are known.
    projects: projectsBeside(deployment, graph.dag.project).map(threeModels),
    start: momentOf(START),
    end: momentOf(Math.max(failing + DAY, next + 6 * HOUR)),
    ...startedRoots(deployment.graphs, build),
    events:
      node === undefined
        ? []
        : [{ at: momentOf(failing - 60_000), fail: node, task: task.name.name, inRun: 1 }],
  };
}

/** The roots that the deployment starts, and the build's own. */
function startedRoots(graphs: readonly TaskGraph[], { root }: Build): Pick<Rehearsal, 'tasks'> {
  if (root.initialState === 'started') return {};
  const started = graphs.filter((graph) => graph.root.initialState === 'started' || graph.root === root);
  return { tasks: started.map((graph) => graph.root.name.name) };
}

function projectsBeside({ jobs, graphs }: Deployment, own: string): string[] {
  const actions = graphs.flatMap(({ root, children }) => [root, ...children]).map(({ action }) => action);
  const all = new Set([...jobs, ...actions].map(({ project }) => project));
  return [...all].filter((project) => project.toLowerCase() !== own.toLowerCase());
}

/** The first start after a moment. An interval counts from the start of the rehearsal, when its task is started. */
function startAfter(schedule: Schedule, moment: number): number {
  if (schedule.kind === 'interval') {
    const period = intervalSeconds(schedule) * 1000;
    return START + Math.max(1, Math.floor((moment - START) / period) + 1) * period;
  }
  const cron = parseCron(schedule.expression);
  const next = cron && nextCronTime(cron, schedule.timeZone, moment);
  // What never comes is refused when the config is read.
  return next ?? moment + DAY;
}

function momentOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

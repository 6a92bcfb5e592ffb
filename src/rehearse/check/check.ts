/**
 * Whatever a file of `rehearsals/` exports -> a rehearsal that can be played, or every problem that it has. Names are
 * checked before anything runs: an event that fails in the middle of a simulated year helps nobody.
 */
import { z } from 'zod';
import { didYouMean } from '../../config/nearest';
import type { ProblemSink } from '../../config/problems';
import { MANNER, splitName } from '../../local/index';
import type { Deployment } from '../../model/deployment';
import type { Expectations } from '../expectations';
import type { Rehearsal, RehearsalEvent } from '../rehearsal';
import { checkEvent, checkName, type Known } from './events';
import { checkExpectations } from './expectations';
import { checkProjects, type Dags } from './projects';
import { fittingFields, time } from './shape';

export interface World {
  deployments: ReadonlyMap<string, Deployment>;
  /** Text of a manifest.json below the config. @throws AutoRestartError REQUEST */
  readManifest: (file: string) => string;
  /** The user's own, of `--manifest`: it takes the place of its project, and what is expected no longer counts. */
  manifest?: { file: string; text: string };
}

/** A rehearsal without mistakes. */
export interface Checked {
  rehearsal: Rehearsal & { events: RehearsalEvent[]; expect: Expectations | undefined };
  dags: Dags;
}

const MODE = z.enum(['on-run-end', 'post-hook', 'none']);

const SHAPE = z.strictObject({
  title: z.string(),
  deployment: z.string(),
  projects: z.array(z.unknown()),
  start: time,
  end: time,
  tasks: z.array(z.string()).optional(),
  events: z.array(z.unknown()).optional(),
  expect: z.unknown().optional(),
});

/** Hooks are a word, or an object that says in which manner they write: a problem is told by what was meant. */
function shapeFor(value: unknown) {
  const { hooks } = (value ?? {}) as { hooks?: unknown };
  const manner = z.strictObject({ mode: MODE.optional(), ...MANNER.shape });
  const meant = typeof hooks === 'object' && hooks !== null ? manner : MODE;
  return SHAPE.extend({ hooks: (meant as z.ZodType<NonNullable<Rehearsal['hooks']>>).optional() });
}

/** @returns what can be played if `sink` was told nothing */
export function checkRehearsal(value: unknown, world: World, sink: ProblemSink): Checked {
  const read = fittingFields(shapeFor(value), value, sink);
  const names = [...world.deployments.keys()];
  if (read.deployment !== undefined) checkName(read.deployment, names, 'deployment', sink.at('deployment'));
  checkStretch(read.start, read.end, sink);
  const own = world.deployments.get(read.deployment ?? '');
  const deployments = own && [own, ...appliedLater(read.events ?? [], world)];
  if (own && read.hooks) checkHooks(read.hooks, own, sink.at('hooks'));
  if (own && read.tasks) checkRoots(read.tasks, own, sink.at('tasks'));
  const dags = checkProjects(read.projects, deployments, world, sink.at('projects'));
  const known: Known = {
    deployments: names,
    tasks: deployments && [...new Set(deployments.flatMap(taskNames))],
    roles: deployments && [...new Set(deployments.flatMap(rolesOf))],
    nodes: dags?.nodes,
    start: read.start === undefined ? undefined : Date.parse(read.start),
    end: read.end === undefined ? undefined : Date.parse(read.end),
  };
  const events = (read.events ?? []).flatMap(
    (event, index) => checkEvent(event, known, sink.at('events', index)) ?? [],
  );
  const expect =
    read.expect === undefined || world.manifest !== undefined
      ? undefined
      : checkExpectations(read.expect, known, sink.at('expect'));
  return {
    rehearsal: { ...(read as Rehearsal), events, expect },
    dags: dags ?? { byProject: new Map(), nodes: [] },
  };
}

function checkStretch(start: string | undefined, end: string | undefined, sink: ProblemSink): void {
  if (start === undefined || end === undefined || Date.parse(start) < Date.parse(end)) return;
  sink.add(['end'], `${end} is not after the start, ${start}`);
}

function appliedLater(events: readonly unknown[], { deployments }: World): Deployment[] {
  return events.flatMap((event) => deployments.get((event as { apply?: string } | null)?.apply ?? '') ?? []);
}

export function taskNames({ graphs }: Deployment): string[] {
  return graphs.flatMap(({ root, children }) => [root, ...children]).map(({ name }) => name.name);
}

/** Roles that the account is made with: those that the config grants to, and the one that owns the deployment. */
function rolesOf({ grants, connection }: Deployment): string[] {
  const owner = connection.role === null ? [] : splitName(connection.role);
  return [...grants.map(({ role }) => role), ...owner];
}

/** No hook of the local dbt writes into tables of a layout of the user's own. */
function checkHooks(hooks: NonNullable<Rehearsal['hooks']>, { state }: Deployment, sink: ProblemSink): void {
  if (state.kind !== 'audit-tables')
    return sink.add([], "it has no effect: the deployment reads Snowflake's history", 'leave it out');
  if (typeof hooks === 'string' || state.layout === 'custom') return;
  for (const field of Object.keys(hooks).filter((each) => each !== 'mode'))
    sink.add(
      [field],
      `it has no effect: ${state.layout} writes its log in one manner`,
      'say only the mode, or map a layout of your own',
    );
}

/** Children start with their roots. */
function checkRoots(tasks: readonly string[], { graphs }: Deployment, sink: ProblemSink): void {
  const roots = graphs.map(({ root }) => root.name.name);
  tasks.forEach((task, index) => {
    if (roots.includes(task)) return;
    const graph = graphs.find(({ children }) => children.some(({ name }) => name.name === task));
    if (graph) sink.add([index], `${task} has no schedule`, `it follows ${graph.root.name.name}: name that`);
    else sink.add([index], `there is no task ${task}`, didYouMean(task, roots));
  });
}

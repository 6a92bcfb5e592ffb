/** Tasks that change together -> one step: the generated block where it fits, else one over both graphs. */
import { leftComment } from '../render/fingerprint';
import type { TaskStatement } from '../render/statement';
import { renderGraphBlock, type BlockTask } from '../render/graph-block';
import { indented } from '../render/task-graph';
import type { Templates } from '../render/templates';
import { qualified } from '../sql-text';
import { causes } from './causes';
import { creationOrder, rootFinder, type Component } from './components';
import type { Deployed, DeployedTask } from './deployed';
import { graphEffects } from './graph-effects';
import { hazard, type Hazard } from './hazards';
import { cutOfKept, cutOfLeftOver } from './links';
import type { PlanOptions } from './options';
import type { Change, Step, StepVerb } from './step';
import type { TaskComparison } from './task-changes';
import type { Wanted } from './wanted';

/** @returns `null` when nothing of the component has to be done */
export function planGraph(
  component: Component,
  wanted: Wanted,
  deployed: Deployed,
  options: PlanOptions,
  templates: Templates,
): Step | null {
  const touched = component.wanted.filter(({ verb, resume }) => verb !== 'same' || resume);
  const drops = options.allow.has('DROP');
  const leaving = component.leftOver.filter(({ state }) => drops || state === 'started');
  if (touched.length === 0 && leaving.length === 0) return null;
  const verb = verbOf(touched, leaving, drops);
  const block = blockTasks(component, leaving, deployed, drops);
  const isCut = block.some(({ cut }) => cut !== null);
  const generated =
    verb === 'resume' || isCut ? undefined : generatedBlock(component, leaving, wanted, deployed);
  const first = component.wanted[0]?.statement.name ?? component.leftOver[0]!.name;
  const object = generated?.object ?? qualified(first);
  const effects = graphEffects(component, deployed, drops);
  const changes = [...touched.flatMap(taskChanges), ...leaving.map((task) => leavingChange(task, drops))];
  return {
    id: `${verb} graph:${object}`,
    do: verb,
    kind: 'graph',
    object,
    sql: generated?.sql ?? renderGraphBlock(block, templates).trim(),
    file: generated?.file ?? null,
    why: reason(verb, touched, leaving, changes, generated === undefined),
    changes,
    effects: effects.texts,
    hazards: [
      ...touched.flatMap(({ hazards }) => hazards.filter(isOfStep)),
      ...dropHazards(leaving, drops),
      ...effects.hazards,
    ],
  };
}

/** What is said of a task whether or not its graph changes is a note of the plan. */
const isOfStep = ({ code }: Hazard): boolean => code !== 'STAYS_SUSPENDED';

function verbOf(
  touched: readonly TaskComparison[],
  leaving: readonly DeployedTask[],
  drops: boolean,
): StepVerb {
  const verbs = new Set(touched.map(({ verb }) => verb));
  if (verbs.has('adopt')) return 'adopt';
  if (verbs.has('alter') || (verbs.has('create') && verbs.size > 1)) return 'alter';
  if (verbs.has('create')) return leaving.length > 0 ? 'alter' : 'create';
  if (verbs.has('same')) return leaving.length > 0 ? 'alter' : 'resume';
  return drops ? 'drop' : 'suspend';
}

/** The statement of `generated/`, where the account's graph has no other root and nothing has to leave it. */
function generatedBlock(
  { wanted, others }: Component,
  leaving: readonly DeployedTask[],
  { statements }: Wanted,
  { tasks }: Deployed,
) {
  const roots = new Set(wanted.map(({ statement }) => statement.root));
  if (roots.size !== 1 || others.length > 0 || leaving.length > 0) return undefined;
  const [root] = roots;
  const rootsOf = rootFinder(tasks);
  const isElsewhere = wanted.some(
    ({ deployed }) => deployed !== null && rootsOf(deployed).some(({ name }) => name.name !== root),
  );
  if (isElsewhere) return undefined;
  return statements.find(({ tasks: own }) => own?.some(({ name }) => name.name === root));
}

function blockTasks(
  { wanted, others, leftOver }: Component,
  leaving: readonly DeployedTask[],
  { tasks }: Deployed,
  drops: boolean,
): BlockTask[] {
  const rank = creationOrder(tasks);
  const rankOf = (name: TaskStatement['name']): number => rank.get(qualified(name)) ?? rank.size;
  const wasRoot = ({ after, finalizes }: DeployedTask): boolean => after.length === 0 && finalizes === null;
  const kept = wanted.map(({ statement, deployed, verb }): BlockTask => ({
    name: statement.name,
    change: verb === 'same' ? null : indented(statement.sql),
    end: 'as-before',
    comment: '',
    cut: deployed === null ? null : cutOfKept(deployed, statement),
    finalizes: Boolean(statement.properties['FINALIZE']),
    initialState: statement.initialState,
    isRoot: statement.root === statement.name.name,
    wasRoot: deployed !== null && wasRoot(deployed),
    rank: rankOf(statement.name),
  }));
  const gone = (task: DeployedTask, end: BlockTask['end']): BlockTask => ({
    name: task.name,
    change: null,
    end,
    comment: leftComment(task.comment),
    cut: leftOver.includes(task)
      ? cutOfLeftOver(
          task,
          wanted.map(({ statement }) => statement),
        )
      : null,
    finalizes: false,
    initialState: 'suspended',
    isRoot: wasRoot(task),
    wasRoot: wasRoot(task),
    rank: rankOf(task.name),
  });
  // Children first, so that no task loses its predecessor before it goes itself.
  const left = leaving
    .map((task) => gone(task, drops ? 'dropped' : 'suspended'))
    .sort((a, b) => b.rank - a.rank);
  const roots = rootsOfLeaving(leaving, tasks, [...kept, ...left]);
  const inTheWay = leftOver
    .filter((task) => !leaving.includes(task))
    .map((task) => gone(task, 'as-before'))
    .filter(({ cut }) => cut !== null);
  // Each root is altered before its finalizer, and whatever followed a task before that becomes one.
  const finalizersLast = kept.sort((a, b) => Number(a.finalizes) - Number(b.finalizes));
  return [
    ...finalizersLast,
    ...[...others, ...roots].map((task) => gone(task, 'as-before')),
    ...inTheWay,
    ...left,
  ];
}

/** A task that leaves a graph of which only its root is there, suspended: the root has to be suspended too. */
function rootsOfLeaving(
  leaving: readonly DeployedTask[],
  all: readonly DeployedTask[],
  known: readonly BlockTask[],
): DeployedTask[] {
  const names = new Set(known.map(({ name }) => qualified(name)));
  const roots = new Map(leaving.flatMap(rootFinder(all)).map((root) => [qualified(root.name), root]));
  return [...roots].filter(([key]) => !names.has(key)).map(([, root]) => root);
}

function taskChanges({ statement, changes, verb, resume }: TaskComparison): Change[] {
  if (!resume) return changes;
  const of = `task ${qualified(statement.name)}`;
  const state: Change = {
    of,
    cause: verb === 'same' ? 'account' : 'unknown',
    what: 'state',
    before: 'suspended',
    after: 'started',
  };
  return [...changes, state];
}

function leavingChange({ name, state }: DeployedTask, drops: boolean): Change {
  return {
    of: `task ${qualified(name)}`,
    cause: 'config',
    what: 'left over',
    before: state,
    after: drops ? 'dropped' : 'suspended',
  };
}

function dropHazards(leaving: readonly DeployedTask[], drops: boolean): Hazard[] {
  if (!drops) return [];
  return leaving.map(({ name }) => hazard('DROP', `task ${qualified(name)} is dropped, with its grants`));
}

function reason(
  verb: StepVerb,
  touched: readonly TaskComparison[],
  leaving: readonly DeployedTask[],
  changes: readonly Change[],
  overBoth: boolean,
): string {
  const names = (tasks: readonly { name: string }[]): string => tasks.map(({ name }) => name).join(', ');
  const created = touched.filter((one) => one.verb === 'create').map(({ statement }) => statement.name);
  const resumed = touched.filter(({ resume }) => resume).map(({ statement }) => statement.name);
  const altered = touched.filter((one) => one.verb === 'alter');
  const parts = [
    created.length > 0 ? `${names(created)} ${created.length === 1 ? 'is' : 'are'} new` : '',
    verb === 'adopt' ? 'tasks of these names are there, and not ours' : '',
    altered.length > 0
      ? causes(
          changes.filter(({ of }) =>
            altered.some(({ statement }) => of === `task ${qualified(statement.name)}`),
          ),
        )
      : '',
    resumed.length > 0
      ? `${names(resumed)} ${resumed.length === 1 ? 'has' : 'have'} to be started again`
      : '',
    leaving.length > 0 ? `${names(leaving.map(({ name }) => name))} left the config` : '',
  ].filter(Boolean);
  const together =
    overBoth && verb === 'alter' && leaving.length > 0 ? ' (one step, since their graphs are linked)' : '';
  return `${parts.join('; ')}${together}`;
}

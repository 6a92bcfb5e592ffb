/** Task graphs: one root and all that follow it. https://docs.snowflake.com/en/user-guide/tasks-graphs */
import type { ProblemSink } from '../config/problems';
import type { Task, TaskGraph } from './deployment';
import { placeOf } from './task-place';
import type { TaskSource } from './tasks';

const MOST_TASKS = 1000;
const MOST_LINKS = 100;

/** The graphs as names, in the order of the config: each root with its children, predecessors first, the finalizer last. */
export interface NamedGraph {
  root: string;
  children: string[];
}

export function taskGraphs(sources: readonly TaskSource[], problems: ProblemSink): NamedGraph[] {
  const byName = new Map(sources.map((source) => [source.name, source]));
  const cyclic = reportCycles(sources, byName, problems);
  const rootsOf = rootFinder(byName, cyclic);
  const ordered = inOrder(sources.filter(({ name }) => !cyclic.has(name)));
  checkLinks(sources, problems);
  const finalizers = finalizersByRoot(sources, byName, problems);
  const graphs: NamedGraph[] = [];
  for (const root of sources.filter(({ config }) => placeOf(config) === 'root')) {
    const followers = ordered.filter(({ name, after }) => after.length > 0 && rootsOf(name)[0] === root.name);
    const children = [...followers, ...(finalizers.get(root.name) ?? [])];
    if (children.length >= MOST_TASKS) {
      problems.add(
        ['tasks', root.key],
        `its graph has ${children.length + 1} tasks`,
        `Snowflake allows ${MOST_TASKS}`,
      );
    }
    graphs.push({ root: root.name, children: children.map(({ name }) => name) });
  }
  for (const { key, name, after } of sources) {
    const roots = cyclic.has(name) ? [] : rootsOf(name);
    if (after.length > 1 && roots.length > 1) {
      problems.add(
        ['tasks', key, 'after'],
        `it belongs to the graphs of ${roots.join(' and ')}`,
        'a task has one root',
      );
    }
  }
  return graphs;
}

/** By the root's name. One root has one finalizer, and nothing comes after that. */
function finalizersByRoot(
  sources: readonly TaskSource[],
  byName: ReadonlyMap<string, TaskSource>,
  problems: ProblemSink,
): Map<string, TaskSource[]> {
  const found = new Map<string, TaskSource[]>();
  for (const source of sources) {
    const root = source.finalizes === null ? undefined : byName.get(source.finalizes);
    if (root === undefined) continue;
    const path = ['tasks', source.key, 'finalize'];
    const [other] = found.get(root.name) ?? [];
    if (placeOf(root.config) !== 'root') {
      problems.add(path, `${root.name} is not the root of a graph`, 'name the task that has the schedule');
    } else if (other !== undefined) {
      const hint = `tasks.${other.key} is one already: let one task follow the other's work, or give it a schedule`;
      problems.add(path, `${root.name} has two finalizers`, hint);
    } else {
      found.set(root.name, [source]);
    }
  }
  checkNothingAfter(sources, byName, problems);
  return found;
}

function checkNothingAfter(
  sources: readonly TaskSource[],
  byName: ReadonlyMap<string, TaskSource>,
  problems: ProblemSink,
): void {
  for (const { key, after } of sources) {
    for (const name of after) {
      const before = byName.get(name);
      if (before === undefined || placeOf(before.config) !== 'finalizer') continue;
      const hint = 'let it follow another task, or start by a schedule';
      problems.add(['tasks', key, 'after'], `no task can follow ${name}, which finalizes its graph`, hint);
    }
  }
}

/** @returns the names of all tasks on a cycle or behind one */
function reportCycles(
  sources: readonly TaskSource[],
  byName: ReadonlyMap<string, TaskSource>,
  problems: ProblemSink,
): Set<string> {
  const state = new Map<string, 'open' | 'done' | 'cyclic'>();
  const visit = (source: TaskSource, trail: readonly string[]): boolean => {
    const known = state.get(source.name);
    if (known === 'done' || known === 'cyclic') return known === 'cyclic';
    if (known === 'open') {
      const cycle = [...trail.slice(trail.indexOf(source.name)), source.name].reverse();
      problems.add(
        ['tasks', source.key, 'after'],
        `the tasks form a cycle: ${cycle.join(' -> ')}`,
        'one of them has to start by a schedule',
      );
      return true;
    }
    state.set(source.name, 'open');
    const results = source.after.map((name) => {
      const before = byName.get(name);
      return before !== undefined && visit(before, [...trail, source.name]);
    });
    const cyclic = results.includes(true);
    state.set(source.name, cyclic ? 'cyclic' : 'done');
    return cyclic;
  };
  return new Set(sources.filter((source) => visit(source, [])).map(({ name }) => name));
}

/** Roots above a task, in the order its predecessors name them. */
function rootFinder(
  byName: ReadonlyMap<string, TaskSource>,
  cyclic: ReadonlySet<string>,
): (name: string) => string[] {
  const known = new Map<string, string[]>();
  const find = (name: string): string[] => {
    const cached = known.get(name);
    if (cached !== undefined) return cached;
    const after = cyclic.has(name) ? [] : (byName.get(name)?.after ?? []);
    const roots = after.length === 0 ? [name] : [...new Set(after.flatMap(find))];
    known.set(name, roots);
    return roots;
  };
  return find;
}

/** Predecessors first, otherwise the order of the config. */
function inOrder(sources: readonly TaskSource[]): TaskSource[] {
  const placed = new Set<string>();
  const byName = new Map(sources.map((source) => [source.name, source]));
  const ordered: TaskSource[] = [];
  const place = (source: TaskSource): void => {
    if (placed.has(source.name)) return;
    placed.add(source.name);
    for (const name of source.after) {
      const before = byName.get(name);
      if (before !== undefined) place(before);
    }
    ordered.push(source);
  };
  sources.forEach(place);
  return ordered;
}

function checkLinks(sources: readonly TaskSource[], problems: ProblemSink): void {
  const followers = new Map<string, number>();
  for (const { key, after } of sources) {
    for (const name of after) followers.set(name, (followers.get(name) ?? 0) + 1);
    if (after.length > MOST_LINKS) {
      problems.add(['tasks', key, 'after'], `${after.length} predecessors`, `Snowflake allows ${MOST_LINKS}`);
    }
  }
  for (const { key, name } of sources) {
    const count = followers.get(name) ?? 0;
    if (count > MOST_LINKS)
      problems.add(['tasks', key], `${count} tasks follow it`, `Snowflake allows ${MOST_LINKS}`);
  }
}

export function assembleGraphs(graphs: readonly NamedGraph[], tasks: readonly Task[]): TaskGraph[] {
  const byName = new Map(tasks.map((task) => [task.name.name, task]));
  const task = (name: string): Task[] => {
    const found = byName.get(name);
    return found === undefined ? [] : [found];
  };
  return graphs.flatMap(({ root, children }) =>
    task(root).map((found) => ({ root: found, children: children.flatMap(task) })),
  );
}

/**
 * Which nodes `--select` and `--exclude` mean, decided as dbt decides it.
 * https://docs.getdbt.com/reference/node-selection/syntax,
 * https://docs.getdbt.com/reference/node-selection/graph-operators,
 * https://docs.getdbt.com/reference/node-selection/set-operators,
 * https://docs.getdbt.com/reference/node-selection/test-selection-examples
 */
import { unsupported } from '../errors';
import { DbtError, type IndirectSelection } from './args';
import { type Graph, isTest, reachable } from './dag';
import { matchNodes, METHODS, type PreviousState, REFUSED_METHODS } from './selector-methods';

export interface Selection {
  /** Unique ids. */
  nodes: ReadonlySet<string>;
  /** dbt's warnings, one for each criterion that matches nothing. */
  warnings: readonly string[];
}

export interface SelectionRequest {
  /** Empty for everything. */
  select: readonly string[];
  exclude: readonly string[];
  /** What `--state` names. */
  previous?: PreviousState;
  /** @default eager */
  indirect?: IndirectSelection;
}

/** What a part of a selection holds, and the tests that it will hold once all they test is there. */
interface Found {
  direct: Set<string>;
  waiting: Set<string>;
}

interface Search {
  graph: Graph;
  previous: PreviousState | undefined;
  indirect: IndirectSelection;
  warnings: string[];
}

/** @throws DbtError for what dbt refuses, SnowflakeError for a method that the local Snowflake does not model */
export function selectNodes(graph: Graph, request: SelectionRequest): Selection {
  const warnings: string[] = [];
  const { previous, indirect = 'eager' } = request;
  const search: Search = { graph, previous, indirect, warnings };
  const nodes = request.select.length > 0 ? union(search, request.select) : new Set(graph.order);
  for (const id of union(search, request.exclude)) nodes.delete(id);
  return { nodes, warnings };
}

function union(search: Search, specs: readonly string[]): Set<string> {
  // dbt splits at spaces inside a value too: --select "a b" is a union.
  const parts = specs
    .flatMap((value) => value.split(' '))
    .map((spec) => {
      const found = intersection(search, spec);
      if (found.direct.size === 0)
        search.warnings.push(`The selection criterion '${spec}' does not match any enabled nodes`);
      return found;
    });
  const combine = (sets: readonly ReadonlySet<string>[]) => new Set(sets.flatMap((set) => [...set]));
  return combined(search, parts, combine).direct;
}

function intersection(search: Search, spec: string): Found {
  const parts = spec.split(',').map((term) => selectTerm(search, term));
  return combined(search, parts, ([first, ...others]) => {
    return new Set([...(first ?? [])].filter((id) => others.every((other) => other.has(id))));
  });
}

/** Tests that waited in the parts are taken in where the whole holds what they test. */
function combined(
  { graph, indirect }: Search,
  parts: readonly Found[],
  combine: (sets: readonly ReadonlySet<string>[]) => Set<string>,
): Found {
  const direct = combine(parts.map((part) => part.direct));
  const waiting = combine(parts.map((part) => new Set([...part.direct, ...part.waiting])));
  if (indirect === 'cautious' || indirect === 'buildable') {
    const known = indirect === 'buildable' ? withParents(graph, direct) : new Set(direct);
    for (const id of waiting) if (isCovered(graph, id, known)) direct.add(id);
  }
  return { direct, waiting };
}

function withParents(graph: Graph, ids: ReadonlySet<string>): Set<string> {
  return new Set([...ids, ...reachable(ids, graph.parents)]);
}

/** Whether all that a test tests is there. */
function isCovered(graph: Graph, id: string, known: ReadonlySet<string>): boolean {
  const node = graph.byId.get(id)!;
  return isTest(node) && node.dependsOn.every((parent) => known.has(parent));
}

const TERM =
  /^(?<both>@)?(?:(?<up>\d*)(?<plus>\+))?(?:(?<method>[\w.]+):)?(?<value>.*?)(?:(?<down>\+)(?<depth>\d*))?$/;

/** One term: what its method matches, the relatives that `+` and `@` ask for, and the tests of all these. */
function selectTerm(search: Search, term: string): Found {
  const { graph, previous } = search;
  const { both, up, plus, method, value = '', down, depth } = TERM.exec(term)?.groups ?? {};
  if (both && down) {
    throw new DbtError(`Invalid node spec ${term} - "@" prefix and "+" suffix are incompatible`);
  }
  const [name, ...config] = (method ?? defaultMethod(value)).split('.');
  if (REFUSED_METHODS.includes(name!)) throw unsupported(`dbt selector method '${name}:'`);
  const find = Object.hasOwn(METHODS, name!) ? METHODS[name!] : undefined;
  if (!find) throw new DbtError(`'${name}' is not a valid method name`);

  const found = new Set(matchNodes(graph, find, value, config, previous));
  const selected = new Set(found);
  const add = (ids: Iterable<string>): void => {
    for (const id of ids) selected.add(id);
  };
  if (both) {
    const children = reachable(found, graph.children);
    add(children);
    add(reachable([...found, ...children], graph.parents));
  }
  if (plus) add(reachable(found, graph.parents, up ? Number(up) : Infinity));
  if (down) add(reachable(found, graph.children, depth ? Number(depth) : Infinity));
  return withTests(search, selected);
}

/** Without a method dbt takes a value for a path when it holds a slash, for a file by its ending, else for an fqn. */
function defaultMethod(value: string): string {
  if (value.includes('/')) return 'path';
  return /\.(?:sql|py|csv)$/i.test(value) ? 'file' : 'fqn';
}

/**
 * The tests that come along: with any of their parents (eager), with all of them (cautious), with all that are
 * selected or upstream of it (buildable), or none (empty).
 */
function withTests({ graph, indirect }: Search, selected: Set<string>): Found {
  if (indirect === 'empty') return { direct: selected, waiting: new Set() };
  const known = indirect === 'buildable' ? withParents(graph, selected) : new Set(selected);
  if (indirect === 'buildable') {
    for (const { uniqueId, resourceType } of graph.dag.nodes)
      if (resourceType === 'source') known.add(uniqueId);
  }
  const waiting = new Set<string>();
  for (const id of [...selected].flatMap((parent) => graph.children.get(parent)!)) {
    if (!isTest(graph.byId.get(id)!)) continue;
    (indirect === 'eager' || isCovered(graph, id, known) ? selected : waiting).add(id);
  }
  return { direct: selected, waiting };
}

/**
 * Which nodes `--select` and `--exclude` mean, decided as dbt decides it.
 * https://docs.getdbt.com/reference/node-selection/syntax,
 * https://docs.getdbt.com/reference/node-selection/graph-operators,
 * https://docs.getdbt.com/reference/node-selection/set-operators,
 * https://docs.getdbt.com/reference/node-selection/test-selection-examples
 */
import type { IndirectSelection } from './args';
import { type Graph, isTest, reachable } from './dag';
import { criterionOf, type Criterion } from './criteria';
import { matchNodes, type PreviousState } from './selector-methods';
import { type Definition, partsOf } from './yaml-selectors';

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
  /** A definition of selectors.yml, in place of both. */
  defined?: Definition;
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
  const { previous, indirect = 'eager', defined } = request;
  const search: Search = { graph, previous, indirect, warnings };
  if (defined !== undefined) return { nodes: defining(search, defined).direct, warnings };
  const nodes = request.select.length > 0 ? union(search, request.select) : new Set(graph.order);
  for (const id of union(search, request.exclude)) nodes.delete(id);
  return { nodes, warnings };
}

/** What a definition of selectors.yml holds. Its groups take in no tests that waited, and it warns of nothing. */
function defining(search: Search, definition: Definition): Found {
  const parts = partsOf(definition);
  if (parts.kind === 'criterion') return selectCriterion(search, parts.criterion);
  const of = (definitions: readonly Definition[]) => definitions.map((each) => defining(search, each));
  const combine = parts.kind === 'intersection' ? intersect : unite;
  const { included, excluded } = { included: of(parts.of), excluded: of(parts.exclude) };
  const without = (set: Set<string>, others: readonly ReadonlySet<string>[]): Set<string> =>
    new Set([...set].filter((id) => !others.some((other) => other.has(id))));
  const all = ({ direct, waiting }: Found) => new Set([...direct, ...waiting]);
  return {
    direct: without(
      combine(included.map(({ direct }) => direct)),
      excluded.map(({ direct }) => direct),
    ),
    waiting: without(combine(included.map(all)), excluded.map(all)),
  };
}

function unite(sets: readonly ReadonlySet<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

function intersect([first, ...others]: readonly ReadonlySet<string>[]): Set<string> {
  return new Set([...(first ?? [])].filter((id) => others.every((other) => other.has(id))));
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
  return combined(search, parts, unite).direct;
}

function intersection(search: Search, spec: string): Found {
  const parts = spec.split(',').map((term) => selectCriterion(search, criterionOf(term)));
  return combined(search, parts, intersect);
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

/** What the method matches, the relatives that are asked for, and the tests of all these. */
function selectCriterion(search: Search, criterion: Criterion): Found {
  const { graph, previous } = search;
  const { find, config, value } = criterion;
  const found = new Set(matchNodes(graph, find, value, config, previous));
  const selected = new Set(found);
  const add = (ids: Iterable<string>): void => {
    for (const id of ids) selected.add(id);
  };
  if (criterion.childrensParents) {
    const children = reachable(found, graph.children);
    add(children);
    add(reachable([...found, ...children], graph.parents));
  }
  add(reachable(found, graph.parents, criterion.parents));
  add(reachable(found, graph.children, criterion.children));
  return withTests(criterion.indirect ? { ...search, indirect: criterion.indirect } : search, selected);
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

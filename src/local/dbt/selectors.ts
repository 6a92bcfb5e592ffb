/**
 * Which nodes `--select` and `--exclude` mean, decided as dbt decides it.
 * https://docs.getdbt.com/reference/node-selection/syntax,
 * https://docs.getdbt.com/reference/node-selection/graph-operators,
 * https://docs.getdbt.com/reference/node-selection/set-operators,
 * https://docs.getdbt.com/reference/node-selection/test-selection-examples
 */
import { unsupported } from '../errors';
import { DbtError } from './args';
import { type Graph, reachable } from './dag';
import { matchNodes, METHODS, type PreviousResults, REFUSED_METHODS } from './selector-methods';

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
  /** Status by unique id of the run that `--state` names. */
  previous?: PreviousResults;
}

/** @throws DbtError for what dbt refuses, SnowflakeError for a method that the local Snowflake does not model */
export function selectNodes(graph: Graph, request: SelectionRequest): Selection {
  const warnings: string[] = [];
  const find = (specs: readonly string[]): Set<string> => {
    const union = new Set<string>();
    // dbt splits at spaces inside a value too: --select "a b" is a union.
    for (const spec of specs.flatMap((value) => value.split(' ')).filter((value) => value !== '')) {
      const found = intersection(spec.split(',').map((term) => selectTerm(graph, term, request.previous)));
      if (found.size === 0)
        warnings.push(`The selection criterion '${spec}' does not match any enabled nodes`);
      for (const id of found) union.add(id);
    }
    return union;
  };
  const included = request.select.length > 0 ? find(request.select) : new Set(graph.order);
  for (const id of find(request.exclude)) included.delete(id);
  return { nodes: included, warnings };
}

function intersection(sets: readonly ReadonlySet<string>[]): Set<string> {
  const [first = new Set<string>(), ...others] = sets;
  return new Set([...first].filter((id) => others.every((other) => other.has(id))));
}

const TERM =
  /^(?<both>@)?(?:(?<up>\d*)(?<plus>\+))?(?:(?<method>[\w.]+):)?(?<value>[\s\S]*?)(?:(?<down>\+)(?<depth>\d*))?$/;

/** One term: what its method matches, the relatives that `+` and `@` ask for, and the tests of all these. */
function selectTerm(graph: Graph, term: string, previous: PreviousResults | undefined): Set<string> {
  const { both, up, plus, method, value = '', down, depth } = TERM.exec(term)?.groups ?? {};
  if (both && down) {
    throw new DbtError(`Invalid node spec ${term} - "@" prefix and "+" suffix are incompatible`);
  }
  const [name, ...config] = (method ?? defaultMethod(value)).split('.');
  if (REFUSED_METHODS.includes(name!)) throw unsupported(`dbt selector method '${name}:'`);
  const search = METHODS[name!];
  if (!search) throw new DbtError(`'${name}' is not a valid method name`);

  const found = new Set(matchNodes(graph, search, value, config, previous));
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
  add(testsOf(graph, selected));
  return selected;
}

/** Without a method dbt takes a value for a path when it holds a slash, for a file by its ending, else for an fqn. */
function defaultMethod(value: string): string {
  if (value.includes('/')) return 'path';
  return /\.(?:sql|py|csv)$/i.test(value) ? 'file' : 'fqn';
}

/** Eager indirect selection: a test comes along when any of its parents is selected. */
function testsOf(graph: Graph, selected: ReadonlySet<string>): string[] {
  return [...selected]
    .flatMap((id) => graph.children.get(id)!)
    .filter((id) => graph.byId.get(id)!.resourceType === 'test');
}

/**
 * One criterion of a selection: a method, its value, and the relatives that come along.
 * https://docs.getdbt.com/reference/node-selection/syntax, https://docs.getdbt.com/reference/node-selection/yaml-selectors
 */
import { unsupported } from '../errors';
import { DbtError, type IndirectSelection } from './args';
import { type Method, METHODS, REFUSED_METHODS } from './selector-methods';

export interface Criterion {
  find: Method;
  /** What stands behind the dots of `config.materialized`. */
  config: readonly string[];
  value: string;
  /** `@`. */
  childrensParents: boolean;
  /** How many steps up and down; 0 for none. */
  parents: number;
  children: number;
  /** Where the criterion says so itself: only in selectors.yml. */
  indirect?: IndirectSelection;
}

const TERM =
  /^(?<both>@)?(?:(?<up>\d*)(?<plus>\+))?(?:(?<method>[\w.]+):)?(?<value>.*?)(?:(?<down>\+)(?<depth>\d*))?$/;

/** `+tag:daily+1`. @throws DbtError as dbt does, SnowflakeError for what is not modelled */
export function criterionOf(term: string): Criterion {
  const { both, up, plus, method, value = '', down, depth } = TERM.exec(term)?.groups ?? {};
  const steps = (given: string | undefined, count: string | undefined): number =>
    given === undefined ? 0 : count ? Number(count) : Infinity;
  return checked(term, {
    ...methodOf(method ?? defaultMethod(value)),
    value,
    childrensParents: both !== undefined,
    parents: steps(plus, up),
    children: steps(down, depth),
  });
}

/** One of selectors.yml, as manifest.json holds it: `{ method: 'tag', value: 'daily', children: true }`. */
export function criterionFrom(definition: Readonly<Record<string, unknown>>): Criterion {
  const { method, value, parents_depth, children_depth, indirect_selection } = definition;
  const steps = (given: unknown, depth: unknown): number =>
    given !== true ? 0 : depth === undefined || depth === null ? Infinity : Number(depth);
  return checked(JSON.stringify(definition), {
    ...methodOf(String(method)),
    value: String(value),
    childrensParents: definition.childrens_parents === true,
    parents: steps(definition.parents, parents_depth),
    children: steps(definition.children, children_depth),
    ...(indirect_selection ? { indirect: indirect_selection as IndirectSelection } : {}),
  });
}

function checked(raw: string, criterion: Criterion): Criterion {
  if (!criterion.childrensParents || criterion.children === 0) return criterion;
  throw new DbtError(`Invalid node spec ${raw} - "@" prefix and "+" suffix are incompatible`);
}

function methodOf(text: string): Pick<Criterion, 'find' | 'config'> {
  const [name, ...config] = text.split('.');
  if (REFUSED_METHODS.includes(name!)) throw unsupported(`dbt selector method '${name}:'`);
  const find = Object.hasOwn(METHODS, name!) ? METHODS[name!] : undefined;
  if (!find) throw new DbtError(`'${name}' is not a valid method name`);
  return { find, config };
}

/** Without a method dbt takes a value for a path when it holds a slash, for a file by its ending, else for an fqn. */
function defaultMethod(value: string): string {
  if (value.includes('/')) return 'path';
  return /\.(?:sql|py|csv)$/i.test(value) ? 'file' : 'fqn';
}

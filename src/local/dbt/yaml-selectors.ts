/**
 * The selectors of selectors.yml, as dbt writes them into manifest.json: named selections, one of which may be what
 * dbt takes where a command line selects nothing. https://docs.getdbt.com/reference/node-selection/yaml-selectors
 */
import { DbtError } from './args';
import { criterionFrom, criterionOf, type Criterion } from './criteria';

/** A text as `--select` takes one term, a criterion with keys, a union or an intersection. */
export type Definition = string | Readonly<Record<string, unknown>>;

export interface YamlSelector {
  definition: Definition;
  /** Whether it holds where neither `--select` nor `--exclude` is given. */
  default?: boolean;
}

export type YamlSelectors = Readonly<Record<string, YamlSelector>>;

export type Parts =
  | { kind: 'criterion'; criterion: Criterion }
  | { kind: 'union' | 'intersection'; of: readonly Definition[]; exclude: readonly Definition[] };

/** @throws DbtError for what is no definition */
export function partsOf(definition: Definition): Parts {
  if (typeof definition === 'string') return { kind: 'criterion', criterion: criterionOf(definition) };
  for (const kind of ['union', 'intersection'] as const) {
    const members = definition[kind];
    if (Array.isArray(members)) return groupOf(kind, members as Definition[]);
  }
  if (!('method' in definition) || !('value' in definition))
    throw new DbtError(
      `Expected either 1 key or else "method" and "value" keys, but got ${Object.keys(definition)}`,
    );
  const { exclude, ...criterion } = definition;
  if (!Array.isArray(exclude)) return { kind: 'criterion', criterion: criterionFrom(criterion) };
  return { kind: 'union', of: [criterion], exclude: exclude as Definition[] };
}

/** A member with `exclude` takes away from all the others, whatever else it says: so dbt reads it inside a group. */
function groupOf(kind: 'union' | 'intersection', members: readonly Definition[]): Parts {
  const exclusions = members.flatMap((member) =>
    typeof member !== 'string' && Array.isArray(member.exclude) ? [member.exclude as Definition[]] : [],
  );
  if (exclusions.length > 1)
    throw new DbtError('You cannot provide multiple exclude arguments to the same selector set operator');
  return {
    kind,
    of: members.filter((member) => typeof member === 'string' || !('exclude' in member)),
    exclude: exclusions[0] ?? [],
  };
}

/**
 * The definition that a command line means: that of `--selector`, or the default's, which any `--select` or `--exclude`
 * switches off. @throws DbtError for a name that selectors.yml does not have
 */
export function definitionFor(
  selectors: YamlSelectors,
  {
    selector,
    select,
    exclude,
  }: { selector: string | undefined; select: readonly string[]; exclude: readonly string[] },
): Definition | undefined {
  if (selector !== undefined) {
    const named = Object.hasOwn(selectors, selector) ? selectors[selector] : undefined;
    if (named) return named.definition;
    const known = Object.keys(selectors).map((name) => `'${name}'`);
    throw new DbtError(`Could not find selector named ${selector}, expected one of [${known.join(', ')}]`);
  }
  if (select.length > 0 || exclude.length > 0) return undefined;
  return Object.values(selectors).find((each) => each.default === true)?.definition;
}

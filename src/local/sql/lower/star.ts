/** What `*` and `t.*` stand for. */
import { unsupported } from '../../errors';
import type { Star } from '../ast';
import { compileError, invalidIdentifier, qualifies, type ScopeColumn } from '../scope';
import { lower, type Context } from './expression';

/** The columns in order, each with the name it has in the result. @throws SnowflakeError 000904 for names that are none of them */
export function expandStar(star: Star, context: Context): ScopeColumn[] {
  const { scope, compilation } = context;
  let columns = scope.star;
  if (star.table) {
    const relation = scope.relations.find((each) => qualifies(each.path, star.table!));
    if (!relation) throw invalidIdentifier(compilation, star.at, star.table);
    columns = relation.columns;
  }
  if (columns.length === 0) throw unsupported('SELECT * without FROM');
  const like = star.like === undefined ? undefined : likePattern(star.like);
  const kept = columns.filter(({ name }) => !star.exclude.includes(name) && (like?.test(name) ?? true));
  const named = [
    ...star.exclude,
    ...star.replace.map(([, name]) => name),
    ...star.rename.map(([name]) => name),
  ];
  for (const name of named)
    if (!columns.some((column) => column.name === name))
      throw invalidIdentifier(compilation, star.at, [name]);
  if (kept.length === 0 && !star.mayBeEmpty)
    throw compileError(compilation, star.at, '002081', '42601', 'SELECT with no columns');
  const replaced = new Map(star.replace.map(([expression, name]) => [name, expression]));
  const renamed = new Map(star.rename);
  return kept.map((column) => {
    const expression = replaced.get(column.name);
    if (column.refused && !expression)
      throw unsupported(`${column.refused} (name the columns, or EXCLUDE it)`);
    const name = renamed.get(column.name) ?? column.name;
    return expression ? { name, ...lower(expression, context) } : { ...column, name };
  });
}

/** LIKE as a regular expression, in which case does not count. */
function likePattern(like: string): RegExp {
  const parts = like.split(/([%_])/).map((part) => {
    if (part === '%') return '[^]*';
    return part === '_' ? '[^]' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 'iu');
}

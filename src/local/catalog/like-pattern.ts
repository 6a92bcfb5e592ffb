/** SHOW ... LIKE. https://docs.snowflake.com/en/sql-reference/sql/show */

/** `%` and `_` of SQL, a backslash before one of them means the sign itself; letter case is ignored. */
export function likePattern(pattern: string): RegExp {
  const source = pattern.replace(/\\([\s\S])|[\s\S]/g, (token: string, escaped: string | undefined) => {
    if (token === '%') return '[\\s\\S]*';
    if (token === '_') return '[\\s\\S]';
    return (escaped ?? token).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 'i');
}

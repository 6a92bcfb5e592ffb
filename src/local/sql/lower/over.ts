/** Where a window goes in the text of a function that is more than one call of DuckDB. */
export const OVER = '/*over*/';

/** Puts the window in its place, at the end of the text where none is marked; without a window the mark goes. */
export function placeOver(sql: string, over: string | undefined): string {
  const window = over === undefined ? '' : ` ${over}`;
  return sql.includes(OVER) ? sql.replaceAll(OVER, window) : sql + window;
}

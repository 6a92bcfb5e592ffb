/**
 * Names of time zones: letter for letter, and no letters that stand for several zones.
 * https://docs.snowflake.com/en/sql-reference/functions/convert_timezone
 */

/** What DuckDB takes for a zone and an account does not. */
export const ABBREVIATIONS: readonly string[] = [
  ...'ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT EST IET'.split(' '),
  ...'IST JST MIT NET NST PLT PNT PRT PST SST VST'.split(' '),
];

/** How names are written; whether there is such a zone DuckDB knows. */
export const ZONE_NAME = '[A-Z][^/]*(/[A-Z][^/]*)*';

export function isZoneName(name: string): boolean {
  return new RegExp(`^${ZONE_NAME}$`).test(name) && !ABBREVIATIONS.includes(name);
}

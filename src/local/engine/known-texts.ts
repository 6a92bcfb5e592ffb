/**
 * What work on texts gives for the few that a column is known to hold, written into the plan of a statement that comes
 * back: `f(c)` becomes `CASE c WHEN 'run' THEN 'f of run' ... END`. A text that was not there before ends the statement,
 * which then runs with the work itself in its place: DuckDB prepares what stands in a plan, such as regular
 * expressions, for every execution, whether a row needs it or not.
 */
import type { DuckDBValue } from '@duckdb/node-api';
import { SnowflakeError } from '../errors';
import type { TextWork } from '../sql/compilation';
import { quoteLiteral } from '../sql/duck-text';
import { macroNames } from '../sql/macros';
import { defineMacros, type DuckConnection } from './duck';

/** A column with more different texts holds words of its own in every row. */
const MOST_TEXTS = 6;
const ROWS_LOOKED_AT = 100_000;
/** Before these executions of a statement the columns are looked at, since a table may have been empty. */
const LOOKS = new Set([1, 20, 200, 2000]);
/** From this one on also those of cheap work: looking at a column takes longer than some of it in a few executions. */
const OFTEN = 20;
/** A statement that so many texts were new to will meet more. */
const MOST_MISSED = 20;
/** A code that Snowflake has not. */
const NEW_TEXT = '000000';

export class KnownTexts {
  /** What each work gives, by text; of none, too, which is NULL. */
  private readonly results = new Map<string, Map<DuckDBValue, DuckDBValue>>();
  /** What stands in the place of each work. */
  private readonly places = new Map<string, string>();
  private executions = 0;
  private missed = 0;
  private hasMissed = false;

  constructor(private readonly textWork: ReadonlyMap<string, TextWork> = new Map()) {}

  /** The statement of that text as DuckDB is given it, for its next execution. */
  async writtenInto(sql: string, connection: DuckConnection): Promise<string> {
    this.executions += 1;
    if (this.isToLook()) await this.look(connection);
    let written = sql;
    for (const [work, place] of this.places) written = written.replaceAll(work, () => place);
    return written;
  }

  /** @returns whether the statement failed for a text that is new; it is then to be written anew, and run */
  miss(error: unknown): boolean {
    if (!(error instanceof SnowflakeError && error.code === NEW_TEXT)) return false;
    this.missed += 1;
    this.hasMissed = true;
    this.places.clear();
    return true;
  }

  private isToLook(): boolean {
    return this.missed < MOST_MISSED && (this.hasMissed || LOOKS.has(this.executions));
  }

  private async look(connection: DuckConnection): Promise<void> {
    this.hasMissed = false;
    this.places.clear();
    for (const [work, textWork] of this.textWork) {
      if (!textWork.isCostly && this.executions < OFTEN) continue;
      const results = this.results.get(work) ?? new Map();
      if (results.size > MOST_TEXTS + 1) continue;
      await defineMacros(connection, macroNames(work));
      // Texts that were there before may come back: what runs is marked as running for a while.
      for (const [text, result] of await resultsOf(connection, work, textWork)) results.set(text!, result!);
      this.results.set(work, results);
    }
    for (const [work, { column }] of this.textWork) {
      const results = this.results.get(work);
      if (results && results.size > 1 && results.size <= MOST_TEXTS + 1)
        this.places.set(work, placeOf(column, results));
    }
  }
}

function placeOf(column: string, results: ReadonlyMap<DuckDBValue, DuckDBValue>): string {
  const whens = [...results].map(([text, result]) => {
    const isText = text === null ? `${column} IS NULL` : `${column} = ${literal(text)}`;
    return `WHEN ${isText} THEN ${literal(result)}`;
  });
  return `(CASE ${whens.join(' ')} ELSE error('SF:${NEW_TEXT}:00000:') END)`;
}

/** What the work makes of the texts of the first rows, and of NULL; of too many of them only so many that it shows. */
async function resultsOf(
  { raw }: DuckConnection,
  work: string,
  { column, table }: TextWork,
): Promise<DuckDBValue[][]> {
  const dot = column.indexOf('.');
  const [alias, name] = [column.slice(0, dot), column.slice(dot + 1)];
  const rows = `SELECT ${name} FROM ${table} LIMIT ${ROWS_LOOKED_AT}`;
  const texts = `SELECT DISTINCT ${name} FROM (${rows}) WHERE ${name} IS NOT NULL LIMIT ${MOST_TEXTS + 1}`;
  const result = await raw.run(
    `SELECT ${column}, ${work} FROM ((${texts}) UNION ALL SELECT NULL) AS ${alias} ORDER BY 1`,
  );
  return result.getRows();
}

function literal(value: DuckDBValue): string {
  return typeof value === 'string' ? quoteLiteral(value) : 'NULL';
}

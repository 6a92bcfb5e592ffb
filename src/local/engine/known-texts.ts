/**
 * What costly work makes of texts that a column is known to hold, written into the plan of a statement that comes back:
 * `f(c)` becomes `CASE c WHEN 'run' THEN 'f of run' ... ELSE f(c) END`, which is the same for every row there is or will be.
 */
import type { DuckDBValue } from '@duckdb/node-api';
import type { TextWork } from '../sql/compilation';
import { quoteLiteral } from '../sql/duck-text';
import { macroNames } from '../sql/macros';
import { defineMacros, type DuckConnection } from './duck';

/** A column with more different texts holds words of its own in every row. */
const MOST_TEXTS = 6;
const ROWS_LOOKED_AT = 2000;
/** Before these executions of a statement the columns are looked at, since more texts come with time. */
const LOOKS = new Set([1, 20, 200, 2000]);

export class KnownTexts {
  /** What stands in the place of each work. */
  private readonly places = new Map<string, string>();
  private executions = 0;

  constructor(private readonly textWork: ReadonlyMap<string, TextWork> = new Map()) {}

  /** The statement of that text as DuckDB is given it, for its next execution. */
  async writtenInto(sql: string, connection: DuckConnection): Promise<string> {
    this.executions += 1;
    if (LOOKS.has(this.executions)) await this.look(connection);
    let written = sql;
    for (const [work, place] of this.places) written = written.replaceAll(work, () => place);
    return written;
  }

  private async look(connection: DuckConnection): Promise<void> {
    this.places.clear();
    for (const [work, { column, table }] of this.textWork) {
      await defineMacros(connection, macroNames(work));
      const results = await resultsOf(connection, work, column, table);
      if (results.length === 0 || results.length > MOST_TEXTS) continue;
      const whens = results.map(([text, result]) => `WHEN ${literal(text!)} THEN ${literal(result!)}`);
      this.places.set(work, `(CASE ${column} ${whens.join(' ')} ELSE ${work} END)`);
    }
  }
}

/** What the work makes of the texts of the first rows; of too many of them only so many that it shows. */
async function resultsOf(
  { raw }: DuckConnection,
  work: string,
  column: string,
  table: string,
): Promise<DuckDBValue[][]> {
  const dot = column.indexOf('.');
  const [alias, name] = [column.slice(0, dot), column.slice(dot + 1)];
  const rows = `SELECT ${name} FROM ${table} LIMIT ${ROWS_LOOKED_AT}`;
  const texts = `SELECT DISTINCT ${name} FROM (${rows}) WHERE ${name} IS NOT NULL LIMIT ${MOST_TEXTS + 1}`;
  const result = await raw.run(`SELECT ${column}, ${work} FROM (${texts}) AS ${alias} ORDER BY 1`);
  return result.getRows();
}

function literal(value: DuckDBValue): string {
  return typeof value === 'string' ? quoteLiteral(value) : 'NULL';
}

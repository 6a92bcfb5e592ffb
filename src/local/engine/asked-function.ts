/**
 * Values for DuckDB while it runs a statement. It plans a statement with parameters anew for every execution, which
 * takes longer than most of them run; one that asks for its instants and rows when it runs keeps its plan.
 */
import { BIGINT, DuckDBScalarFunction, INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';

/** An instant in microseconds since 1970, or rows as JSON. */
export type AskedValue = bigint | string;

const CONNECTION = 'sf_connection';

/** Tells a connection its number. */
export function nameConnection(number: number): string {
  return `SET VARIABLE ${CONNECTION} = ${number}`;
}

/** DuckDB's text of the value at that index. */
export function askedSql(value: AskedValue, index: number): string {
  const place = `(getvariable('${CONNECTION}'), ${index})`;
  return typeof value === 'bigint' ? `make_timestamp(sf_asked_instant${place})` : `sf_asked_text${place}`;
}

/** @param valuesOf those of the connection of that number */
export function registerAsked(
  connection: DuckDBConnection,
  valuesOf: (number: number) => readonly AskedValue[],
): void {
  for (const [name, returnType] of [
    ['sf_asked_instant', BIGINT],
    ['sf_asked_text', VARCHAR],
  ] as const) {
    connection.registerScalarFunction(
      DuckDBScalarFunction.create({
        name,
        parameterTypes: [INTEGER, INTEGER],
        returnType,
        // Else the plan would hold what it was when it was planned.
        volatile: true,
        mainFunction(_, chunk, output) {
          const [numbers, indexes] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
          for (let row = 0; row < chunk.rowCount; row += 1)
            output.setItem(row, valuesOf(Number(numbers.getItem(row)))[Number(indexes.getItem(row))] ?? null);
          output.flush();
        },
      }),
    );
  }
}

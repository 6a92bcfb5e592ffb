/**
 * Instants for DuckDB while it runs a statement. It plans a statement with parameters anew for every execution, which
 * takes longer than most of them run; one that asks for the clock when it runs keeps its plan.
 */
import { BIGINT, DuckDBScalarFunction, INTEGER, type DuckDBConnection } from '@duckdb/node-api';

const CONNECTION = 'sf_connection';

/** Tells a connection its number. */
export function nameConnection(number: number): string {
  return `SET VARIABLE ${CONNECTION} = ${number}`;
}

/** DuckDB's text of the instant at that index: asked for once in an execution, as a subquery is. */
export function instantSql(index: number): string {
  return `(SELECT make_timestamp(sf_instant(getvariable('${CONNECTION}'), ${index})))`;
}

/** @param instantsOf those of the connection of that number */
export function registerInstants(
  connection: DuckDBConnection,
  instantsOf: (number: number) => readonly bigint[],
): void {
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: 'sf_instant',
      parameterTypes: [INTEGER, INTEGER],
      returnType: BIGINT,
      // Else the plan would hold what it was when it was planned.
      volatile: true,
      mainFunction(_, chunk, output) {
        const [numbers, indexes] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
        for (let row = 0; row < chunk.rowCount; row += 1)
          output.setItem(row, instantsOf(Number(numbers.getItem(row)))[Number(indexes.getItem(row))] ?? null);
        output.flush();
      },
    }),
  );
}

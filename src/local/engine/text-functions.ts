/** How far texts are apart, counted in characters: DuckDB counts bytes. */
import { DuckDBScalarFunction, INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { editDistance, jaroWinkler } from '../sql/text-distance';
import { DISTANCE, SIMILARITY } from '../sql/macros';

export function registerTextFunctions(connection: DuckDBConnection): void {
  register(connection, DISTANCE, editDistance);
  register(connection, SIMILARITY, jaroWinkler);
}

function register(connection: DuckDBConnection, name: string, of: (a: string, b: string) => number): void {
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name,
      parameterTypes: [VARCHAR, VARCHAR],
      returnType: INTEGER,
      mainFunction(_, chunk, output) {
        const [left, right] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
        for (let row = 0; row < chunk.rowCount; row += 1) {
          const [a, b] = [left.getItem(row) as string | null, right.getItem(row) as string | null];
          output.setItem(row, a === null || b === null ? null : of(a, b));
        }
        output.flush();
      },
    }),
  );
}

/** Functions of texts that this process computes: DuckDB counts bytes and knows no format models. */
import {
  DuckDBScalarFunction,
  INTEGER,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
} from '@duckdb/node-api';
import { unsupported } from '../errors';
import { editDistance, jaroWinkler } from '../sql/text-distance';
import { DISTANCE, PRINT_NUMBER, SIMILARITY } from '../sql/macros';
import { numberModel, printNumber } from '../sql/number-model';
import { inDuck } from './room';

export function registerTextFunctions(connection: DuckDBConnection): void {
  register(connection, DISTANCE, INTEGER, editDistance);
  register(connection, SIMILARITY, INTEGER, jaroWinkler);
  register(connection, PRINT_NUMBER, VARCHAR, printed);
}

/** NULL of a NULL. */
function register(
  connection: DuckDBConnection,
  name: string,
  returnType: DuckDBType,
  of: (a: string, b: string) => number | string,
): void {
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name,
      parameterTypes: [VARCHAR, VARCHAR],
      returnType,
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

function printed(value: string, written: string): string {
  const model = numberModel(written);
  if (!model || !/^[-+.\de]+$/i.test(value)) throw inDuck(unsupported(`number format '${written}'`));
  return printNumber(value, model);
}

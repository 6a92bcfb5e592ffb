/** Division of whole numbers whose product with a power of ten is more than DuckDB's integers hold (`sql/lower/division.ts`). */
import { DuckDBScalarFunction, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { QUOTIENT } from '../sql/macros';

/** `(n, d, k)` as texts: n * k / d, rounded half away from zero. */
export function registerQuotient(connection: DuckDBConnection): void {
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: QUOTIENT,
      parameterTypes: [VARCHAR, VARCHAR, VARCHAR],
      returnType: VARCHAR,
      mainFunction(_, chunk, output) {
        const columns = [0, 1, 2].map((index) => chunk.getColumnVector(index));
        for (let row = 0; row < chunk.rowCount; row += 1)
          output.setItem(row, roundedQuotient(columns.map((column) => column.getItem(row) as string | null)));
        output.flush();
      },
    }),
  );
}

function roundedQuotient(texts: readonly (string | null)[]): string | null {
  if (texts.includes(null)) return null;
  const [n, d, k] = texts.map((text) => BigInt(text!)) as [bigint, bigint, bigint];
  const [dividend, divisor] = [n * k, d];
  const half = dividend < 0n === divisor < 0n ? divisor : -divisor;
  return String((2n * dividend + half) / (2n * divisor));
}

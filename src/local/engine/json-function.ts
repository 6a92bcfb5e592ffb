/** The reader of JSON (`sql/json-reader.ts`) for DuckDB, whose macros ask it about text that is no plain JSON. */
import { DuckDBScalarFunction, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { readJson } from '../sql/json-reader';
import { READ_JSON } from '../sql/macros';

export function registerJsonReader(connection: DuckDBConnection): void {
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: READ_JSON,
      parameterTypes: [VARCHAR],
      returnType: VARCHAR,
      mainFunction(_, chunk, output) {
        const texts = chunk.getColumnVector(0);
        for (let row = 0; row < chunk.rowCount; row += 1)
          output.setItem(row, reading(texts.getItem(row) as string | null));
        output.flush();
      },
    }),
  );
}

function reading(text: string | null): string | null {
  if (text === null) return null;
  const read = readJson(text);
  if ('fault' in read) return `F${read.fault}`;
  return read.json === null ? null : `J${read.json}`;
}

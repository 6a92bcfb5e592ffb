/**
 * Before DuckDB makes a text out of a count, it asks whether there is room for it: a single value is as large as
 * Snowflake's, and those that are made at once fit into memory. DuckDB itself watches over what it sorts and groups, not
 * over the texts that it computes: three billion spaces would end the process.
 */
import {
  BIGINT,
  DuckDBScalarFunction,
  type DuckDBConnection,
  type DuckDBDataChunk,
  type DuckDBVector,
} from '@duckdb/node-api';
import { unsupported } from '../errors';
import { MAX_VALUE_BYTES, valueTooLarge } from '../sql/value-limit';

/** Bytes of the texts of one chunk, which are all in memory at once. */
const MAX_CHUNK_BYTES = 268_435_456n;

/** `sf_room(size, count)` is the count. @throws what the texts of the local Snowflake's own errors look like in DuckDB */
export function registerRoom(connection: DuckDBConnection): void {
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: 'sf_room',
      parameterTypes: [BIGINT, BIGINT],
      returnType: BIGINT,
      // Else a constant is asked for once, however many rows it is then copied into.
      volatile: true,
      mainFunction: (_, chunk, output) => checkRoom(chunk, output),
    }),
  );
}

function checkRoom(chunk: DuckDBDataChunk, output: DuckDBVector): void {
  const [sizes, counts] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
  let total = 0n;
  for (let row = 0; row < chunk.rowCount; row += 1) {
    const count = counts.getItem(row) as bigint | null;
    const bytes = ((sizes.getItem(row) as bigint | null) ?? 0n) * (count ?? 0n);
    if (bytes > BigInt(MAX_VALUE_BYTES)) throw inDuck(valueTooLarge(bytes));
    if (bytes > 0n) total += bytes;
    output.setItem(row, count);
  }
  if (total > MAX_CHUNK_BYTES) throw inDuck(unsupported('texts of more than 256 MB at once'));
  output.flush();
}

/** As `fromDuckError` reads it back. */
export const inDuck = ({
  code,
  sqlState,
  message,
}: {
  code: string;
  sqlState: string;
  message: string;
}): Error => new Error(`SF:${code}:${sqlState}:${message}`);

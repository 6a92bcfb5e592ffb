/** Cursors and RESULTSETs. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/cursors, .../resultsets */
import { SnowflakeError } from '../../errors';
import type { QueryResult, ResultColumn, SqlValue, TypedValue } from '../../values';
import type { Close, Fetch, Open, Place } from '../ast';
import { invalidIdentifier } from '../compile/errors';
import type { Activation } from './activation';
import { raising } from './raised';
import { noResult } from './result-sets';
import { find, type Cursor, type Scope } from './scope';
import { runStatement } from './sql';
import { assign, evaluateAll } from './values';

/** Runs the cursor's query; its first row is next. */
export async function open(
  { cursor: name, using, place }: Open,
  scope: Scope,
  run: Activation,
): Promise<undefined> {
  const cursor = cursorNamed(name, scope, place);
  await openWith(cursor, await evaluateAll(using, scope, run), run, place);
}

async function openWith(
  cursor: Cursor,
  binds: TypedValue[],
  run: Activation,
  place: Place,
): Promise<QueryResult> {
  const { source } = cursor.declaration;
  cursor.result =
    source.is === 'resultset'
      ? await resultOf(source.name, cursor.scope, place)
      : await runStatement(source, cursor.scope, run, binds);
  cursor.at = 0;
  return cursor.result;
}

/** After the last row every variable becomes NULL. */
export async function fetch(
  { cursor: name, into, place }: Fetch,
  scope: Scope,
  run: Activation,
): Promise<undefined> {
  const cursor = cursorNamed(name, scope, place);
  const { columns, rows } = cursor.result ?? (await notOpen(name, place));
  if (columns.length !== into.length) await wrongCount(into.length, columns.length, place);
  const row = rows[cursor.at];
  if (row) cursor.at += 1;
  for (const [index, variable] of into.entries()) {
    await assign(variable, { type: columns[index]!.type, value: row?.[index] ?? null }, scope, run, place);
  }
}

export async function close({ cursor: name, place }: Close, scope: Scope): Promise<undefined> {
  const cursor = cursorNamed(name, scope, place);
  if (!cursor.result) await notOpen(name, place);
  cursor.result = undefined;
}

/** The rows a FOR loop goes over: of a RESULTSET, of an open cursor from its next row on, or of a cursor it opens. */
export async function rowsOf(
  name: string,
  scope: Scope,
  run: Activation,
  place: Place,
): Promise<{ columns: ResultColumn[]; rows: SqlValue[][] }> {
  if (find(scope, name)?.is === 'resultset') return resultOf(name, scope, place);
  const cursor = cursorNamed(name, scope, place);
  const wasOpen = cursor.result;
  const { columns, rows } = wasOpen ?? (await openWith(cursor, [], run, place));
  const rest = rows.slice(cursor.at);
  cursor.at = rows.length;
  if (!wasOpen) cursor.result = undefined;
  return { columns, rows: rest };
}

export async function resultOf(name: string, scope: Scope, place: Place): Promise<QueryResult> {
  const entity = find(scope, name);
  if (entity?.is !== 'resultset') throw invalidIdentifier(name, place);
  if (entity.result) return entity.result;
  return raising('STATEMENT_ERROR', place, async () => noResult(name, entity));
}

/** `RESULTSET_FROM_CURSOR(c)`: all rows of the cursor. */
export async function resultOfCursor(
  name: string,
  scope: Scope,
  run: Activation,
  place: Place,
): Promise<QueryResult> {
  const cursor = cursorNamed(name, scope, place);
  return cursor.result ?? openWith(cursor, [], run, place);
}

function cursorNamed(name: string, scope: Scope, place: Place): Cursor {
  const entity = find(scope, name);
  if (entity?.is !== 'cursor') throw invalidIdentifier(name, place);
  return entity;
}

function notOpen(name: string, place: Place): Promise<never> {
  return raising('STATEMENT_ERROR', place, () => reject('090211', `Cursor '${name}' is not open.`));
}

function wrongCount(variables: number, columns: number, place: Place): Promise<never> {
  const message = `FETCH has ${variables} variables for ${columns} columns.`;
  return raising('STATEMENT_ERROR', place, () => reject('090212', message));
}

async function reject(code: string, message: string): Promise<never> {
  throw new SnowflakeError(code, '42601', message);
}

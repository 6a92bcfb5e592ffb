/** The DuckDB behind an account: one instance, and connections that sessions borrow. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DuckDBInstance, type DuckDBConnection, type DuckDBPreparedStatement } from '@duckdb/node-api';
import { SnowflakeError } from '../errors';
import { type AskedValue, registerAsked } from './asked-function';
import { ConnectionPool } from './connection-pool';
import { registerJsonReader } from './json-function';
import { registerQuotient } from './quotient-function';
import { registerRoom } from './room';
import { registerTextFunctions } from './text-functions';
import { macroNames, macrosFor } from '../sql/macros';

export interface Duck {
  /** A connection. Give it back with `release`. */
  borrow(): Promise<DuckConnection>;
  release(connection: DuckConnection): void;
  /** Runs `body`, which works with DuckDB; `close` waits for it. @throws SnowflakeError 000604 once it is closed */
  whileOpen<T>(body: () => Promise<T>): Promise<T>;
  /** For the catalog, and for rows that wait. */
  readonly own: DuckDBConnection;
  readonly persistent: boolean;
  close(): Promise<void>;
}

export interface DuckConnection {
  readonly raw: DuckDBConnection;
  /** What the statement it runs asks for, see `asked-function.ts`. */
  asked: readonly AskedValue[];
  /** The zone DuckDB computes in now. */
  timezone: string;
  /** By zone, which DuckDB folds into plans, then by text. */
  readonly prepared: Map<string, Map<string, DuckDBPreparedStatement>>;
  /** Names of the macros that it has. */
  readonly macros: Set<string>;
}

/**
 * Plans outlive the data that they were made for: a statement that comes back is not planned again. With statistics
 * DuckDB 1.5 puts what the data was into the plan, and rows that came later are not seen
 * (https://github.com/duckdb/duckdb/issues/23704), or bring the process down; later versions leave them out of kept plans.
 */
const OPTIONS = {
  threads: '1',
  // A join for every IN costs small queries a fifth of their time; long lists are made one by `lowerInList`.
  disabled_optimizers: 'statistics_propagation,in_clause',
  memory_limit: '512MB',
  temp_directory: '',
  // A second wall behind the compiler, which knows no statement for any of this: no file but its own, nothing loaded.
  enable_external_access: 'false',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
};

/** Settings stay as they are, but for the zone of each session. */
const LOCK = `SET allowed_configs = ['TimeZone']; SET lock_configuration = true`;

const openFiles = new Set<string>();

/** @throws SnowflakeError 250001 when another process, or this one, has the file open */
export async function openDuck(file: string | undefined): Promise<Duck> {
  const path = file === undefined ? ':memory:' : resolve(file);
  if (file !== undefined) mkdirSync(dirname(path), { recursive: true });
  const instance = await openInstance(path);
  const own = await instance.connect();
  registerRoom(own);
  registerJsonReader(own);
  registerQuotient(own);
  registerTextFunctions(own);
  const pool = new ConnectionPool(instance);
  registerAsked(own, (number) => pool.askedOf(number));
  await own.run(LOCK);
  return {
    own,
    persistent: file !== undefined,
    borrow: () => pool.borrow(),
    release: (connection) => pool.release(connection),
    whileOpen: (body) => pool.whileOpen(body),
    async close() {
      await pool.close();
      own.closeSync();
      instance.closeSync();
      openFiles.delete(path);
    },
  };
}

async function openInstance(path: string): Promise<DuckDBInstance> {
  if (openFiles.has(path)) throw inUse(path, 'it is already open in this process');
  const existed = existsSync(path);
  try {
    const instance = await DuckDBInstance.create(path, OPTIONS);
    if (path !== ':memory:') openFiles.add(path);
    return instance;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (/lock/i.test(text)) throw inUse(path, `${holder(text)} has it open`);
    throw new SnowflakeError(
      '250001',
      '08001',
      `Cannot open the local Snowflake's file '${path}'${existed ? ' (is it one?)' : ''}: ${text}`,
    );
  }
}

/** DuckDB names the process that holds the lock: `... in /usr/bin/node (PID 4242)`. */
function holder(text: string): string {
  const [, pid] = /\(PID (\d+)\)/.exec(text) ?? [];
  return pid === undefined ? 'another process' : `process ${pid}`;
}

function inUse(path: string, why: string): SnowflakeError {
  return new SnowflakeError(
    '250001',
    '08001',
    `The local Snowflake's file '${path}' is in use: ${why}. Stop that one first, or use another file.`,
  );
}

/** Creates the macros of these names that the connection does not have yet. All of them take DuckDB twenty milliseconds. */
export async function defineMacros(connection: DuckConnection, names: Iterable<string>): Promise<void> {
  const definitions = macrosFor(names, connection.macros);
  if (definitions.length === 0) return;
  await connection.raw.run(definitions.map((macro) => `CREATE OR REPLACE TEMP MACRO ${macro}`).join(';\n'));
}

/** A plan holds the memory of what it last sorted and grouped: a megabyte or two, with a hundred steps much more. */
const KEPT_STATEMENTS = 48;
const LARGE_STATEMENT = 10_000;
const KEPT_LARGE_STATEMENTS = 4;

/** The prepared statement of this text, kept for the next time. */
export async function prepared(
  connection: DuckConnection,
  sql: string,
  timezone: string,
): Promise<DuckDBPreparedStatement> {
  if (connection.timezone !== timezone) {
    await connection.raw.run(`SET TimeZone = '${timezone.replaceAll("'", "''")}'`);
    connection.timezone = timezone;
  }
  const statements = preparedIn(connection, timezone);
  const known = statements.get(sql);
  if (known) return known;
  await defineMacros(connection, macroNames(sql));
  const statement = await connection.raw.prepare(sql);
  makeRoom(statements, sql);
  statements.set(sql, statement);
  return statement;
}

/** Lets go of all that is kept. */
export function forgetAll({ prepared: byZone }: DuckConnection): void {
  for (const statements of byZone.values()) {
    for (const statement of statements.values()) statement.destroySync();
    statements.clear();
  }
}

function makeRoom(statements: Map<string, DuckDBPreparedStatement>, sql: string): void {
  const texts = [...statements.keys()];
  const large = sql.length > LARGE_STATEMENT ? texts.filter((text) => text.length > LARGE_STATEMENT) : [];
  if (large.length >= KEPT_LARGE_STATEMENTS) forgetOne(statements, large[0]!);
  else if (texts.length >= KEPT_STATEMENTS) forgetOne(statements, texts[0]!);
}

function forgetOne(statements: Map<string, DuckDBPreparedStatement>, sql: string): void {
  statements.get(sql)?.destroySync();
  statements.delete(sql);
}

function preparedIn(
  { prepared: byZone }: DuckConnection,
  timezone: string,
): Map<string, DuckDBPreparedStatement> {
  const known = byZone.get(timezone);
  if (known) return known;
  const statements = new Map<string, DuckDBPreparedStatement>();
  byZone.set(timezone, statements);
  return statements;
}

/** Lets go of a statement that must be prepared anew. */
export function forget(connection: DuckConnection, sql: string, timezone: string): void {
  forgetOne(preparedIn(connection, timezone), sql);
}

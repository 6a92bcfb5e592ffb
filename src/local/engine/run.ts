/** Runs a compiled statement: gathers its parameters' values, binds them, reads the result. */
import type { DuckDBResult } from '@duckdb/node-api';
import type { Expression } from '../sql/ast';
import type { Compiled, Parameter, ResultId, SessionValue } from '../sql/compilation';
import { newCompilation } from '../sql/compilation';
import { lower } from '../sql/lower/expression';
import { rowsToJson } from '../sql/lower/rows';
import { newScope } from '../sql/scope';
import {
  NULL,
  text,
  VARCHAR,
  type QueryResult,
  type SqlType,
  type SqlValue,
  type TypedValue,
} from '../values';
import type { EngineSession } from './account';
import { bindValue } from './bind';
import { environmentOf, lastQueryId } from './compile';
import { type DuckConnection, forget, forgetAll, prepared } from './duck';
import { canceled } from '../errors';
import { fromDuckError, isOutOfMemory } from './duck-errors';
import { informationSchemaRows } from './information-schema';
import type { KeptPlan, KeptPlans } from './kept-plans';
import { onlyReads, placeOf } from './persisted-results';
import { columnTypes, readRows } from './results';
import { remember, restore } from './transaction';

export interface Ran extends Omit<QueryResult, 'queryId'> {
  /** Rows that DuckDB says it changed. */
  changed: number;
}

export const DEFAULT_TIMEZONE = 'America/Los_Angeles';

export async function runCompiled(
  session: EngineSession,
  compiled: Compiled,
  binds: readonly TypedValue[],
  queryId: string,
): Promise<Ran> {
  const values: TypedValue[] = [];
  for (const parameter of compiled.parameters) values.push(await valueOf(session, parameter, binds, queryId));
  if (session.signal.aborted) throw canceled();
  const place = placeOf(session, compiled, values);
  if (place?.found) return place.found;
  const ran = await runWith(session, compiled, values, place?.plans);
  place?.keep(ran);
  return ran;
}

async function runWith(
  session: EngineSession,
  compiled: Compiled,
  values: readonly TypedValue[],
  plans: KeptPlans | undefined,
): Promise<Ran> {
  const body = async (connection: DuckConnection): Promise<Ran> => {
    const plan = await planFor(connection, session, values, plans);
    if (!plan) return runOn(connection, session, compiled, values);
    connection.asked = plan.asked;
    try {
      return await runOn(connection, session, { ...compiled, sql: plan.sql }, []);
    } catch (error) {
      if (!plans?.isOutdated(error)) throw error;
      return body(connection);
    }
  };
  if (!onlyReads(compiled)) return session.exclusively(body);
  return session.reading((connection) => again(body, connection), compiled.tables);
}

/** @returns `undefined` where it runs with parameters */
async function planFor(
  connection: DuckConnection,
  session: EngineSession,
  values: readonly TypedValue[],
  plans: KeptPlans | undefined,
): Promise<KeptPlan | undefined> {
  try {
    const plan = await plans?.planFor(values, connection);
    if (plan) await prepared(connection, plan.sql, timezoneOf(session));
    return plan;
  } catch {
    plans?.refuse();
    return undefined;
  }
}

/** What is kept for later statements makes way for one that needs the memory. */
async function again(
  body: (connection: DuckConnection) => Promise<Ran>,
  connection: DuckConnection,
): Promise<Ran> {
  try {
    return await body(connection);
  } catch (error) {
    if (!isOutOfMemory(error)) throw error;
    forgetAll(connection);
    return body(connection);
  }
}

async function runOn(
  connection: DuckConnection,
  session: EngineSession,
  compiled: Compiled,
  values: readonly TypedValue[],
): Promise<Ran> {
  // Again and again: an interrupt that comes before DuckDB has begun is forgotten as it begins.
  let again: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.raw.interrupt();
    again ??= setInterval(() => connection.raw.interrupt(), 20);
  };
  const { signal } = session;
  if (signal.aborted) throw canceled();
  signal.addEventListener('abort', interrupt, { once: true });
  const timezone = timezoneOf(session);
  try {
    const statement = await prepared(connection, compiled.sql, timezone);
    values.forEach((value, index) => bindValue(statement, index + 1, value));
    if (signal.aborted) throw canceled();
    const running = isSmall(compiled) ? statement.run() : statement.stream();
    if (onlyReads(compiled)) session.account.pending.appendSome();
    const ran = await toRan(await running, compiled);
    if (compiled.lastTime) compiled.lastTime.rows = ran.rows.length;
    remember(session, { sql: compiled.sql, values, timezone });
    return ran;
  } catch (error) {
    clearInterval(again);
    // A statement that failed once goes on failing in DuckDB when it is executed again.
    forget(connection, compiled.sql, timezone);
    await restore(session, connection);
    throw fromDuckError(error);
  } finally {
    clearInterval(again);
    signal.removeEventListener('abort', interrupt);
  }
}

const FEW_ROWS = 2000;
const MICROSECONDS_OF_A_DAY = 86_400_000_000n;

/** A large result is taken from DuckDB a chunk at a time, a small one at once, which is faster. */
function isSmall({ sql, lastTime }: Compiled): boolean {
  return (
    !/^(SELECT|WITH) /.test(sql) ||
    (lastTime !== undefined && lastTime.rows < FEW_ROWS && !sql.includes('sf_room('))
  );
}

async function toRan(result: DuckDBResult, compiled: Compiled): Promise<Ran> {
  const columns = columnTypes(result, compiled.columns);
  return { columns, rows: await readRows(result), changed: result.rowsChanged };
}

function timezoneOf(session: EngineSession): string {
  return session.parameters.get('TIMEZONE') ?? DEFAULT_TIMEZONE;
}

async function valueOf(
  session: EngineSession,
  parameter: Parameter,
  binds: readonly TypedValue[],
  queryId: string,
): Promise<TypedValue> {
  switch (parameter.from) {
    case 'bind':
      return binds[parameter.index] ?? NULL;
    case 'session':
      return { type: parameter.type, value: sessionValue(session, parameter.value, queryId) };
    case 'function': {
      const args: TypedValue[] = [];
      for (const argument of parameter.args) args.push(await evaluate(session, argument, binds, queryId));
      return { type: parameter.type, value: await parameter.function.call(args, session) };
    }
    case 'tableFunction': {
      const args: Record<string, TypedValue> = {};
      for (const [name, argument] of parameter.args)
        args[name] = await evaluate(session, argument, binds, queryId);
      return text(rowsToJson(await parameter.function.rows(args, session)));
    }
    case 'virtualTable':
      return text(rowsToJson(informationSchemaRows(parameter.table.name, session, parameter.database)));
    case 'result':
      return text(rowsToJson(resultRows(session, parameter.of)));
  }
}

function resultRows(session: EngineSession, of: ResultId): readonly SqlValue[][] {
  const id = typeof of === 'string' ? of : lastQueryId(session, of.last);
  return session.account.results.get(id ?? '')?.rows ?? [];
}

function sessionValue(session: EngineSession, value: SessionValue, queryId: string): SqlValue {
  switch (value) {
    case 'now':
    case 'utcNow':
      return session.account.clock.now();
    case 'utcToday':
      return session.account.clock.now() - (session.account.clock.now() % MICROSECONDS_OF_A_DAY);
    case 'database':
      return session.database ?? null;
    case 'schema':
      return session.schema ?? null;
    case 'role':
      return session.role;
    case 'user':
      return session.user;
    case 'warehouse':
      return session.warehouse ?? null;
    case 'account':
      return session.accountName.split('-').slice(1).join('-') || session.accountName;
    case 'organization':
      return session.accountName.includes('-') ? session.accountName.split('-')[0]! : 'LOCAL';
    case 'session':
      return session.id;
    case 'statement':
      return queryId;
  }
}

/** The value of an expression that reads no rows: literals at once, anything else by DuckDB. */
export async function evaluate(
  session: EngineSession,
  expression: Expression,
  binds: readonly TypedValue[],
  queryId: string,
): Promise<TypedValue> {
  const direct = constant(expression, binds);
  if (direct) return direct;
  const compilation = newCompilation(environmentOf(session, binds), '');
  const lowered = lower(expression, { compilation, scope: newScope(undefined) });
  const compiled: Compiled = {
    sql: `SELECT ${lowered.sql} AS v`,
    tables: compilation.tables,
    columns: [{ name: 'V', type: lowered.type as SqlType }],
    parameters: compilation.parameters,
    cacheable: false,
  };
  const { columns, rows } = await runCompiled(session, compiled, binds, queryId);
  return { type: columns[0]!.type, value: rows[0]![0]! };
}

function constant(expression: Expression, binds: readonly TypedValue[]): TypedValue | undefined {
  switch (expression.is) {
    case 'string':
      return text(expression.value);
    case 'boolean':
      return { type: { kind: 'BOOLEAN' }, value: expression.value };
    case 'null':
      return { type: VARCHAR, value: null };
    case 'number':
      return /^\d{1,15}$/.test(expression.text)
        ? { type: { kind: 'NUMBER', precision: 38, scale: 0 }, value: Number(expression.text) }
        : undefined;
    case 'bind':
      return binds[expression.index];
    default:
      return undefined;
  }
}

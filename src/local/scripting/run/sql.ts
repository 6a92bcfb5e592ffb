/** SQL statements, EXECUTE IMMEDIATE and CALL while a block runs. */
import { showString } from '../../catalog/names';
import { faultInBlock } from '../../engine/injected-faults';
import { SnowflakeError } from '../../errors';
import { NULL, type QueryResult, type TypedValue } from '../../values';
import type { VariableValue } from '../procedures/outputs';
import type { BindPart, ExecuteImmediate, Place, Runnable, SqlText } from '../ast';
import { noteResult, type Activation } from './activation';
import { oneDeeper } from './depth';
import { callNested, nestedProcedure } from './nested';
import { raising } from './raised';
import { refuseChange } from './reading-only';
import { refuseForOwner } from './rights';
import { noResult } from './result-sets';
import { refuseSeveral } from './several';
import { find, type Scope } from './scope';
import { notingTransaction, refuseOtherScope } from './transactions';
import { assign, bindValue, evaluate, evaluateAll } from './values';

/** Runs a statement and keeps what SQLID and SQLROWCOUNT say of it. @throws RaisedException STATEMENT_ERROR */
export async function runStatement(
  statement: Runnable,
  scope: Scope,
  run: Activation,
  binds: readonly TypedValue[] = [],
): Promise<QueryResult> {
  if (statement.is === 'executeImmediate') return executeImmediate(statement, scope, run);
  if (statement.is === 'call') {
    const nested = nestedProcedure(statement, scope);
    if (nested) return callNested(nested, statement, scope, run);
  }
  const sql = statement.is === 'call' ? statement.sql : statement;
  const { is, place } = statement;
  const result = await raising('STATEMENT_ERROR', place, async () => {
    const bound = bindSql(sql, scope, run, binds);
    return send(bound.sql, bound.binds, run);
  });
  for (const [name, value] of result.outputs ?? []) await assign(name, value, scope, run, place);
  const into = is === 'call' ? statement.into : undefined;
  if (into !== undefined) await assign(into, scalar(result), scope, run, place);
  if (is === 'sql' && statement.into.length > 0) await selectInto(statement, result, scope, run);
  return result;
}

async function send(sql: string, binds: readonly TypedValue[], run: Activation): Promise<QueryResult> {
  faultInBlock(run.session);
  refuseForOwner(sql, run.session);
  refuseChange(sql, run.session);
  refuseOtherScope(sql, run);
  const result = await notingTransaction(run, () => run.session.run(sql, binds));
  return noteResult(run, result);
}

async function executeImmediate(
  statement: ExecuteImmediate,
  scope: Scope,
  run: Activation,
): Promise<QueryResult> {
  const { sql, binds } = await dynamicSql(statement, scope, run);
  return raising('STATEMENT_ERROR', statement.place, async () => {
    refuseSeveral(sql, run.session);
    return oneDeeper(run.session, () => send(sql, binds, run));
  });
}

export async function dynamicSql(
  { statement, using }: ExecuteImmediate,
  scope: Scope,
  run: Activation,
): Promise<{ sql: string; binds: TypedValue[] }> {
  const value = await evaluate(statement, scope, run);
  return { sql: String(value.value ?? ''), binds: await evaluateAll(using, scope, run) };
}

/** First value of a call's result. */
export function scalar(result: QueryResult): TypedValue {
  const type = result.columns[0]?.type;
  return type ? { type, value: result.rows[0]?.[0] ?? null } : NULL;
}

/**
 * No row leaves NULL in every variable; more than one is an error.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/variables#setting-variables-to-the-results-of-a-select-statement
 */
async function selectInto(
  { into, place }: SqlText,
  { columns, rows }: QueryResult,
  scope: Scope,
  run: Activation,
): Promise<void> {
  await raising('STATEMENT_ERROR', place, async () => {
    if (rows.length > 1) throw tooManyRows(rows.length);
    if (columns.length !== into.length) throw wrongCount(into.length, columns.length);
  });
  for (const [index, name] of into.entries()) {
    await assign(name, { type: columns[index]!.type, value: rows[0]?.[index] ?? null }, scope, run, place);
  }
}

function tooManyRows(count: number): SnowflakeError {
  const message = `A SELECT INTO statement expects exactly 1 returned row, but got ${count}.`;
  return new SnowflakeError('100187', '02000', message);
}

function wrongCount(variables: number, columns: number): SnowflakeError {
  const message = `The number of INTO variables (${variables}) does not match the number of columns (${columns}).`;
  return new SnowflakeError('002057', '42601', `SQL compilation error:\n${message}`);
}

/** The statement with `?` for each variable, after the `?` that OPEN ... USING fills. */
export function bindSql(
  sql: SqlText,
  scope: Scope,
  run: Activation,
  given: readonly TypedValue[],
): { sql: string; binds: TypedValue[] } {
  const binds: TypedValue[] = [];
  const fixed = given.length === 0 ? fixedText(sql) : undefined;
  if (fixed !== undefined) {
    for (const part of sql.parts) if (typeof part !== 'string') bindPart(part, scope, run, binds, sql.place);
    return { sql: fixed, binds };
  }
  let used = 0;
  let bound = '';
  for (const part of sql.parts) {
    if (typeof part !== 'string') {
      bound += bindPart(part, scope, run, binds, sql.place);
      continue;
    }
    const placeholders = given.length > 0 ? countPlaceholders(part) : 0;
    binds.push(...given.slice(used, used + placeholders));
    used += placeholders;
    bound += part;
  }
  return { sql: bound, binds };
}

const fixedTexts = new WeakMap<SqlText, string | null>();

/** The text of a statement whose variables all become `?`: one text object, which those who keep something by it find again at once. */
function fixedText(sql: SqlText): string | undefined {
  const known = fixedTexts.get(sql);
  if (known !== undefined) return known ?? undefined;
  const varies = sql.parts.some((part) => typeof part !== 'string' && part.is !== 'value');
  const text = varies ? null : sql.parts.map((part) => (typeof part === 'string' ? part : '?')).join('');
  fixedTexts.set(sql, text);
  return text ?? undefined;
}

/** `?` outside of literals, comments and quoted names. */
function countPlaceholders(sql: string): number {
  const bare = sql.replace(
    /'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"]|"")*"|\$\$[\s\S]*?\$\$|--[^\n]*|\/\*[\s\S]*?\*\//g,
    '',
  );
  return bare.split('?').length - 1;
}

/** A bind keeps the name of its variable: a CALL may have an OUT argument there. */
function bindPart(
  part: BindPart,
  scope: Scope,
  run: Activation,
  binds: (TypedValue | VariableValue)[],
  place: Place,
): string {
  const { variable } = part;
  if (part.is === 'table') {
    const entity = find(scope, variable.name);
    if (entity?.is === 'resultset')
      return `TABLE(RESULT_SCAN(${showString(entity.result?.queryId ?? noResult(variable.name, entity))}))`;
    if (entity?.is === 'cursor') return `TABLE(RESULT_SCAN(${showString(entity.result?.queryId ?? '')}))`;
    if (part.text) return part.text;
  }
  const value = bindValue(variable, scope, run);
  if (!value) throw notSet(variable.name, place);
  if (part.is !== 'value') return nameIn(String(value.value ?? ''));
  binds.push(variable.column === undefined ? { ...value, variable: variable.name } : value);
  return '?';
}

const NAME = /^(?:[a-z_][\w$]*|"(?:[^"]|"")+")(?:\.(?:[a-z_][\w$]*|"(?:[^"]|"")+")){0,2}$/i;

/** The name itself, of a table, a column or a function alike; what is no name, SQL refuses as an IDENTIFIER. */
function nameIn(value: string): string {
  return NAME.test(value) ? value : `IDENTIFIER(${showString(value)})`;
}

/** 002049: a colon before a name that is no variable. */
function notSet(name: string, { line, position }: Place): SnowflakeError {
  const where = `error line ${line} at position ${position}`;
  return new SnowflakeError(
    '002049',
    '42601',
    `SQL compilation error: ${where}\nBind variable :${name} not set.`,
  );
}

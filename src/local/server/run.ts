/** Runs what one query-request asks for: a statement, a statement for many rows, several statements, or a description. */
import { randomUUID } from 'node:crypto';
import { SnowflakeError, unsupported } from '../errors';
import type { ExecuteOptions, Session } from '../engine/contract';
import { tokenize, type Token } from '../sql/lexer';
import { INTEGER, type QueryResult, type ResultColumn, type TypedValue } from '../values';
import { multiResultAnswer, resultAnswer, type Answer } from './answers';
import { decodeBinds, isArrayBind, positionBinds, type WireBinds } from './binds';
import { executeMany } from './many';
import { sessionParameters } from './parameters';
import type { Queries, Query } from './queries';
import { splitStatements } from '../sql/split';
import { MULTI_STATEMENT, statementTypeId } from './statement-type';

/** Body of a query-request, as far as this server reads it. */
export interface QueryRequest {
  sqlText: string;
  bindings?: WireBinds;
  bindStage?: string;
  parameters?: Record<string, unknown>;
  describeOnly?: boolean;
  asyncExec?: boolean;
}

export interface Ran {
  answer: Answer;
  rows: number;
}

/** @throws SnowflakeError */
export async function runRequest(
  session: Session,
  request: QueryRequest,
  query: Query,
  queries: Queries,
): Promise<Ran> {
  if (request.bindStage) throw unsupported('binds in a stage');
  const parameters = sessionParameters(request.parameters);
  const statements = splitStatements(request.sqlText);
  checkCount(
    statements.length,
    parameters.MULTI_STATEMENT_COUNT ?? session.parameters.get('MULTI_STATEMENT_COUNT') ?? '1',
  );
  return withParameters(session, parameters, async () => {
    if (request.describeOnly) return describe(session, request, query);
    if (statements.length > 1) return runSeveral(session, statements, query, queries);
    return runOne(session, request, query);
  });
}

/** https://docs.snowflake.com/en/developer-guide/sql-api/submitting-multiple-statements: 0 is any number. */
function checkCount(actual: number, wanted: string): void {
  if (actual === 0)
    throw new SnowflakeError('000900', '42601', 'SQL compilation error:\nEmpty SQL statement.');
  if (wanted === '0' || actual === Number(wanted)) return;
  throw new SnowflakeError(
    '000008',
    '0A000',
    `Actual statement count ${actual} did not match the desired statement count ${wanted}.`,
  );
}

/** Parameters sent with a statement hold for that statement. */
async function withParameters<T>(
  session: Session,
  parameters: Record<string, string>,
  body: () => Promise<T>,
): Promise<T> {
  const own = Object.entries(parameters).filter(([name]) => name !== 'MULTI_STATEMENT_COUNT');
  const before = own.map(([name]) => [name, session.parameters.get(name)] as const);
  for (const [name, value] of own) session.parameters.set(name, value);
  try {
    return await body();
  } finally {
    for (const [name, value] of before) {
      if (session.parameters.get(name) !== parameters[name]) continue; // the statement itself has set it
      if (value === undefined) session.parameters.delete(name);
      else session.parameters.set(name, value);
    }
  }
}

async function runOne(session: Session, request: QueryRequest, query: Query): Promise<Ran> {
  const options = { queryId: query.id, signal: query.controller.signal };
  const rows = decodeBinds(request.bindings);
  const typeId = statementTypeId(tokenize(request.sqlText));
  const result = isArrayBind(request.bindings)
    ? await executeMany(session, request.sqlText, rows, options)
    : await executeOnce(session, request.sqlText, rows[0]!, options);
  return {
    answer: resultAnswer(session, { ...result, queryId: query.id }, typeId),
    rows: result.rows.length,
  };
}

function executeOnce(
  session: Session,
  sqlText: string,
  row: readonly TypedValue[],
  options: ExecuteOptions,
): Promise<QueryResult> {
  const { sql, binds } = positionBinds(sqlText, row);
  return session.execute(sql, binds, options);
}

async function runSeveral(
  session: Session,
  statements: readonly string[],
  query: Query,
  queries: Queries,
): Promise<Ran> {
  const children: { queryId: string; typeId: number }[] = [];
  for (const sql of statements) {
    const child = { queryId: randomUUID(), typeId: statementTypeId(tokenize(sql)) };
    const result = await session.execute(sql, [], {
      queryId: child.queryId,
      signal: query.controller.signal,
    });
    const answer = resultAnswer(session, { ...result, queryId: child.queryId }, child.typeId);
    queries.addFinished(
      { id: child.queryId, sessionId: query.sessionId, sqlText: sql },
      answer,
      result.rows.length,
    );
    children.push(child);
  }
  return { answer: multiResultAnswer(session, query.id, MULTI_STATEMENT, children), rows: 1 };
}

/** The columns of a result without its rows. Nothing is run but queries, which only read. */
async function describe(session: Session, request: QueryRequest, query: Query): Promise<Ran> {
  const tokens = tokenize(request.sqlText);
  const columns = dmlColumns(tokens) ?? (await queryColumns(session, request, tokens, query));
  const empty = { queryId: query.id, columns, rows: [] };
  const answer = resultAnswer(session, empty, statementTypeId(tokens));
  // Python's connector 5 asks before `executemany`, and sends row by row where it is not told.
  const arrayBindSupported = /^(INSERT|UPDATE|DELETE|MERGE)$/.test(tokens[0]?.value ?? '');
  const numberOfBinds = tokens.filter(({ text }) => text === '?').length;
  return {
    answer: { ...answer, data: { ...(answer.data as object), arrayBindSupported, numberOfBinds } },
    rows: 0,
  };
}

/** What DML answers with, known beforehand. https://docs.snowflake.com/en/sql-reference/sql/insert */
function dmlColumns([first]: readonly Token[]): ResultColumn[] | undefined {
  const names: Record<string, string[]> = {
    INSERT: ['number of rows inserted'],
    UPDATE: ['number of rows updated', 'number of multi-joined rows updated'],
    DELETE: ['number of rows deleted'],
    MERGE: ['number of rows inserted', 'number of rows updated', 'number of rows deleted'],
  };
  return names[first?.value ?? '']?.map((name) => ({ name, type: INTEGER }));
}

async function queryColumns(
  session: Session,
  request: QueryRequest,
  tokens: readonly Token[],
  query: Query,
): Promise<ResultColumn[]> {
  const [row = []] = decodeBinds(request.bindings);
  const { sql, binds } = positionBinds(describable(request.sqlText, tokens), row);
  const options = { queryId: query.id, signal: query.controller.signal };
  return (await session.execute(sql, binds, options)).columns;
}

/** @throws SnowflakeError for statements that cannot be described without running them */
function describable(sqlText: string, tokens: readonly Token[]): string {
  const first = tokens[0]?.value ?? '';
  const text = withoutSemicolon(sqlText, tokens);
  if (/^(SELECT|WITH|VALUES|\()$/.test(first)) return `SELECT * FROM (${text}\n) WHERE FALSE`;
  if (/^(SHOW|DESC|DESCRIBE)$/.test(first)) return text;
  throw unsupported(`describing ${first} without running it`);
}

function withoutSemicolon(sqlText: string, tokens: readonly Token[]): string {
  const last = tokens.findLast((token) => token.text !== ';');
  return last ? sqlText.slice(0, last.end) : '';
}

/** The bodies this server sends: always HTTP 200 and JSON, `success` says which kind. */
import { SnowflakeError } from '../errors';
import type { Session } from '../engine/contract';
import { TOO_DEEP, tooDeep } from '../engine/duck-errors';
import type { QueryResult } from '../values';
import { wireParameters } from './parameters';
import { encodeRows, encodeRowtype } from './rowset';

export interface Answer {
  data: unknown;
  success: boolean;
  code: string | null;
  message: string | null;
}

export const success = (data: unknown): Answer => ({ data, success: true, code: null, message: null });

export const refusal = (code: string, message: string): Answer => ({
  data: null,
  success: false,
  code,
  message,
});

/** A finished statement. `typeId` is what `statementTypeId` says of it. */
export function resultAnswer(session: Session, result: QueryResult, typeId: number): Answer {
  return success({
    ...sessionState(session),
    parameters: wireParameters(session.parameters),
    rowtype: encodeRowtype(result.columns),
    rowset: encodeRows(result.columns, result.rows),
    total: result.rows.length,
    returned: result.rows.length,
    queryId: result.queryId,
    statementTypeId: typeId,
    version: 1,
    queryResultFormat: 'json',
  });
}

/** Several statements in one text: the client fetches the result of each by its id. */
export function multiResultAnswer(
  session: Session,
  queryId: string,
  typeId: number,
  children: readonly { queryId: string; typeId: number }[],
): Answer {
  return success({
    ...sessionState(session),
    parameters: wireParameters(session.parameters),
    rowtype: encodeRowtype([{ name: 'multiple statement execution', type: { kind: 'VARCHAR' } }]),
    rowset: [['Multiple statements executed successfully.']],
    total: 1,
    returned: 1,
    queryId,
    statementTypeId: typeId,
    version: 1,
    queryResultFormat: 'json',
    resultIds: children.map((child) => child.queryId).join(','),
    resultTypes: children.map((child) => child.typeId).join(','),
  });
}

function sessionState(session: Session): Record<string, string | null> {
  return {
    databaseProvider: null,
    finalDatabaseName: session.database ?? null,
    finalSchemaName: session.schema ?? null,
    finalWarehouseName: session.warehouse ?? null,
    finalRoleName: session.role,
  };
}

/** 333333: still running, ask again; 333334: detached, as the client wanted (`asyncExec`). */
export function inProgressAnswer(queryId: string, code: '333333' | '333334'): Answer {
  return {
    data: {
      queryId,
      getResultUrl: `/queries/${queryId}/result`,
      queryAbortsAfterSecs: 300,
      progressDesc: null,
    },
    success: true,
    code,
    message:
      code === '333333'
        ? 'Query execution in progress.'
        : 'Query execution in progress, asynchronously; its result can be fetched later.',
  };
}

/** A failed statement, with the place in its text where the message names one. */
export function failureAnswer(error: unknown, queryId: string): Answer {
  const failure = asSnowflakeError(error);
  return {
    data: {
      errorCode: failure.code,
      sqlState: failure.sqlState,
      queryId: failure.queryId ?? queryId,
      internalError: false,
      ...placeIn(failure.message),
    },
    success: false,
    code: failure.code,
    message: failure.message,
  };
}

/** `line` from 1 and `pos` from 0, as the message counts; -1 where it names no place. */
function placeIn(message: string): { line: number; pos: number } {
  const place = /line (\d+) at position (\d+)/.exec(message);
  return place ? { line: Number(place[1]), pos: Number(place[2]) } : { line: -1, pos: -1 };
}

/** What is not one of Snowflake's errors is a defect of the local Snowflake, and says so. */
export function asSnowflakeError(error: unknown): SnowflakeError {
  if (error instanceof SnowflakeError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (TOO_DEEP.test(reason)) return tooDeep();
  return new SnowflakeError('000603', 'XX000', `SQL execution internal error: ${reason}`);
}

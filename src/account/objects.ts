/**
 * Views, tables, procedures with all their overloads, who has a privilege on them, and which graphs run: one query over INFORMATION_SCHEMA.
 * https://docs.snowflake.com/en/sql-reference/info-schema/views, https://docs.snowflake.com/en/sql-reference/info-schema/tables,
 * https://docs.snowflake.com/en/sql-reference/info-schema/procedures, https://docs.snowflake.com/en/sql-reference/info-schema/object_privileges,
 * https://docs.snowflake.com/en/sql-reference/functions/current_task_graphs
 */
import type { DeployedLock, DeployedProcedure, DeployedTable, DeployedView } from '../plan/deployed';
import { readMark } from '../render/fingerprint';
import { LOCK_NAME, readLockNote } from '../render/lock';
import { identifier, qualified } from '../sql-text';
import type { Session } from '../snowflake/session';
import { listOf, textIn, type Row } from './answers';
import type { Place } from './inspect';
import { argumentTypes } from './signature';

export interface DeployedObjects {
  views: DeployedView[];
  locks: DeployedLock[];
  procedures: DeployedProcedure[];
  /** Only those that carry a mark, or have a name of the config. */
  tables: DeployedTable[];
  /** Qualified names of the roots whose graph runs now. */
  running: string[];
  /** Roles but the session's own that have a privilege on an object of one of the names. */
  grantees: string[];
}

/** @param role of the session */
export async function readObjects(
  session: Session,
  place: Place,
  role: string | null,
): Promise<DeployedObjects> {
  const { rows } = await session.run(objectsQuery(place));
  const of = (kind: string): Row[] => rows.filter((row) => row['KIND'] === kind);
  const { database } = place;
  const named = (row: Row) => ({
    name: { database, schema: textIn(row, 'SCHEMA_NAME') ?? '', name: textIn(row, 'NAME') ?? '' },
    owner: textIn(row, 'OWNER'),
    comment: textIn(row, 'COMMENT') ?? '',
  });
  const isLock = (row: Row): boolean => isNameOfLock(textIn(row, 'NAME') ?? '');
  return {
    views: of('VIEW')
      .filter((row) => !isLock(row))
      .map((row) => ({ ...named(row), text: textIn(row, 'DEFINITION') || null })),
    locks: of('VIEW')
      .filter(isLock)
      .map((row) => ({
        ...named(row),
        since: textIn(row, 'CREATED'),
        note: readLockNote(named(row).comment),
      })),
    procedures: of('PROCEDURE').map((row) => ({
      ...named(row),
      types: argumentTypes(textIn(row, 'SIGNATURE') ?? '()'),
      body: textIn(row, 'DEFINITION') || null,
    })),
    tables: of('TABLE')
      .map(named)
      .filter(({ name, comment }) => readMark(comment) !== null || place.names.includes(name.name)),
    running: of('RUNNING').map((row) => qualified(named(row).name)),
    grantees: of('GRANTEE')
      .map((row) => textIn(row, 'NAME') ?? '')
      .filter((grantee) => grantee !== '' && grantee !== role),
  };
}

function objectsQuery({ database, schemas, names }: Place): string {
  const from = `${identifier(database)}.INFORMATION_SCHEMA`;
  const grantees = `
UNION ALL
SELECT DISTINCT 'GRANTEE', NULL, GRANTEE, NULL, NULL, NULL, NULL, NULL
FROM ${from}.OBJECT_PRIVILEGES
WHERE GRANTED_TO = 'ROLE' AND PRIVILEGE_TYPE <> 'OWNERSHIP'
  AND OBJECT_SCHEMA IN (${listOf(schemas)}) AND OBJECT_NAME IN (${listOf(names)})`;
  return `SELECT 'VIEW' AS KIND, TABLE_SCHEMA AS SCHEMA_NAME, TABLE_NAME AS NAME, TABLE_OWNER AS OWNER, NULL::VARCHAR AS SIGNATURE,
  VIEW_DEFINITION AS DEFINITION, CREATED, COMMENT
FROM ${from}.VIEWS
WHERE TABLE_SCHEMA IN (${listOf(schemas)})
UNION ALL
SELECT 'PROCEDURE', PROCEDURE_SCHEMA, PROCEDURE_NAME, PROCEDURE_OWNER, ARGUMENT_SIGNATURE,
  PROCEDURE_DEFINITION, NULL, COMMENT
FROM ${from}.PROCEDURES
WHERE PROCEDURE_SCHEMA IN (${listOf(schemas)})
UNION ALL
SELECT 'TABLE', TABLE_SCHEMA, TABLE_NAME, TABLE_OWNER, NULL, NULL, NULL, COMMENT
FROM ${from}.TABLES
WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA IN (${listOf(schemas)})
  AND (CONTAINS(COMMENT, '[dbt-auto-restart ')${names.length === 0 ? '' : ` OR TABLE_NAME IN (${listOf(names)})`})
UNION ALL
SELECT DISTINCT 'RUNNING', SCHEMA_NAME, ROOT_TASK_NAME, NULL, NULL, NULL, NULL, NULL
FROM TABLE(${from}.CURRENT_TASK_GRAPHS(RESULT_LIMIT => 10000))
WHERE STATE = 'EXECUTING' AND SCHEMA_NAME IN (${listOf(schemas)})${names.length === 0 ? '' : grantees}
ORDER BY KIND, SCHEMA_NAME, NAME, SIGNATURE`;
}

/** The lock itself, and the name that a take-over gives to a dead one. */
function isNameOfLock(name: string): boolean {
  return name === LOCK_NAME || name.startsWith(`${LOCK_NAME}_`);
}

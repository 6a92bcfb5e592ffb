/** Procedures with all their overloads. https://docs.snowflake.com/en/sql-reference/info-schema/procedures */
import type { DeployedProcedure } from '../plan/deployed';
import { identifier } from '../sql-text';
import type { Session } from '../snowflake/session';
import { listOf, textIn } from './answers';
import type { Place } from './inspect';

export async function readProcedures(
  session: Session,
  { database, schemas }: Place,
): Promise<DeployedProcedure[]> {
  const { rows } = await session.run(
    `SELECT PROCEDURE_SCHEMA, PROCEDURE_NAME, PROCEDURE_OWNER, ARGUMENT_SIGNATURE, PROCEDURE_DEFINITION, COMMENT
FROM ${identifier(database)}.INFORMATION_SCHEMA.PROCEDURES
WHERE PROCEDURE_SCHEMA IN (${listOf(schemas)})
ORDER BY PROCEDURE_SCHEMA, PROCEDURE_NAME, ARGUMENT_SIGNATURE`,
  );
  return rows.map((row) => ({
    name: {
      database,
      schema: textIn(row, 'PROCEDURE_SCHEMA') ?? '',
      name: textIn(row, 'PROCEDURE_NAME') ?? '',
    },
    owner: textIn(row, 'PROCEDURE_OWNER'),
    comment: textIn(row, 'COMMENT') ?? '',
    types: argumentTypes(textIn(row, 'ARGUMENT_SIGNATURE') ?? '()'),
    body: textIn(row, 'PROCEDURE_DEFINITION') || null,
  }));
}

/** `(PROJECT_NAME VARCHAR, MAX_HOURS NUMBER(38,0))`, or only types -> `['VARCHAR', 'NUMBER']` */
export function argumentTypes(signature: string): string[] {
  const inside = signature
    .trim()
    .replace(/^\(|\)$/g, '')
    .replace(/\([^()]*\)/g, '');
  return inside
    .split(',')
    .map((argument) =>
      argument
        .replace(/"(?:[^"]|"")*"/g, 'NAME')
        .replace(/\bDEFAULT\b/i, '')
        .trim(),
    )
    .filter((argument) => argument !== '')
    .map((argument) => (argument.split(/\s+/).at(-1) ?? '').toUpperCase());
}

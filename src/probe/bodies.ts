/** What a role that owns nothing sees of bodies: a plan compares them. https://docs.snowflake.com/en/sql-reference/info-schema/procedures */
import { identifier, literal } from '../sql-text';
import { PREFIX, probeOf, storedParts, type Place, type Probe } from './probe';

export function bodyProbes({ schema, role, reader }: Place): Probe[] {
  if (reader === null) return [];
  const [database = '', home = ''] = storedParts(schema);
  const procedure = `${PREFIX}PROCEDURE`;
  const view = `${PREFIX}BODY`;
  const seen = (column: string, from: string, where: string): string =>
    `(SELECT CASE WHEN COUNT(*) = 0 THEN 'nothing' WHEN COUNT(NULLIF(${column}, '')) = 0 THEN 'the name' ELSE 'the body' END FROM ${identifier(database)}.INFORMATION_SCHEMA.${from} WHERE ${where})`;
  return [
    probeOf({
      id: 'bodies-of-another',
      question: 'what does a role with USAGE and SELECT see of the bodies of a procedure and a view',
      assumes: 'nothing: where a body is not seen a plan says so, and does not call it changed',
      expected: null,
      prepare: [
        `CREATE OR REPLACE PROCEDURE ${schema}.${procedure}() RETURNS VARCHAR LANGUAGE SQL EXECUTE AS CALLER AS 'BEGIN RETURN ''a body''; END'`,
        `CREATE OR REPLACE VIEW ${schema}.${view} AS SELECT 1 AS a`,
        `GRANT USAGE ON PROCEDURE ${schema}.${procedure}() TO ROLE ${reader}`,
        `GRANT SELECT ON VIEW ${schema}.${view} TO ROLE ${reader}`,
      ],
      before: [`USE ROLE ${reader}`],
      ask: `SELECT 'procedure: ' || ${seen('PROCEDURE_DEFINITION', 'PROCEDURES', `PROCEDURE_SCHEMA = ${literal(home)} AND PROCEDURE_NAME = '${procedure}'`)} || ', view: ' || ${seen('VIEW_DEFINITION', 'VIEWS', `TABLE_SCHEMA = ${literal(home)} AND TABLE_NAME = '${view}'`)} AS answer`,
      after: [`USE ROLE ${role}`],
    }),
  ];
}

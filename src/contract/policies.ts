/**
 * Policies on the tables of logs: one query over all tables.
 * https://docs.snowflake.com/en/sql-reference/functions/policy_references
 */
import type { AuditTablesState } from '../model/deployment';
import { identifier, literal, qualified } from '../sql-text';
import { columnUses, tablesOf } from './column-uses';
import { tableOf } from './column-findings';
import type { LogTable } from './columns';
import { finding, type Finding } from './finding';

export interface Policy {
  /** `ROW_ACCESS_POLICY`, `MASKING_POLICY` ... */
  kind: string;
  /** As it stands in SQL. */
  name: string;
  table: string;
  /** Of a masking or projection policy. */
  column: string | null;
}

export function policiesQuery(tables: readonly LogTable[]): string {
  return tables
    .map(({ name, type }) => {
      const domain = type.includes('VIEW') ? 'VIEW' : 'TABLE';
      return `SELECT POLICY_KIND, POLICY_DB, POLICY_SCHEMA, POLICY_NAME, REF_COLUMN_NAME, ${literal(qualified(name))} AS LOG_TABLE
FROM TABLE(${identifier(name.database)}.INFORMATION_SCHEMA.POLICY_REFERENCES(
  REF_ENTITY_NAME => ${literal(qualified(name))}, REF_ENTITY_DOMAIN => '${domain}'))`;
    })
    .join('\nUNION ALL\n');
}

export function readPolicies(rows: readonly Readonly<Record<string, unknown>>[]): Policy[] {
  return rows.map((row) => {
    const parts = ['POLICY_DB', 'POLICY_SCHEMA', 'POLICY_NAME'].map((part) => String(row[part] ?? ''));
    const column = row['REF_COLUMN_NAME'];
    return {
      kind: String(row['POLICY_KIND'] ?? ''),
      name: parts.filter((part) => part !== '').join('.'),
      table: String(row['LOG_TABLE'] ?? ''),
      column: column === null || column === undefined ? null : String(column),
    };
  });
}

/** What keeps rows or values of the log from a role. Policies on columns that nothing reads are no matter. */
export function policyFindings(state: AuditTablesState, policies: readonly Policy[]): Finding[] {
  const tables = tablesOf(state).map(qualified);
  const read = new Set(columnUses(state).map(({ table, column }) => `${qualified(table)}.${column}`));
  return policies
    .filter(
      ({ table, column }) => tables.includes(table) && (column === null || read.has(`${table}.${column}`)),
    )
    .filter(({ kind }) => kind !== 'STORAGE_LIFECYCLE_POLICY')
    .map(({ kind, name, table, column }) =>
      finding(
        'POLICY_ON_LOG',
        column === null ? table : `${table}.${identifier(column)}`,
        `${kind.toLowerCase().replaceAll('_', ' ')} ${name}: a role may see less of the log than is there, and a failure that it does not see is not retried`,
        'let the policy show all of it to the role that owns the tasks, or read a log without one',
      ),
    );
}

/** The tables whose policies can be asked for: those that are there. */
export function visibleTables(state: AuditTablesState, tables: readonly LogTable[]): LogTable[] {
  return tablesOf(state).flatMap((name) => tableOf(name, tables) ?? []);
}

export function policiesNotSeen(state: AuditTablesState, reason: string): Finding {
  return finding(
    'POLICIES_NOT_SEEN',
    qualified(state.runs.table),
    `whether policies are on the log could not be looked up: ${reason}`,
    'look as a role with APPLY ROW ACCESS POLICY and APPLY MASKING POLICY, or as the owner of the tables',
  );
}

/** The tables of a real log, with the packages' own types, and its rows. */
import type { JobConfig } from '../../../src/config/types';

export interface RealJob {
  name: string;
  command: NonNullable<NonNullable<JobConfig['dbt']>['command']>;
  select: string[];
  flags?: string[];
}

export interface RealLog {
  name: string;
  package: 'elementary' | 'dbt_artifacts';
  now: string;
  project: string;
  environment: string;
  job: RealJob;
  otherJobs: RealJob[];
  tables: Record<string, { columns: { name: string; type: string; time?: boolean }[]; rows: unknown[][] }>;
  childMap: Record<string, string[]>;
  expected: {
    reason: string;
    mustRerun: string[];
    mustNotName: string[];
    mustNotBeFullBuild?: boolean;
    why: string;
  };
}

export function insertRows({ tables }: Pick<RealLog, 'tables'>): string[] {
  return Object.entries(tables).flatMap(([table, { columns, rows }]) => {
    const ddl = columns.map(({ name, type }) => `${name} ${type}`).join(', ');
    const isJson = columns.map(({ type }) => /^(OBJECT|VARIANT|ARRAY)/.test(type));
    const select = columns.map(({ name }, at) =>
      isJson[at] ? `TO_OBJECT(PARSE_JSON(column${at + 1})) AS ${name}` : `column${at + 1}`,
    );
    const values = rows.map((row) => `(${row.map((value) => literal(value)).join(', ')})`);
    return [
      `CREATE OR REPLACE TABLE ${table} (${ddl})`,
      ...(rows.length === 0
        ? []
        : [`INSERT INTO ${table} SELECT ${select.join(', ')} FROM VALUES ${values.join(', ')}`]),
    ];
  });
}

function literal(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', '\\n')}'`;
}

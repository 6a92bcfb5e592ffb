/**
 * What an account has of dbt before this product came: tasks, dbt projects, and the log that hooks write. `init
 * --from-account` begins with it. What the role may not see is absent.
 * https://docs.snowflake.com/en/sql-reference/sql/show-dbt-projects
 */
import type { LayoutName } from '../config/types';
import { LAYOUT_NAMES } from '../config/layout-names';
import type { ObjectName } from '../model/deployment';
import { LAYOUTS } from '../model/layouts';
import type { DeployedTask } from '../plan/deployed';
import { identifier, qualified } from '../sql-text';
import type { Session } from '../snowflake/session';
import { listOf, show, textIn } from './answers';
import { readParameters } from './task-parameters';
import { taskOf } from './tasks';

export interface FoundLog {
  layout: LayoutName;
  database: string;
  schema: string;
  /** Values of the environment column, the most frequent first. */
  environments: string[];
  /** Values of the project column, likewise. */
  projects: string[];
}

export interface FoundDbt {
  /** Of the place asked for, or of the whole account. */
  tasks: DeployedTask[];
  projects: ObjectName[];
  logs: FoundLog[];
  /** What could not be read. */
  unseen: string[];
}

export interface Where {
  database: string | undefined;
  schema: string | undefined;
}

export async function readFoundDbt(session: Session, where: Where): Promise<FoundDbt> {
  const unseen: string[] = [];
  const rows = await show(session, 'SHOW TASKS IN ACCOUNT');
  const tasks = rows.map(taskOf).filter(({ name }) => isWanted(name, where));
  await readParameters(session, tasks, unseen);
  const projects = await readProjects(session, where, unseen);
  const databases = new Set([
    ...(where.database === undefined ? [] : [where.database]),
    ...[...tasks.map(({ name }) => name), ...projects].map(({ database }) => database),
  ]);
  const logs: FoundLog[] = [];
  for (const database of [...databases].sort()) logs.push(...(await readLogs(session, database, unseen)));
  return { tasks, projects, logs, unseen };
}

function isWanted(name: { database: string; schema: string }, { database, schema }: Where): boolean {
  return (
    (database === undefined || name.database === database) && (schema === undefined || name.schema === schema)
  );
}

async function readProjects(session: Session, where: Where, unseen: string[]): Promise<ObjectName[]> {
  try {
    const rows = await show(session, 'SHOW DBT PROJECTS IN ACCOUNT');
    return rows
      .map((row) => ({
        database: textIn(row, 'database_name') ?? '',
        schema: textIn(row, 'schema_name') ?? '',
        name: textIn(row, 'name') ?? '',
      }))
      .filter((name) => isWanted(name, where));
  } catch (error) {
    unseen.push(`dbt projects were not listed: ${firstLine(error)}`);
    return [];
  }
}

/** A layout is there where all its tables are in one schema. */
async function readLogs(session: Session, database: string, unseen: string[]): Promise<FoundLog[]> {
  const tablesOf = (layout: LayoutName): string[] => [
    LAYOUTS[layout].runs.table,
    ...LAYOUTS[layout].nodes.tables.map(({ table }) => table),
  ];
  const known = LAYOUT_NAMES.flatMap(tablesOf);
  try {
    const { rows } = await session.run(
      `SELECT TABLE_SCHEMA, TABLE_NAME FROM ${identifier(database)}.INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME IN (${listOf(known)})`,
    );
    const bySchema = new Map<string, string[]>();
    for (const row of rows) {
      const schema = textIn(row, 'TABLE_SCHEMA') ?? '';
      bySchema.set(schema, [...(bySchema.get(schema) ?? []), textIn(row, 'TABLE_NAME') ?? '']);
    }
    const found: FoundLog[] = [];
    for (const [schema, names] of [...bySchema].sort()) {
      for (const layout of LAYOUT_NAMES) {
        if (!tablesOf(layout).every((table) => names.includes(table))) continue;
        found.push({
          layout,
          database,
          schema,
          ...(await readValues(session, layout, { database, schema }, unseen)),
        });
      }
    }
    return found;
  } catch (error) {
    unseen.push(`${database} was not searched for run logs: ${firstLine(error)}`);
    return [];
  }
}

async function readValues(
  session: Session,
  layout: LayoutName,
  home: { database: string; schema: string },
  unseen: string[],
): Promise<Pick<FoundLog, 'environments' | 'projects'>> {
  const { table, project, environment } = LAYOUTS[layout].runs;
  const values = async (column: string | undefined): Promise<string[]> => {
    if (column === undefined) return [];
    const { rows } = await session.run(
      `SELECT ${identifier(column)} AS FOUND, COUNT(*) AS RUNS FROM ${qualified({ ...home, name: table })} GROUP BY 1 ORDER BY RUNS DESC LIMIT 20`,
    );
    return rows.flatMap((row) => textIn(row, 'FOUND') ?? []);
  };
  try {
    return { environments: await values(environment), projects: await values(project) };
  } catch (error) {
    unseen.push(`${qualified({ ...home, name: table })} was not read: ${firstLine(error)}`);
    return { environments: [], projects: [] };
  }
}

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0] ?? '';
}

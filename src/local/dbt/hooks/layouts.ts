/** The log layouts by name: who writes them, and the tables as they exist at a user's. */
import { dbtArtifactsHooks, DBT_ARTIFACTS_TABLES } from './dbt-artifacts';
import { elementaryHooks, ELEMENTARY_TABLES } from './elementary';
import type { Session } from '../../engine/contract';
import type { Columns, HookSettings, HookWriter, LayoutName } from './layout';
import { mappedHooks } from './mapped';
import { typesIn } from './mapped-tables';
import { readMapping } from './mapping';
import { o2cHooks, O2C_TABLES } from './o2c';
import { qualified } from './sql';

interface Layout {
  hooks(at: { database: string; schema: string }): HookWriter;
  tables: Readonly<Record<string, Columns>>;
}

const LAYOUTS: Readonly<Record<LayoutName, Layout>> = {
  o2c: { hooks: o2cHooks, tables: O2C_TABLES },
  elementary: { hooks: elementaryHooks, tables: ELEMENTARY_TABLES },
  dbt_artifacts: { hooks: dbtArtifactsHooks, tables: DBT_ARTIFACTS_TABLES },
};

/** @param session one of the account, for the types of the columns of a log of one's own */
export function hooksOf({ layout, database, schema }: HookSettings, session: Session): HookWriter {
  if (typeof layout === 'string') return LAYOUTS[layout].hooks({ database, schema });
  return mappedHooks(readMapping(layout, { database, schema }), typesIn(session));
}

/**
 * CREATE TABLE statements of a layout's log tables. Database and schema must exist.
 * @param database as stored: upper case unless it was quoted
 */
export function tableStatements(layout: LayoutName, database: string, schema: string): string[] {
  return Object.entries(LAYOUTS[layout].tables).map(([name, columns]) => {
    const lines = Object.entries(columns).map(([column, definition]) => `${column} ${definition}`);
    return `CREATE TABLE IF NOT EXISTS ${qualified({ database, schema }, name)} (\n  ${lines.join(',\n  ')}\n)`;
  });
}

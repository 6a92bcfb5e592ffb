/**
 * SHOW and DESCRIBE DBT PROJECT(S). https://docs.snowflake.com/en/sql-reference/sql/show-dbt-projects,
 * https://docs.snowflake.com/en/sql-reference/sql/desc-dbt-project
 */
import { likePattern } from '../../catalog/like-pattern';
import { keyOf } from '../../catalog/names';
import { requireSchema } from '../../catalog/schemas';
import type { Session, StatementHandler } from '../../engine/contract';
import { visible } from '../../engine/privileges';
import { SnowflakeError } from '../../errors';
import { TokenReader } from '../../sql/token-reader';
import {
  BOOLEAN,
  type ResultColumn,
  type SqlType,
  type SqlValue,
  TIMESTAMP_LTZ,
  VARCHAR,
} from '../../values';
import { DEFAULT_DBT_VERSION, type DbtProject, locationOf, projectNamed, projectsOf } from '../projects';
import { startsWith } from './words';

const OBJECT: SqlType = { kind: 'OBJECT' };

type Column = [name: string, type: SqlType, value: (project: DbtProject) => SqlValue];

const VERSION_COLUMNS: Column[] = [
  ['default_version', VARCHAR, () => 'LIVE'],
  ['default_version_name', VARCHAR, () => null],
  ['default_version_alias', VARCHAR, () => null],
  ['default_version_location_uri', VARCHAR, (project) => `${locationOf(project)}/versions/live/`],
  ['default_version_source_location_uri', VARCHAR, () => null],
];

const IDENTITY: Column[] = [['name', VARCHAR, ({ name }) => name]];

const PROPERTIES: Column[] = [
  ['dbt_snowflake_version', VARCHAR, versionOf],
  ['default_target', VARCHAR, ({ properties }) => properties.DEFAULT_TARGET ?? null],
  ['default_environment', VARCHAR, ({ properties }) => properties.DEFAULT_ENVIRONMENT ?? null],
  ['default_writeback', BOOLEAN, ({ properties }) => properties.DEFAULT_WRITEBACK ?? true],
  ['auto_compile', BOOLEAN, ({ properties }) => properties.AUTO_COMPILE ?? true],
  [
    'external_access_integrations',
    VARCHAR,
    ({ properties }) =>
      properties.EXTERNAL_ACCESS_INTEGRATIONS
        ? JSON.stringify(properties.EXTERNAL_ACCESS_INTEGRATIONS)
        : null,
  ],
  ['last_deployed_from', OBJECT, ({ source, owner }) => JSON.stringify({ stage_url: source, user: owner })],
];

const SHOW_COLUMNS: Column[] = [
  ...IDENTITY,
  ['database_name', VARCHAR, ({ database }) => database],
  ['schema_name', VARCHAR, ({ schema }) => schema],
  ['created_on', TIMESTAMP_LTZ, ({ createdOn }) => BigInt(createdOn)],
  ['updated_on', TIMESTAMP_LTZ, ({ updatedOn }) => BigInt(updatedOn)],
  ['owner', VARCHAR, ({ owner }) => owner],
  ['comment', VARCHAR, commentOf],
  ['dbt_version', VARCHAR, versionOf],
  ...VERSION_COLUMNS,
  ...PROPERTIES,
];

const DESCRIBE_COLUMNS: Column[] = [
  ...IDENTITY,
  ['owner', VARCHAR, ({ owner }) => owner],
  ['comment', VARCHAR, commentOf],
  ['dbt_version', VARCHAR, versionOf],
  ...VERSION_COLUMNS,
  ...PROPERTIES,
];

function versionOf({ properties }: DbtProject): string {
  return properties.DBT_VERSION ?? DEFAULT_DBT_VERSION;
}

function commentOf({ properties }: DbtProject): string | null {
  return properties.COMMENT ?? null;
}

function table(columns: readonly Column[], projects: readonly DbtProject[]) {
  return {
    columns: columns.map(([name, type]): ResultColumn => ({ name, type })),
    rows: projects.map((project) => columns.map(([, , value]) => value(project))),
  };
}

export const describeStatement: StatementHandler = {
  name: 'DESCRIBE DBT PROJECT',
  matches: (tokens) =>
    startsWith(tokens, 'DESC', 'DBT', 'PROJECT') || startsWith(tokens, 'DESCRIBE', 'DBT', 'PROJECT'),
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.next();
    reader.expect('DBT', 'PROJECT');
    const name = reader.name();
    reader.end();
    return table(DESCRIBE_COLUMNS, [projectNamed(name, session)]);
  },
};

export const showStatement: StatementHandler = {
  name: 'SHOW DBT PROJECTS',
  matches: (tokens) => startsWith(tokens, 'SHOW', 'DBT', 'PROJECTS'),
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.expect('SHOW', 'DBT', 'PROJECTS');
    const like = reader.accept('LIKE') ? likePattern(reader.string()) : undefined;
    const within = reader.accept('IN');
    const scope = within ? readScope(reader, session) : currentScope(session);
    if (within && scope.database !== undefined) {
      const { database, schema } = scope;
      requireSchema({ database, schema }, session);
    }
    const prefix = reader.accept('STARTS', 'WITH') ? reader.string() : '';
    const limit = reader.accept('LIMIT') ? reader.integer() : Infinity;
    if (limit < 0) reader.fail();
    const from = reader.accept('FROM') ? reader.string() : '';
    reader.end();
    const isVisible = visible(session, 'DBT PROJECT');
    const shown = [...projectsOf(session.account.catalog).values()]
      .filter(
        (project) =>
          (scope.database === undefined || project.database === scope.database) &&
          (scope.schema === undefined || project.schema === scope.schema) &&
          (like === undefined || like.test(project.name)) &&
          isVisible(keyOf(project)) &&
          project.name.startsWith(prefix) &&
          (from === '' || project.name > from),
      )
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
      .slice(0, limit);
    return table(SHOW_COLUMNS, shown);
  },
};

interface Scope {
  database?: string | undefined;
  schema?: string | undefined;
}

/** Without IN: the current schema, else the current database, else the account. */
function currentScope(session: Session): Scope {
  return { database: session.database, schema: session.schema };
}

function readScope(reader: TokenReader, session: Session): Scope {
  if (reader.accept('ACCOUNT')) return {};
  if (reader.accept('DATABASE')) {
    const named = !reader.done && !reader.sees('STARTS') && !reader.sees('LIMIT');
    return { database: named ? reader.identifier() : session.database };
  }
  const word = reader.accept('SCHEMA');
  if (word && (reader.done || reader.sees('STARTS') || reader.sees('LIMIT'))) return currentScope(session);
  const [schema, database = session.database, more] = reader.name().reverse();
  if (more !== undefined)
    throw new SnowflakeError('001003', '42000', 'SQL compilation error:\ntoo many parts in a schema name');
  return { database, schema };
}

/** Views of INFORMATION_SCHEMA, computed from the catalog. https://docs.snowflake.com/en/sql-reference/info-schema */
import type { SqlValue } from '../values';
import type { VirtualTable } from '../sql/compilation';
import type { SchemaRecord } from '../catalog/objects';
import { keyOf, showIdentifier } from '../catalog/names';
import type { EngineSession } from './account';
import type { InformationSchemaView } from './contract';
import { columnsView } from './information-schema-columns';
import { grantViews } from './information-schema-grants';
import { visible } from './privileges';
import { schemaKey } from './statements/containers';
import { dated, micros, tableName, tablesOf, view, yes } from './information-schema-view';

/** Every database has one, which nobody made. */
export function informationSchema(database: string, created: number): SchemaRecord {
  const comment = 'Views describing the contents of schemas in this database';
  return { database, name: 'INFORMATION_SCHEMA', created, owner: '', comment, transient: false };
}

const databases = view(
  'DATABASES',
  'DATABASE_NAME DATABASE_OWNER IS_TRANSIENT COMMENT CREATED LAST_ALTERED RETENTION_TIME TYPE ' +
    'REPLICABLE_WITH_FAILOVER_GROUPS OWNER_ROLE_TYPE OBJECT_VISIBILITY',
  (session) => {
    const isVisible = visible(session, 'DATABASE');
    return [...session.account.objects.databases.values()].filter(({ name }) =>
      isVisible(showIdentifier(name)),
    );
  },
  (each) => ({
    DATABASE_NAME: each.name,
    DATABASE_OWNER: each.owner,
    IS_TRANSIENT: yes(each.transient),
    COMMENT: each.comment || null,
    ...dated(each.created),
    RETENTION_TIME: 1,
    TYPE: 'STANDARD',
    REPLICABLE_WITH_FAILOVER_GROUPS: 'UNSET',
    OWNER_ROLE_TYPE: 'ROLE',
  }),
);

const schemata = view(
  'SCHEMATA',
  'CATALOG_NAME SCHEMA_NAME SCHEMA_OWNER IS_TRANSIENT IS_MANAGED_ACCESS RETENTION_TIME ' +
    'DEFAULT_CHARACTER_SET_CATALOG DEFAULT_CHARACTER_SET_SCHEMA DEFAULT_CHARACTER_SET_NAME SQL_PATH ' +
    'CREATED LAST_ALTERED COMMENT REPLICABLE_WITH_FAILOVER_GROUPS OWNER_ROLE_TYPE OBJECT_VISIBILITY',
  (session, database) => {
    const { objects } = session.account;
    const isVisible = visible(session, 'SCHEMA');
    const created = objects.databases.get(database)?.created ?? 0;
    const made = [...objects.schemas.values()].filter(
      (each) => each.database === database && isVisible(schemaKey(database, each.name)),
    );
    return [...made, informationSchema(database, created)];
  },
  (each) => ({
    CATALOG_NAME: each.database,
    SCHEMA_NAME: each.name,
    SCHEMA_OWNER: each.owner,
    IS_TRANSIENT: yes(each.transient),
    IS_MANAGED_ACCESS: 'NO',
    RETENTION_TIME: 1,
    ...dated(each.created),
    COMMENT: each.comment || null,
    REPLICABLE_WITH_FAILOVER_GROUPS: 'UNSET',
    OWNER_ROLE_TYPE: each.owner ? 'ROLE' : null,
  }),
);

const tables = view(
  'TABLES',
  'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER TABLE_TYPE IS_TRANSIENT CLUSTERING_KEY ROW_COUNT BYTES RETENTION_TIME ' +
    'SELF_REFERENCING_COLUMN_NAME REFERENCE_GENERATION USER_DEFINED_TYPE_CATALOG USER_DEFINED_TYPE_SCHEMA USER_DEFINED_TYPE_NAME ' +
    'IS_INSERTABLE_INTO IS_TYPED COMMIT_ACTION CREATED LAST_ALTERED LAST_DDL LAST_DDL_BY AUTO_CLUSTERING_ON COMMENT ' +
    'IS_TEMPORARY IS_ICEBERG IS_DYNAMIC IS_IMMUTABLE IS_HYBRID',
  tablesOf,
  (each) => ({
    ...tableName(each),
    TABLE_OWNER: each.owner,
    TABLE_TYPE:
      each.kind === 'VIEW' ? 'VIEW' : each.durability === 'TEMPORARY' ? 'LOCAL TEMPORARY' : 'BASE TABLE',
    IS_TRANSIENT: yes(each.durability === 'TRANSIENT'),
    CLUSTERING_KEY: each.clusterBy || null,
    RETENTION_TIME: each.kind === 'VIEW' ? null : 1,
    ...dated(each.created),
    LAST_DDL: micros(each.created),
    AUTO_CLUSTERING_ON: each.kind === 'VIEW' ? null : yes(each.clusterBy !== ''),
    COMMENT: each.comment || null,
    IS_TEMPORARY: yes(each.durability === 'TEMPORARY'),
    IS_ICEBERG: 'NO',
    IS_DYNAMIC: 'NO',
    IS_IMMUTABLE: 'NO',
    IS_HYBRID: 'NO',
  }),
);

const views = view(
  'VIEWS',
  'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER VIEW_DEFINITION CHECK_OPTION IS_UPDATABLE INSERTABLE_INTO IS_SECURE ' +
    'CREATED LAST_ALTERED LAST_DDL LAST_DDL_BY COMMENT',
  (session, database) => tablesOf(session, database).filter((each) => each.kind === 'VIEW'),
  (each) => ({
    ...tableName(each),
    TABLE_OWNER: each.owner,
    VIEW_DEFINITION: each.text ?? null,
    CHECK_OPTION: 'NONE',
    IS_UPDATABLE: 'NO',
    INSERTABLE_INTO: 'NO',
    IS_SECURE: yes(each.secure ?? false),
    ...dated(each.created),
    LAST_DDL: micros(each.created),
    COMMENT: each.comment || null,
  }),
);

const sequences = view(
  'SEQUENCES',
  'SEQUENCE_CATALOG SEQUENCE_SCHEMA SEQUENCE_NAME SEQUENCE_OWNER START_VALUE INCREMENT CREATED COMMENT',
  (session, database) => {
    const isVisible = visible(session, 'SEQUENCE');
    return [...session.account.objects.sequences.values()].filter(
      (each) => each.database === database && isVisible(keyOf(each)),
    );
  },
  (each) => ({
    SEQUENCE_CATALOG: each.database,
    SEQUENCE_SCHEMA: each.schema,
    SEQUENCE_NAME: each.name,
    SEQUENCE_OWNER: each.owner,
    START_VALUE: String(each.start),
    INCREMENT: String(each.step),
    CREATED: micros(each.created),
    COMMENT: each.comment || null,
  }),
);

const VIEWS: readonly InformationSchemaView[] = [databases, schemata, tables, views, columnsView, sequences];

/** Of that name, the engine's or a feature's. */
export function informationSchemaView(name: string, session: EngineSession): VirtualTable | undefined {
  return viewsOf(session).find((each) => each.name === name);
}

export function informationSchemaRows(name: string, session: EngineSession, database: string): SqlValue[][] {
  return viewsOf(session)
    .find((each) => each.name === name)!
    .rows(session, database);
}

function viewsOf(session: EngineSession): InformationSchemaView[] {
  return [
    ...VIEWS,
    ...grantViews,
    ...session.account.features.flatMap((feature) => feature.informationSchema ?? []),
  ];
}

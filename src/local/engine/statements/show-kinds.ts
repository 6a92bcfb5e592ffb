/** What SHOW lists, kind by kind, with Snowflake's columns. https://docs.snowflake.com/en/sql-reference/sql/show */
import type { SchemaRecord, TableRecord } from '../../catalog/objects';
import { SESSION_PARAMETERS } from '../../reference/parameters';
import { informationSchemaType } from '../../sql/types';
import { INTEGER, TIMESTAMP_LTZ, type SqlType } from '../../values';
import type { EngineSession } from '../account';
import { informationSchema } from '../information-schema';
import { SYSTEM_ROLES } from './settings';
import { micros, type Row } from './show-table';

const flag = (value: boolean): string => (value ? 'Y' : 'N');

/** What SHOW <KIND> lists: its columns in order, their types where not text, the rows. */
export interface Kind {
  columns: string;
  types?: Record<string, SqlType>;
  rows(session: EngineSession): Row[];
}

const DATED = { created_on: TIMESTAMP_LTZ };

export const KINDS: Record<string, Kind> = {
  DATABASES: {
    columns:
      'created_on name is_default is_current origin owner comment options retention_time kind owner_role_type',
    types: DATED,
    rows: (session) =>
      [...session.account.objects.databases.values()].map((each) => ({
        created_on: micros(each.created),
        name: each.name,
        is_default: 'N',
        is_current: flag(each.name === session.database),
        origin: '',
        owner: each.owner,
        comment: each.comment,
        options: each.transient ? 'TRANSIENT' : '',
        retention_time: '1',
        kind: 'STANDARD',
        owner_role_type: 'ROLE',
      })),
  },
  SCHEMAS: {
    columns:
      'created_on name is_default is_current database_name owner comment options retention_time owner_role_type ' +
      'classification_profile_database classification_profile_schema classification_profile object_visibility is_nested',
    types: DATED,
    rows: (session) =>
      allSchemas(session).map((each) => ({
        created_on: micros(each.created),
        name: each.name,
        is_default: 'N',
        is_current: flag(each.database === session.database && each.name === session.schema),
        database_name: each.database,
        owner: each.owner,
        comment: each.comment,
        options: each.transient ? 'TRANSIENT' : '',
        retention_time: '1',
        owner_role_type: 'ROLE',
        classification_profile_database: null,
        classification_profile_schema: null,
        classification_profile: null,
        object_visibility: null,
        is_nested: 'false',
      })),
  },
  TABLES: {
    columns:
      'created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time owner_role_type',
    types: { ...DATED, rows: INTEGER, bytes: INTEGER },
    rows: (session) =>
      tablesOf(session, 'TABLE').map((each) => ({
        created_on: micros(each.created),
        name: each.name,
        database_name: each.database,
        schema_name: each.schema,
        kind: each.durability,
        comment: each.comment,
        cluster_by: each.clusterBy,
        rows: null,
        bytes: null,
        owner: each.owner,
        retention_time: '1',
        owner_role_type: 'ROLE',
      })),
  },
  VIEWS: {
    columns:
      'created_on name reserved database_name schema_name owner comment text is_secure is_materialized owner_role_type change_tracking',
    types: DATED,
    rows: (session) =>
      tablesOf(session, 'VIEW').map((each) => ({
        created_on: micros(each.created),
        name: each.name,
        reserved: '',
        database_name: each.database,
        schema_name: each.schema,
        owner: each.owner,
        comment: each.comment,
        text: each.text ?? '',
        is_secure: String(each.secure ?? false),
        is_materialized: 'false',
        owner_role_type: 'ROLE',
        change_tracking: 'OFF',
      })),
  },
  WAREHOUSES: {
    columns: 'name state type size is_default is_current auto_suspend auto_resume created_on owner comment',
    types: { ...DATED, auto_suspend: INTEGER },
    rows: (session) =>
      [...session.account.objects.warehouses.values()].map((each) => ({
        name: each.name,
        state: each.suspended ? 'SUSPENDED' : 'STARTED',
        type: each.type,
        size: each.size,
        is_default: 'N',
        is_current: flag(each.name === session.warehouse),
        auto_suspend: each.autoSuspend,
        auto_resume: String(each.autoResume),
        created_on: micros(each.created),
        owner: each.owner,
        comment: each.comment,
      })),
  },
  ROLES: {
    columns: 'created_on name is_default is_current is_inherited owner comment',
    types: DATED,
    rows: (session) => {
      const own = [...session.account.objects.roles.values()];
      const system = SYSTEM_ROLES.map((name) => ({ name, created: 0, owner: '', comment: '' }));
      return [...system, ...own].map((each) => ({
        created_on: micros(each.created),
        name: each.name,
        is_default: 'N',
        is_current: flag(each.name === session.role),
        is_inherited: 'N',
        owner: each.owner,
        comment: each.comment,
      }));
    },
  },
  OBJECTS: {
    columns:
      'created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time owner_role_type ' +
      'is_hybrid is_dynamic is_iceberg is_interactive',
    types: { ...DATED, rows: INTEGER, bytes: INTEGER },
    rows: (session) =>
      [...tablesOf(session, 'TABLE'), ...tablesOf(session, 'VIEW')].map((each) => ({
        ...placed(each),
        is_hybrid: 'N',
        is_dynamic: 'N',
        is_iceberg: 'N',
        is_interactive: 'N',
        kind: each.kind,
        cluster_by: each.clusterBy,
        rows: null,
        bytes: null,
        retention_time: each.kind === 'TABLE' ? '1' : '',
      })),
  },
  SEQUENCES: {
    columns:
      'name database_name schema_name next_value interval created_on owner comment owner_role_type ordered',
    types: { ...DATED, interval: INTEGER },
    rows: (session) =>
      [...session.account.objects.sequences.values()].map((each) => ({
        ...placed(each),
        next_value: null,
        interval: each.step,
        ordered: each.ordered ? 'Y' : 'N',
      })),
  },
  USERS: {
    columns:
      'name created_on login_name display_name disabled comment default_warehouse default_namespace default_role owner',
    types: DATED,
    rows: (session) =>
      [...session.account.objects.users.values()].map(({ properties, ...each }) => ({
        name: each.name,
        created_on: micros(each.created),
        login_name: properties['LOGIN_NAME'] ?? each.name,
        display_name: properties['DISPLAY_NAME'] ?? each.name,
        disabled: (properties['DISABLED'] ?? 'FALSE').toLowerCase(),
        comment: each.comment,
        default_warehouse: properties['DEFAULT_WAREHOUSE'] ?? null,
        default_namespace: properties['DEFAULT_NAMESPACE'] ?? null,
        default_role: properties['DEFAULT_ROLE'] ?? null,
        owner: each.owner,
      })),
  },
  COLUMNS: {
    columns:
      'table_name schema_name column_name data_type null? default kind expression comment database_name autoincrement',
    rows: (session) =>
      [...tablesOf(session, 'TABLE'), ...tablesOf(session, 'VIEW')].flatMap((table) =>
        table.columns.map((column) => ({
          name: column.name,
          table_name: table.name,
          schema_name: table.schema,
          column_name: column.name,
          data_type: JSON.stringify({ type: informationSchemaType(column.type), nullable: column.nullable }),
          'null?': column.nullable ? 'true' : 'NOT_NULL',
          default: column.default ?? '',
          kind: 'COLUMN',
          expression: '',
          comment: column.comment ?? '',
          database_name: table.database,
          autoincrement: column.autoincrement
            ? `IDENTITY START ${column.autoincrement.start} INCREMENT ${column.autoincrement.step}`
            : '',
        })),
      ),
  },
  PARAMETERS: {
    columns: 'key value default level description type',
    rows: (session) =>
      [...SESSION_PARAMETERS].map(([name, standard]) => ({
        name,
        key: name,
        value: session.parameters.get(name) ?? standard,
        default: standard,
        level: session.parameters.has(name) ? 'SESSION' : '',
        description: '',
        type: /^(true|false)$/.test(standard) ? 'BOOLEAN' : /^\d+$/.test(standard) ? 'NUMBER' : 'STRING',
      })),
  },
  VARIABLES: {
    columns: 'session_id created_on updated_on name value type comment',
    rows: (session) =>
      [...session.variables].map(([name, { type, value }]) => ({
        session_id: session.id,
        created_on: null,
        updated_on: null,
        name,
        value: value === null ? null : String(value),
        type: type.kind === 'NUMBER' ? 'fixed' : type.kind === 'VARCHAR' ? 'text' : type.kind.toLowerCase(),
        comment: '',
      })),
  },
};

/** Every database has an INFORMATION_SCHEMA, which nobody made. */
function allSchemas(session: EngineSession): SchemaRecord[] {
  const { databases, schemas } = session.account.objects;
  const virtual = [...databases.values()].map((each) => informationSchema(each.name, each.created));
  return [...schemas.values(), ...virtual];
}

/** The columns that name an object and say where it is. */
function placed(each: {
  created: number;
  name: string;
  database: string;
  schema: string;
  owner: string;
  comment: string;
}): Row {
  return {
    created_on: micros(each.created),
    name: each.name,
    database_name: each.database,
    schema_name: each.schema,
    owner: each.owner,
    comment: each.comment,
    owner_role_type: 'ROLE',
  };
}

export function tablesOf(session: EngineSession, kind: 'TABLE' | 'VIEW'): TableRecord[] {
  return [...session.account.objects.tables.values(), ...session.temporary.values()].filter(
    (each) => each.kind === kind,
  );
}

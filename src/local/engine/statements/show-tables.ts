/**
 * What SHOW lists of what is in a schema: tables, views, sequences, columns, with the columns of an account.
 * https://docs.snowflake.com/en/sql-reference/sql/show-tables, show-views, show-objects, show-sequences, show-columns
 */
import type { ColumnRecord, TableRecord } from '../../catalog/objects';
import { INTEGER } from '../../values';
import type { EngineSession } from '../account';
import { DATED, type Kind, micros, type Row, yesNo } from './show-table';

const TERSE = 'created_on name kind database_name schema_name';
const COUNTED = { ...DATED, rows: INTEGER, bytes: INTEGER };

export const IN_SCHEMAS: Record<'TABLES' | 'VIEWS' | 'OBJECTS' | 'SEQUENCES' | 'COLUMNS', Kind> = {
  TABLES: {
    columns:
      'created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time automatic_clustering ' +
      'change_tracking search_optimization search_optimization_progress search_optimization_bytes is_external ' +
      'enable_schema_evolution owner_role_type is_event is_hybrid is_iceberg is_dynamic is_immutable is_interactive ' +
      'row_timestamp error_logging',
    types: { ...COUNTED, search_optimization_bytes: INTEGER },
    terse: TERSE,
    rows: (session) =>
      tablesOf(session, 'TABLE').map((each) => ({
        ...placed(each),
        kind: each.durability,
        cluster_by: each.clusterBy,
        retention_time: '1',
        automatic_clustering: each.clusterBy === '' ? 'OFF' : 'ON',
        ...{
          change_tracking: 'OFF',
          search_optimization: 'OFF',
          is_external: 'N',
          enable_schema_evolution: 'N',
        },
        ...{ is_event: 'N', is_hybrid: 'N', is_iceberg: 'N', is_dynamic: 'N', is_immutable: 'N' },
        ...{ is_interactive: 'N', row_timestamp: 'OFF', error_logging: 'OFF' },
      })),
  },
  VIEWS: {
    columns:
      'created_on name reserved database_name schema_name owner comment text is_secure is_materialized owner_role_type change_tracking',
    types: DATED,
    terse: TERSE,
    rows: (session) =>
      tablesOf(session, 'VIEW').map((each) => ({
        ...placed(each),
        kind: 'VIEW',
        reserved: '',
        text: each.text ?? '',
        is_secure: String(each.secure ?? false),
        is_materialized: 'false',
        change_tracking: 'OFF',
      })),
  },
  OBJECTS: {
    columns:
      'created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time owner_role_type ' +
      'is_hybrid is_dynamic is_iceberg is_interactive',
    types: COUNTED,
    terse: TERSE,
    rows: (session) =>
      [...tablesOf(session, 'TABLE'), ...tablesOf(session, 'VIEW')].map((each) => ({
        ...placed(each),
        // Whether a table is transient is not told here.
        kind: each.kind,
        cluster_by: each.clusterBy,
        retention_time: each.kind === 'TABLE' ? '1' : '',
        ...{ is_hybrid: 'N', is_dynamic: 'N', is_iceberg: 'N', is_interactive: 'N' },
      })),
  },
  SEQUENCES: {
    columns:
      'name database_name schema_name next_value interval created_on owner comment owner_role_type ordered',
    types: { ...DATED, next_value: INTEGER, interval: INTEGER },
    terse: null,
    rows: (session) =>
      [...session.account.objects.sequences.values()].map((each) => ({
        ...placed(each),
        next_value: null,
        interval: each.step,
        ordered: yesNo(each.ordered ?? false),
      })),
  },
  COLUMNS: {
    columns:
      'table_name schema_name column_name data_type null? default kind expression comment database_name autoincrement ' +
      'schema_evolution_record write_default',
    terse: null,
    rows: (session) =>
      [...tablesOf(session, 'TABLE'), ...tablesOf(session, 'VIEW')].flatMap((table) =>
        table.columns.map((column) => ({
          name: column.name,
          table_name: table.name,
          schema_name: table.schema,
          column_name: column.name,
          data_type: JSON.stringify(dataType(column)),
          'null?': column.nullable ? 'true' : 'NOT_NULL',
          default: column.default ?? '',
          kind: 'COLUMN',
          expression: '',
          comment: column.comment ?? '',
          database_name: table.database,
          autoincrement: column.autoincrement ? identity(column.autoincrement) : '',
        })),
      ),
  },
};

const MOST_CHARACTERS = 16_777_216;
const MOST_BYTES = 8_388_608;

/** The type of a column in SHOW COLUMNS: a word for all texts, one for each of the two kinds of numbers. */
function dataType({ type, nullable }: ColumnRecord): Record<string, unknown> {
  switch (type.kind) {
    case 'NUMBER':
      return { type: 'FIXED', precision: type.precision, scale: type.scale, nullable };
    case 'FLOAT':
      return { type: 'REAL', nullable };
    case 'VARCHAR': {
      const length = type.length ?? MOST_CHARACTERS;
      return {
        type: 'TEXT',
        length,
        byteLength: Math.min(4 * length, MOST_CHARACTERS),
        nullable,
        fixed: false,
      };
    }
    case 'BINARY':
      return { type: 'BINARY', length: MOST_BYTES, byteLength: MOST_BYTES, nullable, fixed: true };
    case 'TIME':
    case 'TIMESTAMP_NTZ':
    case 'TIMESTAMP_LTZ':
    case 'TIMESTAMP_TZ':
      return { type: type.kind, precision: 0, scale: 9, nullable };
    default:
      return { type: type.kind, nullable };
  }
}

/** `IDENTITY START 1 INCREMENT 1 NOORDER`: where values come from that an INSERT leaves out. */
export function identity({ start, step, ordered }: NonNullable<ColumnRecord['autoincrement']>): string {
  return `IDENTITY START ${start} INCREMENT ${step} ${ordered ? 'ORDER' : 'NOORDER'}`;
}

/** The columns that name an object and say where it is and whose. */
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

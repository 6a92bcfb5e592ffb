/** Records of the objects that the engine itself keeps. Times are milliseconds since 1970, UTC. */
import type { SqlType } from '../values';
import type { Catalog, Collection } from '../engine/contract';

export interface DatabaseRecord {
  name: string;
  created: number;
  owner: string;
  comment: string;
  transient: boolean;
}

export interface SchemaRecord extends DatabaseRecord {
  database: string;
}

export interface ColumnRecord {
  name: string;
  type: SqlType;
  nullable: boolean;
  /** The default's expression as written. */
  default?: string;
  /** DuckDB's name of the sequence behind AUTOINCREMENT. */
  autoincrement?: { sequence: string; start: number; step: number; ordered?: boolean };
  comment?: string;
  primaryKey?: boolean;
  uniqueKey?: boolean;
}

export interface TableRecord {
  kind: 'TABLE' | 'VIEW';
  database: string;
  schema: string;
  name: string;
  columns: ColumnRecord[];
  comment: string;
  created: number;
  owner: string;
  /** PERMANENT, TRANSIENT or TEMPORARY. */
  durability: 'TABLE' | 'TRANSIENT' | 'TEMPORARY';
  clusterBy: string;
  /** DuckDB's qualified name, of tables. */
  duckName: string;
  /** The query, of views, and the whole statement as GET_DDL and SHOW VIEWS give it. */
  query?: string;
  text?: string;
  secure?: boolean;
}

export interface SequenceRecord {
  database: string;
  schema: string;
  name: string;
  start: number;
  step: number;
  /** ORDER. */
  ordered?: boolean;
  duckName: string;
  created: number;
  owner: string;
  comment: string;
}

export interface WarehouseRecord {
  name: string;
  size: string;
  type: string;
  autoSuspend: number | null;
  autoResume: boolean;
  suspended: boolean;
  /** When it was last resumed, and last changed; since it was made where it is left out. */
  resumed?: number;
  updated?: number;
  /** STATEMENT_TIMEOUT_IN_SECONDS, where it was set. */
  statementTimeout?: number;
  comment: string;
  created: number;
  owner: string;
}

export interface PrincipalRecord {
  name: string;
  comment: string;
  created: number;
  owner: string;
  properties: Record<string, string>;
}

export interface Objects {
  databases: Collection<DatabaseRecord>;
  schemas: Collection<SchemaRecord>;
  /** Tables and views share names. */
  tables: Collection<TableRecord>;
  sequences: Collection<SequenceRecord>;
  warehouses: Collection<WarehouseRecord>;
  roles: Collection<PrincipalRecord>;
  users: Collection<PrincipalRecord>;
}

export function objectsOf(catalog: Catalog): Objects {
  return {
    databases: catalog.collection('databases'),
    schemas: catalog.collection('schemas'),
    tables: catalog.collection('tables'),
    sequences: catalog.collection('sequences'),
    warehouses: catalog.collection('warehouses'),
    roles: catalog.collection('roles'),
    users: catalog.collection('users'),
  };
}

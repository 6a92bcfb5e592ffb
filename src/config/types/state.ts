/** The run log that a deployment reads. */
import type { LAYOUT_NAMES } from '../layout-names';

export type StateConfig = AuditTablesConfig | ExecutionHistoryConfig;

/** A run log that is known column by column: `o2c`, `elementary` or `dbt_artifacts`. */
export type LayoutName = (typeof LAYOUT_NAMES)[number];

/** Run logs that dbt hooks write: one table of runs, one of node results. */
export interface AuditTablesConfig {
  kind: 'audit-tables';
  /** A layout known by name, or the user's own tables and columns. */
  layout: LayoutName | CustomLayout;
  /** Database of the log tables. Default: the deployment's. */
  database?: string;
  /** Schema of the log tables. Default: the deployment's. */
  schema?: string;
  /** Only these rows are ours: `environment` is compared with the layout's environment column (dbt's target name). */
  where?: { environment?: string };
  /** Time zone of each time column, an IANA name. Default UTC. */
  zones?: { startedAt?: string; endedAt?: string };
  /** Width of the selection column, in characters. Default: the layout's (500 in o2c), else none. */
  selectionWidth?: number;
  /**
   * Columns of a preset layout that the log's tables do not have, because an older version of the package or of the hooks
   * made them: `['PROJECT_NAME', 'YAML_SELECTOR']`. What each costs: docs/log-layouts.md. Default: none.
   */
  absentColumns?: string[];
}

/** The user's own log tables. A column that does not exist is left out; what that costs is warned about by name. */
export interface CustomLayout {
  runs: {
    table: string;
    runId: string;
    startedAt: string;
    endedAt?: string;
    /** Without it the outcome is derived from the node results. */
    status?: string;
    project?: string;
    environment?: string;
    /** The dbt command: `build`, `run`, ..., or the whole command line, of which the command is read. */
    command?: string;
    /** The `--select` values: joined by commas or white space, a JSON list, or a list as Python prints it. */
    selection?: string;
    /** The whole command line, where there is no column of the selection: `--select` and `--exclude` are read from it. */
    commandLine?: string;
    /** The `--exclude` values. With it somebody's partial build is told from the job's own. */
    exclude?: string;
    /** Name of a YAML selector (`--selector`), likewise. */
    yamlSelector?: string;
    /** Column by which old rows are skipped, so that partitions are pruned: a timestamp of when the row was written. */
    createdAt?: string;
    /** Number of failed tests, where the log counts but does not name them. */
    testsFailed?: string;
  };
  nodes: {
    table: string;
    runId: string;
    /** The node's name. */
    name: string;
    /**
     * What `name` holds: the name that dbt's selectors match, a `unique_id` (also recognised where `name` is said), or
     * the relation (`DB.SCHEMA.NAME`, the last part counts). @default name
     */
    nameIs?: 'name' | 'unique_id' | 'relation';
    status: string;
    startedAt?: string;
    endedAt?: string;
    /** `model`, `seed`, `snapshot`, `test`. Without it a `unique_id` says so, and any other name is taken for a model. */
    resourceType?: string;
    /** The error message of a node. */
    message?: string;
    /** Column by which old rows are skipped, so that partitions are pruned: a timestamp of when the row was written. */
    createdAt?: string;
  };
  /**
   * Words of the status columns, any case. Every other word of a run counts as failed, of a node as skipped; `skipped`
   * names those for which that is right, so that nobody is warned of them. Defaults: dbt's own and those of the o2c layout.
   */
  statuses?: { succeeded?: string[]; failed?: string[]; running?: string[]; skipped?: string[] };
}

/** Snowflake's own DBT_PROJECT_EXECUTION_HISTORY: no audit tables, seven days. Only with `executeDbtProject`. */
export interface ExecutionHistoryConfig {
  kind: 'execution-history';
}

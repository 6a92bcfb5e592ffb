// What starts dbt.

export type RunnerConfig = ExecuteDbtProjectConfig | ProcedureRunnerConfig;

/** `EXECUTE DBT PROJECT`. https://docs.snowflake.com/en/sql-reference/sql/execute-dbt-project */
export interface ExecuteDbtProjectConfig {
  kind: 'execute-dbt-project';
  /** The dbt project object, up to three parts; missing parts are the deployment's database and schema. */
  object: string;
  /** DBT_VERSION. Default: the object's. */
  dbtVersion?: string;
  /** ENV_VARS; keys are upper case and start with DBT_. Never a secret: the values stand in the generated SQL. */
  envVars?: Record<string, string>;
  /** WRITEBACK. Default: the object's. */
  writeback?: boolean;
}

/** A procedure that takes the project's name and the dbt command line: `CALL <procedure>('<project>', 'dbt build')`. */
export interface ProcedureRunnerConfig {
  kind: 'procedure';
  /** Name of the procedure, up to three parts; `SYSTEM$...` names are left as they are. */
  procedure: string;
}

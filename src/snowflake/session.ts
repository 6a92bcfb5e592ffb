/** The smallest view of a Snowflake connection: what `apply`, `plan`, `history` and `doctor` need of it. */
export interface Session {
  /**
   * Runs one statement, never split.
   * @returns rows with the column names as Snowflake returns them (upper case unless quoted), and the query id
   * @throws SnowflakeStatementError with Snowflake's code, SQLSTATE, wording and query id
   */
  run(sql: string, binds?: readonly BindValue[]): Promise<StatementResult>;
  close(): Promise<void>;
}

export type BindValue = string | number | boolean | null;

export interface StatementResult {
  rows: Record<string, unknown>[];
  queryId: string;
}

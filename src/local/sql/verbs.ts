/** Words that a SQL statement starts with. https://docs.snowflake.com/en/sql-reference/sql-all */
export const VERBS: ReadonlySet<string> = new Set(
  `ALTER BEGIN CALL COMMENT COMMIT COPY CREATE DELETE DESC DESCRIBE DROP EXECUTE EXPLAIN GET GRANT INSERT LIST LS MERGE PUT
   REMOVE REVOKE RM ROLLBACK SELECT SET SHOW START TRUNCATE UNDROP UNSET UPDATE USE WITH VALIDATE`.split(
    /\s+/,
  ),
);

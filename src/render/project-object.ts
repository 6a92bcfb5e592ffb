/** The dbt project object whose executions are the state, and the function that lists them. */
import type { Deployment, ExecuteDbtProjectRunner } from '../model/deployment';

/** The config has seen to it that there is one. */
export function projectObject({ runner }: Deployment): ExecuteDbtProjectRunner['object'] {
  if (runner.kind !== 'execute-dbt-project') throw new Error('history needs a dbt project object');
  return runner.object;
}

/** https://docs.snowflake.com/en/sql-reference/functions/dbt_project_execution_history */
export function historyFunction(_: Deployment): string {
  return 'SNOWFLAKE.INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY';
}

/** The statement that starts dbt. https://docs.snowflake.com/en/sql-reference/sql/execute-dbt-project */
import type { Deployment, ExecuteDbtProjectRunner } from '../model/deployment';
import { constant, qualified, runnerProcedure } from '../sql-text';
import type { Templates } from './templates';

/** @returns Scripting statements that send the variable `line` */
export function startDbt({ runner, state }: Deployment, templates: Templates): string {
  if (runner.kind === 'procedure') return `CALL ${runnerProcedure(runner)}(:project, :line);`;
  return templates.render('procedure/execute-dbt-project', {
    start: `EXECUTE DBT PROJECT ${qualified(runner.object)}`,
    clauses: versionAndVariables(runner),
    imports: state.kind === 'execution-history',
    writeback: runner.writeback === null ? '' : ` WRITEBACK = ${runner.writeback ? 'TRUE' : 'FALSE'}`,
  });
}

/** The clauses between ARGS and IMPORTS, in the order of Snowflake's page. */
function versionAndVariables({ dbtVersion, envVars }: ExecuteDbtProjectRunner): string[] {
  const version = dbtVersion === null ? [] : [` DBT_VERSION = ${constant(dbtVersion)}`];
  if (envVars.length === 0) return version;
  const pairs = envVars.map(
    ({ name, value }, at) =>
      `${constant(name)} = ${constant(value)}${at === envVars.length - 1 ? ')' : ', '}`,
  );
  return [...version, ' ENV_VARS = (', ...pairs];
}

/** The dbt project that is executed. https://docs.snowflake.com/en/user-guide/data-engineering/dbt-projects-on-snowflake-live-version */
import { qualified } from '../sql-text';
import { finding, type Finding } from './finding';
import type { DeploymentFacts } from './facts';

export function checkProject({ deployment, project, grants }: DeploymentFacts): Finding[] {
  const { runner, state, database, schema } = deployment;
  if (runner.kind !== 'execute-dbt-project') return [];
  const name = qualified(runner.object);
  if (project === null) {
    return [
      finding(
        'PROJECT_MISSING',
        name,
        'the dbt project is not there, or not visible to this role',
        'deploy it, or grant USAGE and MONITOR on it',
      ),
    ];
  }
  const found: Finding[] = [];
  const { defaultVersion } = project;
  if (
    state.kind === 'execution-history' &&
    defaultVersion !== null &&
    defaultVersion.toUpperCase() !== 'LIVE'
  ) {
    found.push(
      finding(
        'NOT_LIVE_VERSION',
        name,
        `its default version is ${defaultVersion}: a retry imports what an earlier run left, which only a live version takes`,
        `SELECT SYSTEM$MIGRATE_DBT_PROJECT('${name.replaceAll("'", "''")}'), or deploy it anew`,
      ),
    );
  }
  if (runner.object.database !== database || runner.object.schema !== schema) {
    found.push(
      finding(
        'PROJECT_IN_OTHER_SCHEMA',
        name,
        `the tasks are in ${database}.${schema}`,
        'Snowflake wants a task and the dbt project that it executes in one schema',
      ),
    );
  }
  found.push(
    finding(
      'DBT_ROLE_NOT_SEEN',
      name,
      "dbt runs with the role of its own profile, which stands in the project's files",
      `see that role ${grants.role} may use that role, and that both may use the warehouse`,
    ),
  );
  return found;
}

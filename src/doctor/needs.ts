/** What the role that owns the tasks needs for a run to work. https://docs.snowflake.com/en/user-guide/security-access-control-privileges */
import type { Deployment, ObjectName } from '../model/deployment';
import { recordsFailures } from '../model/policy';
import { identifier, qualified } from '../sql-text';

export interface Need {
  privilege: string;
  /** As SHOW GRANTS writes it, `DBT PROJECT`; several where the kind is not known. */
  on: string[];
  /** '' for the account. */
  name: string;
  why: string;
}

/** A log may be any of these, and one name is only one of them. */
const TABLES = [
  'TABLE',
  'VIEW',
  'DYNAMIC TABLE',
  'ICEBERG TABLE',
  'EXTERNAL TABLE',
  'EVENT TABLE',
  'MATERIALIZED VIEW',
];

export function needsOf(deployment: Deployment): Need[] {
  const { runner, state, notification } = deployment;
  const tasks = deployment.graphs.flatMap(({ root, children }) => [root, ...children]);
  const needs: Need[] = [];
  const add = (privilege: string, on: string | string[], name: string, why: string): void => {
    if (
      !needs.some(
        (need) => need.privilege === privilege && need.name === name && need.on[0] === [on].flat()[0],
      )
    )
      needs.push({ privilege, on: [on].flat(), name, why });
  };
  const reach = ({ database, schema }: Pick<ObjectName, 'database' | 'schema'>): void => {
    add('USAGE', 'DATABASE', identifier(database), 'to reach what is in it');
    add('USAGE', 'SCHEMA', `${identifier(database)}.${identifier(schema)}`, 'to reach what is in it');
  };
  if (tasks.length > 0) add('EXECUTE TASK', 'ACCOUNT', '', 'tasks run with the rights of their owner');
  for (const { warehouse } of tasks) {
    if (warehouse === null) add('EXECUTE MANAGED TASK', 'ACCOUNT', '', 'a task has no warehouse');
    else add('USAGE', 'WAREHOUSE', identifier(warehouse), 'the tasks run there');
  }
  reach(deployment);
  if (runner.kind === 'execute-dbt-project') {
    reach(runner.object);
    add('USAGE', 'DBT PROJECT', qualified(runner.object), 'to execute it');
    if (state.kind === 'execution-history')
      add(
        'MONITOR',
        'DBT PROJECT',
        qualified(runner.object),
        'to see its runs: without it every call is a first run',
      );
  } else if (!('system' in runner.procedure)) {
    reach(runner.procedure);
    add('USAGE', 'PROCEDURE', qualified(runner.procedure), 'it starts dbt');
  }
  if (state.kind === 'audit-tables') {
    for (const table of [state.runs.table, ...state.nodes.tables.map((each) => each.table)]) {
      reach(table);
      add('SELECT', TABLES, qualified(table), 'to read what failed');
    }
    if (recordsFailures(deployment)) {
      for (const privilege of ['INSERT', 'UPDATE'])
        add(privilege, TABLES, qualified(state.runs.table), 'to write down a run that dbt failed');
    }
  }
  if (notification !== null)
    add('USAGE', 'INTEGRATION', identifier(notification.integration), 'to send what it has to say');
  return needs;
}

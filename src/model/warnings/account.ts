/** Doubts about what the account has and allows. */
import { sameName } from '../names';
import { warning, type WarningRule } from './context';

export const undocumentedRunner: WarningRule = ({ deployment: { runner } }) => {
  if (runner.kind !== 'procedure' || !('system' in runner.procedure)) return [];
  return [
    warning(
      'UNDOCUMENTED_RUNNER',
      ['runner'],
      `${runner.procedure.system} is in no Snowflake documentation`,
      "check that your account has it: SELECT or CALL it once by hand; executeDbtProject({ object: '...' }) is what Snowflake documents",
    ),
  ];
};

/** https://docs.snowflake.com/en/user-guide/security-access-control-considerations */
export const PRIVILEGED_ROLES: readonly string[] = [
  'ACCOUNTADMIN',
  'SECURITYADMIN',
  'SYSADMIN',
  'ORGADMIN',
  'USERADMIN',
  'GLOBALORGADMIN',
];

export const privilegedRole: WarningRule = ({ deployment: { connection, grants }, config }) => {
  const owner =
    connection.role !== null && PRIVILEGED_ROLES.includes(connection.role) ? [connection.role] : [];
  const keys = Object.keys(config.grants ?? {});
  return [
    ...owner.map((role) =>
      warning(
        'PRIVILEGED_ROLE',
        ['connection', 'role'],
        `${role} would own the procedure, and the tasks would run with all its rights`,
        'use a role of its own with just what dbt needs',
      ),
    ),
    ...grants.flatMap(({ role }, index) =>
      PRIVILEGED_ROLES.includes(role)
        ? [
            warning(
              'PRIVILEGED_ROLE',
              ['grants', keys[index] ?? role],
              `${role} is an administrator's role`,
              'grant to the roles that people and pipelines work with; administrators inherit from them',
            ),
          ]
        : [],
    ),
  ];
};

export const projectInOtherSchema: WarningRule = ({ deployment: { runner, database, schema } }) => {
  if (runner.kind !== 'execute-dbt-project') return [];
  const { object } = runner;
  if (sameName(object, { database, schema, name: object.name })) return [];
  return [
    warning(
      'PROJECT_IN_OTHER_SCHEMA',
      ['runner', 'object'],
      `the dbt project object is in ${object.database}.${object.schema}, the tasks are in ${database}.${schema}`,
      'Snowflake asks for a task in the same database and schema as the dbt project it runs',
    ),
  ];
};

/**
 * The functions over artifacts and logs. https://docs.snowflake.com/en/sql-reference/functions/system_get_dbt_log,
 * https://docs.snowflake.com/en/sql-reference/functions/system_locate_dbt_archive,
 * https://docs.snowflake.com/en/sql-reference/functions/system_supported_dbt_versions
 */
import type { SystemFunction } from '../../engine/contract';
import { unsupported } from '../../errors';
import { VARCHAR } from '../../values';
import {
  artifactsOf,
  executionWith,
  LAST_RUN_FUNCTIONS,
  lastRun,
  locatedExecution,
  targetOf,
} from '../artifacts';
import { DBT_VERSIONS } from '../projects';
import { optionalInteger, optionalText } from './arguments';

export const artifactFunctions: SystemFunction[] = [
  {
    name: 'SYSTEM$LOCATE_DBT_ARTIFACTS',
    returns: VARCHAR,
    call: (args, session) =>
      artifactsOf(locatedExecution(optionalText(args, 0), 'SYSTEM$LOCATE_DBT_ARTIFACTS', session)),
  },
  {
    name: 'SYSTEM$LOCATE_DBT_ARCHIVE',
    returns: VARCHAR,
    call: (args, session) =>
      `${artifactsOf(locatedExecution(optionalText(args, 0), 'SYSTEM$LOCATE_DBT_ARCHIVE', session))}dbt_artifacts.zip`,
  },
  {
    name: 'SYSTEM$GET_DBT_LOG',
    returns: VARCHAR,
    call: (args, session) => {
      const { log } = executionWith(optionalText(args, 0), 'SYSTEM$GET_DBT_LOG', session);
      return log
        .trimEnd()
        .split('\n')
        .slice(-(optionalInteger(args, 1) ?? 1000))
        .join('\n');
    },
  },
  {
    name: 'SYSTEM$SUPPORTED_DBT_VERSIONS',
    returns: VARCHAR,
    call: () => JSON.stringify(DBT_VERSIONS.map((version) => ({ dbt_version: version }))),
  },
  ...Object.keys(LAST_RUN_FUNCTIONS).map((name): SystemFunction => ({
    name,
    returns: VARCHAR,
    call: (args, session) => {
      if (optionalText(args, 2) !== null) throw unsupported(`${name} with a target path`);
      const execution = lastRun(name, optionalText(args, 0), optionalText(args, 1), session);
      return execution ? targetOf(execution) : null;
    },
  })),
];

/**
 * SYSTEM$DBT_RUN as the seed's deployment calls it. Snowflake documents no such procedure, so an account of the local
 * Snowflake has none either until SYSTEM$LOCAL_DBT_RUN_ENABLE(true).
 */
import { createHash } from 'node:crypto';
import type { BuiltInProcedure, Catalog, SystemFunction } from '../../engine/contract';
import { SnowflakeError } from '../../errors';
import { VARCHAR } from '../../values';
import { executionsOf } from '../executions';
import { invokeDbt } from '../invoke';
import { projectCalled } from '../projects';
import { optionalBoolean, requiredText } from './arguments';

interface Setting {
  enabled: boolean;
  /** Calls so far: their runs need ids of their own. */
  calls: number;
}

function settings(catalog: Catalog) {
  return catalog.collection<Setting>('dbt run procedure');
}

export const dbtRunEnable: SystemFunction = {
  name: 'SYSTEM$LOCAL_DBT_RUN_ENABLE',
  returns: VARCHAR,
  call: async (args, session) => {
    const enabled = optionalBoolean(args, 0) ?? true;
    const { catalog } = session.account;
    await settings(catalog).set('setting', { calls: 0, ...settings(catalog).get('setting'), enabled });
    return `SYSTEM$DBT_RUN ${enabled ? 'exists' : 'does not exist'}`;
  },
};

/** `CALL SYSTEM$DBT_RUN('<project>', 'dbt build --select a+')`: raises when dbt fails. */
export const dbtRun: BuiltInProcedure = {
  name: 'SYSTEM$DBT_RUN',
  returns: VARCHAR,
  call: async (args, session) => {
    const { catalog } = session.account;
    const setting = settings(catalog).get('setting');
    if (!setting?.enabled) {
      throw new SnowflakeError('002140', '42601', 'SQL compilation error:\nUnknown function SYSTEM$DBT_RUN');
    }
    const project = projectCalled(requiredText(args, 0, 'the project'), session);
    const command = requiredText(args, 1, 'the command')
      .trim()
      .replace(/^dbt(?:\s+|$)/, '');
    const calls = setting.calls + 1;
    await settings(catalog).set('setting', { ...setting, calls });
    const queryId = idOfCall(calls, executionsOf(catalog).size);
    return invokeDbt(project, { queryId, args: command }, session);
  },
};

/** A procedure is not told its query id, and two calls of one statement need two. */
function idOfCall(calls: number, executions: number): string {
  const hex = createHash('sha256').update(`SYSTEM$DBT_RUN ${calls} ${executions}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** `runner` of the config -> how dbt is started. */
import type { ProblemSink } from '../config/problems';
import { wideCharacter } from '../config/characters';
import { showValue } from '../config/problems';
import type { ExecuteDbtProjectConfig, RunnerConfig } from '../config/types';
import type { ProcedureRunner, Runner } from './deployment';
import { parseObjectName } from './names';
import { readObjectName, type Home } from './read-names';

const SYSTEM_PROCEDURE = /^SYSTEM\$[A-Z0-9_]+$/i;
/** https://docs.snowflake.com/en/sql-reference/sql/execute-dbt-project */
const ENV_VAR_NAME = /^DBT_[A-Z0-9_]+$/;

export function resolveRunner(config: RunnerConfig, home: Home, problems: ProblemSink): Runner {
  if (config.kind === 'procedure') {
    return { kind: 'procedure', procedure: readProcedure(config.procedure, home, problems) };
  }
  if (config.dbtVersion !== undefined && !/^[0-9A-Za-z.+-]+$/.test(config.dbtVersion)) {
    problems.add(
      ['dbtVersion'],
      `${showValue(config.dbtVersion)} is not a dbt version`,
      "write it as '1.9.4'",
    );
  }
  return {
    kind: 'execute-dbt-project',
    object: readObjectName(config.object, home, problems, ['object']),
    dbtVersion: config.dbtVersion ?? null,
    envVars: envVars(config, problems),
    writeback: config.writeback ?? null,
  };
}

/** `SYSTEM$...` is no schema's. */
function readProcedure(text: string, home: Home, problems: ProblemSink): ProcedureRunner['procedure'] {
  if (SYSTEM_PROCEDURE.test(text)) return { system: text.toUpperCase() };
  if (!parseObjectName(text, home).ok && text.includes('(')) {
    problems.add(
      ['procedure'],
      `${showValue(text)} holds arguments`,
      'give only the name: project and command are passed',
    );
    return { ...home, name: text };
  }
  return readObjectName(text, home, problems, ['procedure']);
}

function envVars(config: ExecuteDbtProjectConfig, problems: ProblemSink): { name: string; value: string }[] {
  return Object.entries(config.envVars ?? {}).map(([name, value]) => {
    if (!ENV_VAR_NAME.test(name)) {
      const hint = 'Snowflake takes upper-case names that start with DBT_';
      problems.add(
        ['envVars', name],
        `${showValue(name)} is not a valid name of an environment variable`,
        hint,
      );
    } else if (wideCharacter(value) !== null) {
      problems.add(
        ['envVars', name],
        `the value holds ${wideCharacter(value)}`,
        'leave emoji and the like out',
      );
    }
    return { name, value };
  });
}

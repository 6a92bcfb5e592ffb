/** `runner` of the config -> how dbt is started. */
import type { ProblemSink } from '../config/problems';
import { showValue } from '../config/problems';
import type { ExecuteDbtProjectConfig, RunnerConfig } from '../config/types';
import type { Runner } from './deployment';
import { RESERVED_WORDS, hasControlCharacter, parseObjectName } from './names';
import { readObjectName, type Home } from './read-names';

const SYSTEM_PROCEDURE = /^SYSTEM\$[A-Z0-9_$]+$/i;
/** https://docs.snowflake.com/en/sql-reference/sql/execute-dbt-project */
const ENV_VAR_NAME = /^DBT_[A-Z0-9_]+$/;
const SECRET =
  /SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|(^|_)(KEY|PWD|PAT)(_|$)/;

export function resolveRunner(config: RunnerConfig, home: Home, problems: ProblemSink): Runner {
  if (config.kind === 'procedure') {
    return { kind: 'procedure', procedure: procedureName(config.procedure, home, problems) };
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

/** The name ready for SQL: fully qualified, quoted where it has to be; `SYSTEM$...` is no schema's. */
function procedureName(text: string, home: Home, problems: ProblemSink): string {
  if (SYSTEM_PROCEDURE.test(text)) return text.toUpperCase();
  if (!parseObjectName(text, home).ok && text.includes('(')) {
    problems.add(
      ['procedure'],
      `${showValue(text)} holds arguments`,
      'give only the name: project and command are passed',
    );
    return text;
  }
  const { database, schema, name } = readObjectName(text, home, problems, ['procedure']);
  return [database, schema, name].map(sqlName).join('.');
}

function sqlName(name: string): string {
  const plain = /^[A-Z_][A-Z0-9_$]*$/.test(name) && !RESERVED_WORDS.has(name);
  return plain ? name : `"${name.replaceAll('"', '""')}"`;
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
    } else if (SECRET.test(name)) {
      // The value would stand in generated SQL, in git and in the query history: it is not repeated here either.
      problems.add(
        ['envVars', name],
        `${showValue(name)} looks like a secret, and the values stand in the generated SQL`,
        'give dbt the secret in Snowflake, not in this config; rename the variable if it is none',
      );
    } else if (hasControlCharacter(value)) {
      problems.add(['envVars', name], 'the value holds control characters', 'leave them out');
    }
    return { name, value };
  });
}

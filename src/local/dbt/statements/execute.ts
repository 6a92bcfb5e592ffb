/** EXECUTE DBT PROJECT. https://docs.snowflake.com/en/sql-reference/sql/execute-dbt-project */
import { keyOf, qualify } from '../../catalog/names';
import type { Session, StatementHandler } from '../../engine/contract';
import { SnowflakeError, unsupported } from '../../errors';
import { TokenReader } from '../../sql/token-reader';
import { BOOLEAN, type QueryResult, VARCHAR } from '../../values';
import { readImports } from '../imports';
import { invokeDbt } from '../invoke';
import type { Invocation } from '../perform';
import { type DbtProject, locationOf, projectNamed, projectsOf } from '../projects';
import { dbtVersion, duplicate, nameList } from './properties';
import { startsWith } from './words';

export const executeStatement: StatementHandler = {
  name: 'EXECUTE DBT PROJECT',
  matches: (tokens) => startsWith(tokens, 'EXECUTE', 'DBT', 'PROJECT'),
  async run({ text, tokens, queryId }, session) {
    const reader = new TokenReader(text, tokens);
    reader.expect('EXECUTE', 'DBT', 'PROJECT');
    const ifExists = reader.accept('IF', 'EXISTS');
    if (reader.sees('FROM', 'WORKSPACE')) throw unsupported('EXECUTE DBT PROJECT FROM WORKSPACE');
    refuseWhereSnowflakeDoes(session);
    const name = qualify(reader.name(), session);
    const exists = projectsOf(session.account.catalog).get(keyOf(name)) !== undefined;
    if (!exists && ifExists) return skipped();
    const project = projectNamed([name.database, name.schema, name.name], session);
    const request = readRequest(reader, queryId, session);
    return succeeded(project, queryId, await invokeDbt(project, request, session));
  },
};

/**
 * https://docs.snowflake.com/en/user-guide/data-engineering/dbt-projects-on-snowflake-limitations: caller's rights in
 * procedures, a user's own warehouse in tasks.
 */
function refuseWhereSnowflakeDoes(session: Session): void {
  if (session.rights === 'owner') {
    throw new SnowflakeError(
      '090236',
      '42601',
      "Stored procedure execution error: Unsupported statement type 'EXECUTE_DBT_PROJECT'.",
    );
  }
  if (session.task?.serverless) {
    throw new SnowflakeError(
      '000606',
      '57P03',
      'EXECUTE DBT PROJECT cannot run in a serverless task: name a WAREHOUSE in the task.',
    );
  }
}

function readRequest(reader: TokenReader, queryId: string, session: Session): Invocation {
  const request: Invocation = { queryId, args: 'run' };
  const given = new Set<string>();
  while (!reader.done) {
    const property = reader.identifier();
    if (given.has(property)) throw duplicate(property);
    given.add(property);
    if (property === 'PROJECT_ROOT') throw unsupported('EXECUTE DBT PROJECT PROJECT_ROOT');
    reader.expect('=');
    switch (property) {
      case 'ARGS':
        // A literal, says the page: no bind, no variable, no expression.
        request.args = reader.string();
        break;
      case 'DBT_VERSION':
        request.dbtVersion = dbtVersion(reader.string());
        break;
      case 'WRITEBACK':
        request.writeback = reader.boolean();
        break;
      case 'ENVIRONMENT':
        reader.string();
        break;
      case 'ENV_VARS':
        readEnvVars(reader);
        break;
      case 'EXTERNAL_ACCESS_INTEGRATIONS':
        nameList(reader);
        break;
      case 'IMPORTS':
        request.imports = readImports(reader, session);
        break;
      default:
        reader.at -= 2;
        reader.fail();
    }
  }
  return request;
}

/** Checked and passed over: no model here reads a variable. */
function readEnvVars(reader: TokenReader): void {
  const keys = new Set<string>();
  reader.expect('(');
  do {
    const key = reader.string();
    if (keys.has(key)) throw duplicate(key);
    keys.add(key);
    if (!/^DBT_[A-Z0-9_]+$/.test(key)) {
      throw new SnowflakeError(
        '001423',
        '22023',
        `SQL compilation error:\ninvalid key '${key}' in ENV_VARS: upper case, starting with DBT_`,
      );
    }
    reader.expect('=');
    if (reader.sees('?')) reader.next();
    else if (reader.string().trimStart().startsWith('{{')) throw unsupported('an SQL template in ENV_VARS');
  } while (reader.accept(','));
  reader.expect(')');
}

const COLUMNS = [
  { name: '0|1 Success', type: BOOLEAN },
  { name: 'EXCEPTION', type: VARCHAR },
  { name: 'STDOUT', type: VARCHAR },
  { name: 'OUTPUT_ARCHIVE_URL', type: VARCHAR },
];

function succeeded(project: DbtProject, queryId: string, stdout: string): Omit<QueryResult, 'queryId'> {
  const archive = `${locationOf(project)}/results/query_id_${queryId}/dbt_artifacts.zip`;
  return { columns: COLUMNS, rows: [[true, 'None', stdout, archive]] };
}

function skipped(): Omit<QueryResult, 'queryId'> {
  return { columns: [{ name: 'status', type: VARCHAR }], rows: [['Statement executed successfully.']] };
}

/**
 * IMPORTS of EXECUTE DBT PROJECT: the artifacts of an earlier run, mounted below `./imports/<alias>`.
 * https://docs.snowflake.com/en/user-guide/data-engineering/dbt-projects-on-snowflake-slim-ci-defer-to-prod
 */
import type { Session } from '../engine/contract';
import { SnowflakeError, unsupported } from '../errors';
import type { TokenReader } from '../sql/token-reader';
import { LAST_RUN_FUNCTIONS, lastRun, locatedExecution } from './artifacts';
import { type Execution, stateLeftBy } from './executions';
import type { PreviousState } from './selector-methods';
import { duplicate } from './statements/properties';

/** Reads `( <function> AS '<alias>', ... )`. @returns artifacts by the path that `--state` names */
export function readImports(reader: TokenReader, session: Session): Map<string, PreviousState> {
  const imports = new Map<string, PreviousState>();
  reader.expect('(');
  do {
    const { execution, folder } = readSource(reader, session);
    reader.expect('AS');
    const alias = reader.string();
    if (!/^[\w.-]+$/.test(alias)) {
      throw new SnowflakeError(
        '001423',
        '22023',
        `SQL compilation error:\ninvalid alias '${alias}' in IMPORTS`,
      );
    }
    if ([...imports.keys()].some((path) => path.split('/')[1] === alias)) throw duplicate(alias);
    imports.set(`imports/${alias}${folder}`, stateLeftBy(execution, session.account.catalog));
  } while (reader.accept(','));
  reader.expect(')');
  return imports;
}

/** The artifacts of a query have `target/` below them; the last run's target is that directory. */
function readSource(reader: TokenReader, session: Session): { execution: Execution; folder: string } {
  const token = reader.peek();
  if (token?.kind === 'string') throw unsupported(`IMPORTS = ('${token.value}')`);
  const name = reader.identifier();
  reader.expect('(');
  const args = readArguments(reader);
  if (name === 'SYSTEM$LOCATE_DBT_ARTIFACTS') {
    return { execution: locatedExecution(args[0] ?? null, name, session), folder: '/target' };
  }
  if (!(name in LAST_RUN_FUNCTIONS)) throw unsupported(`IMPORTS = (${name}())`);
  const execution = lastRun(name, args[0] ?? null, args[1] ?? null, session);
  if (execution) return { execution, folder: '' };
  throw new SnowflakeError(
    '001044',
    '42P13',
    `IMPORTS: ${name} found no run of '${args[0]}' in the last 7 days.`,
  );
}

function readArguments(reader: TokenReader): string[] {
  const args: string[] = [];
  while (!reader.sees(')')) {
    args.push(reader.string());
    if (!reader.accept(',')) break;
  }
  reader.expect(')');
  return args;
}

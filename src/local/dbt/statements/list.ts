/**
 * LIST of the folder that a run of dbt left its files in: `LIST 'snow://dbt/<db>.<schema>.<project>/results/...'`.
 * https://docs.snowflake.com/en/sql-reference/sql/list,
 * https://docs.snowflake.com/en/sql-reference/functions/system_locate_dbt_artifacts
 */
import { qualify } from '../../catalog/names';
import type { QualifiedName, Session, StatementHandler } from '../../engine/contract';
import { SnowflakeError, unsupported } from '../../errors';
import { splitName, TokenReader } from '../../sql/token-reader';
import { INTEGER, VARCHAR } from '../../values';
import { folderOf } from '../artifacts';
import { isKept, runsOf } from '../executions';
import { filesLeftBy, type RunFile } from '../files';
import { projectNamed } from '../projects';
import { startsWith } from './words';

export const listStatement: StatementHandler = {
  name: 'LIST',
  matches: (tokens) => startsWith(tokens, 'LIST') || startsWith(tokens, 'LS'),
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.next();
    const token = reader.peek();
    if (token?.kind !== 'string' && token?.kind !== 'dollar') throw unsupported('LIST of a stage');
    const { project, prefix } = placeOf(reader.string(), session);
    const matches = reader.accept('PATTERN', '=') ? patternOf(reader.string()) : () => true;
    reader.end();
    const found = filesOf(project, session).filter(({ name }) => name.startsWith(prefix) && matches(name));
    return {
      columns: COLUMNS,
      rows: found.map(({ name, size, md5, modified }) => [name, size, md5, modified]),
    };
  },
};

const COLUMNS = [
  { name: 'name', type: VARCHAR },
  { name: 'size', type: INTEGER },
  { name: 'md5', type: VARCHAR },
  { name: 'last_modified', type: VARCHAR },
];

const PLACE = /^snow:\/\/dbt\/(?<name>(?:"(?:[^"]|"")*"|[^"/])+)\/(?<path>.*)$/s;

/** @throws SnowflakeError for a project that is not there, and for a place that is not modelled */
function placeOf(location: string, session: Session): { project: QualifiedName; prefix: string } {
  const { name, path } = PLACE.exec(location)?.groups ?? {};
  if (name === undefined || path === undefined || !path.startsWith('results/'))
    throw unsupported(`LIST '${location}'`);
  const project = qualify(splitName(name), session);
  projectNamed([project.database, project.schema, project.name], session);
  return { project, prefix: `/${path}` };
}

/** Of all runs whose results are kept, in the order of their names; paths begin below the project's own place. */
function filesOf(project: QualifiedName, session: Session): RunFile[] {
  const { catalog, clock } = session.account;
  const now = Number(clock.now());
  return runsOf(project, catalog)
    .filter((execution) => isKept(execution, now))
    .flatMap((execution) =>
      filesLeftBy(execution, catalog).map((file) => ({
        ...file,
        name: `/${folderOf(execution)}${file.name}`,
      })),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A pattern means the whole name, as in COPY INTO. */
function patternOf(pattern: string): (name: string) => boolean {
  try {
    const whole = new RegExp(`^(?:${pattern})$`, 's');
    return (name) => whole.test(name);
  } catch {
    throw new SnowflakeError('100048', '2201B', `Invalid regular expression: '${pattern}'`);
  }
}

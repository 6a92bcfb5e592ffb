/** The run log in canonical words: what the template of V_AUTO_RESTART_RUNS is filled with. */
import type { AuditTablesState, Deployment } from '../model/deployment';
import { tellsExclude } from '../model/log-abilities';
import { identifier, literal } from '../sql-text';
import { commandWord } from './command';
import { utcInstant } from './instant';
import { SELECT_OPTIONS, argument, normalisedSelection, optionOfLine } from './selection';
import { runSeverity } from './words';

export interface Column {
  name: string;
  /** SQL over the log's own columns, each behind `l.`; all but its first line are indented. */
  expression: string;
}

const INDENT = 8;

type Runs = AuditTablesState['runs'];

/** One value for each row of the log. A column that the log lacks is left to the template. */
export function runColumns({ state, jobs }: Deployment): Column[] {
  if (state.kind !== 'audit-tables') throw new Error('the execution history has a template of its own');
  const { runs, statuses, zones } = state;
  const [job] = jobs;
  const column = (name: string): string => `l.${identifier(name)}`;
  const texts = (name: string): string => `${column(name)}::VARCHAR`;
  const or = (name: string | null, present: (name: string) => string, absent: string): string =>
    name === null ? absent : present(name);
  return [
    { name: 'run_id', expression: texts(runs.runId) },
    {
      name: 'project_name',
      // A log without the column holds one project, which the config has seen to.
      expression: or(
        runs.project,
        (name) => `LOWER(TRIM(${texts(name)}))`,
        literal((job?.project ?? '').toLowerCase()),
      ),
    },
    {
      name: 'environment',
      expression: or(runs.environment, (name) => `LOWER(TRIM(${texts(name)}))`, 'NULL::VARCHAR'),
    },
    { name: 'command', expression: command(runs) },
    { name: 'selection', expression: selection(runs) },
    { name: 'exclusion', expression: exclusion(runs) },
    { name: 'yaml_selector', expression: yamlSelector(runs) },
    { name: 'started_at', expression: utcInstant(column(runs.startedAt), zones.startedAt, INDENT) },
    {
      name: 'ended_at',
      expression: or(
        runs.endedAt,
        (name) => utcInstant(column(name), zones.endedAt, INDENT),
        'NULL::TIMESTAMP_NTZ',
      ),
    },
    { name: 'status', expression: or(runs.status, texts, 'NULL::VARCHAR') },
    {
      name: 'severity',
      expression: or(runs.status, (name) => runSeverity(column(name), statuses, INDENT), 'NULL::NUMBER'),
    },
    { name: 'tests_failed', expression: or(runs.testsFailed, (name) => `COALESCE(${column(name)}, 0)`, '0') },
  ];
}

function command({ command: name, commandLine, args }: Runs): string {
  const logged = name === null ? null : `l.${identifier(name)}::VARCHAR`;
  // dbt logs `dbt retry` as the command it repeats; only the line that was typed tells.
  const typed =
    args !== null
      ? argument(`l.${identifier(args)}`, 'invocation_command')
      : commandLine === null
        ? null
        : `l.${identifier(commandLine)}::VARCHAR`;
  const texts = [typed, logged].filter((text) => text !== null);
  return texts.length === 0 ? 'NULL::VARCHAR' : commandWord(texts, INDENT);
}

function selection({ selection: name, commandLine, args }: Runs): string {
  if (name !== null) return normalisedSelection(`l.${identifier(name)}::VARCHAR`, INDENT);
  if (args !== null) return normalisedSelection(argument(`l.${identifier(args)}`, 'select'), INDENT);
  if (commandLine !== null)
    return normalisedSelection(optionOfLine(`l.${identifier(commandLine)}::VARCHAR`, SELECT_OPTIONS), INDENT);
  return "''";
}

function exclusion({ exclude, commandLine, args }: Runs): string {
  if (exclude !== null) return normalisedSelection(`l.${identifier(exclude)}::VARCHAR`, INDENT);
  if (args !== null) return normalisedSelection(argument(`l.${identifier(args)}`, 'exclude'), INDENT);
  if (commandLine !== null)
    return normalisedSelection(optionOfLine(`l.${identifier(commandLine)}::VARCHAR`, ['--exclude']), INDENT);
  return "''";
}

function yamlSelector({ yamlSelector: name, commandLine, args }: Runs): string {
  const text =
    name !== null
      ? `l.${identifier(name)}::VARCHAR`
      : args !== null
        ? argument(`l.${identifier(args)}`, 'selector')
        : commandLine !== null
          ? optionOfLine(`l.${identifier(commandLine)}::VARCHAR`, ['--selector'])
          : null;
  return text === null ? "''" : normalisedSelection(text, INDENT);
}

/** What the log can tell of a run, as the template says it in every row. */
export function runFacts({ runs, environment }: AuditTablesState): {
  tellsExclude: boolean;
  hasStatus: boolean;
  hasEnd: boolean;
  environment: string | null;
} {
  return {
    tellsExclude: tellsExclude(runs),
    hasStatus: runs.status !== null,
    hasEnd: runs.endedAt !== null,
    environment: environment === null || runs.environment === null ? null : environment.trim().toLowerCase(),
  };
}

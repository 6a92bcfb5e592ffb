/** Whether the log has runs of each job, and else which column says otherwise. */
import { jobScope } from '../decision/scope';
import type { AuditTablesState, Job } from '../model/deployment';
import { tellsCommand, tellsSelection } from '../model/log-abilities';
import { qualified } from '../sql-text';
import { placeOf } from './column-findings';
import { count, inConfig, listed } from './config-words';
import type { LogFacts, RunKind } from './facts';
import { finding, type Finding, type FindingCode } from './finding';
import type { Log, Reader } from './log';

export function jobFindings(
  { state, days }: Log,
  reader: Reader,
  { kinds, rows, times }: LogFacts,
): Finding[] {
  const table = qualified(state.runs.table);
  if (rows === 0) {
    const said =
      'it has no row yet: every job begins as FIRST_RUN, and nothing of it could be compared with the config';
    return [
      finding(
        'LOG_EMPTY',
        table,
        said,
        'if dbt has not run yet, nothing: plan again when it has; else correct state.database, state.schema or the table',
      ),
    ];
  }
  if (times.runs === 0) {
    const said = `none of its ${count(rows, 'row', 'rows')} is of the last ${days} days, which the views look back`;
    return [
      finding(
        'LOG_STALE',
        table,
        said,
        'look whether the hooks still write it; lookBackDays looks further back',
      ),
    ];
  }
  return [
    ...otherCase(state, reader, kinds),
    ...reader.jobs.flatMap((job) => jobFinding(job, reader, state, kinds)),
  ];
}

const folded = (text: string | null): string => (text ?? '').trim().toLowerCase();

/** A step of the search: the runs that are left, and what the log holds where none is. */
interface Step {
  code: FindingCode;
  column: string | null;
  /** What the config says. */
  wanted: string;
  of(kind: RunKind): string;
  matches(kind: RunKind): boolean;
  hint(found: readonly string[]): string;
}

function jobFinding(job: Job, reader: Reader, state: AuditTablesState, kinds: readonly RunKind[]): Finding[] {
  let left = kinds;
  for (const step of stepsOf(job, reader, state)) {
    const matching = left.filter(step.matches);
    if (matching.length > 0) {
      left = matching;
      continue;
    }
    const found = [...new Set(left.map(step.of))];
    const runs = left.reduce((sum, { runs }) => sum + runs, 0);
    const shown = listed(found.map(inConfig));
    return [
      finding(
        step.code,
        step.column === null ? qualified(state.runs.table) : placeOf(state.runs.table, step.column),
        `no run of job ${job.name}: the config says ${inConfig(step.wanted)}, and ${count(runs, 'run has', 'runs have')} ${shown}`,
        step.hint(found),
      ),
    ];
  }
  return [];
}

function stepsOf(job: Job, { deployment, environment }: Reader, state: AuditTablesState): Step[] {
  const { runs } = state;
  const scope = jobScope(job, deployment);
  const steps: Step[] = [];
  if (runs.project !== null)
    steps.push({
      code: 'PROJECT_NOT_IN_LOG',
      column: runs.project,
      wanted: job.project,
      of: ({ project }) => project ?? '',
      matches: ({ project }) => folded(project) === folded(job.project),
      hint: ([first]) => `write project: ${inConfig(first ?? '')} in job ${job.name}, if those are its runs`,
    });
  if (runs.environment !== null && environment !== null)
    steps.push({
      code: 'ENVIRONMENT_NOT_IN_LOG',
      column: runs.environment,
      wanted: environment,
      of: (kind) => kind.environment ?? '',
      matches: (kind) => folded(kind.environment) === folded(environment),
      hint: ([first]) =>
        first === ''
          ? 'let the hooks write target.name, or leave state.where.environment out'
          : `write state.where: { environment: ${inConfig(first ?? '')} }, if those are its runs`,
    });
  if (tellsCommand(runs))
    steps.push({
      code: 'COMMAND_NOT_IN_LOG',
      column: runs.command ?? runs.commandLine ?? runs.args,
      wanted: job.command,
      of: ({ command }) => command ?? '',
      matches: ({ command }) => command === null || command === job.command,
      hint: ([first]) =>
        `nothing, if it has not run yet; else write dbt: { command: ${inConfig(first ?? '')} } in job ${job.name}`,
    });
  if (tellsSelection(runs))
    steps.push({
      code: 'SELECTION_NOT_IN_LOG',
      column: runs.selection ?? runs.commandLine ?? runs.args,
      wanted: scope,
      of: (kind) => kind.scope,
      matches: (kind) => kind.scope === scope,
      hint: ([first]) =>
        `nothing, if it has not run yet; else write dbt: { select: ${selectOf(first ?? '')} } in job ${job.name}`,
    });
  return steps;
}

/** `a,b` -> `['a', 'b']` */
function selectOf(scope: string): string {
  const [selection = ''] = scope.split(' ');
  return `[${selection
    .split(',')
    .filter((term) => term !== '')
    .map(inConfig)
    .join(', ')}]`;
}

/** What is compared without regard to case and blanks, and is not the same with it. */
function otherCase(
  state: AuditTablesState,
  { jobs, environment }: Reader,
  kinds: readonly RunKind[],
): Finding[] {
  const { runs } = state;
  const found: Finding[] = [];
  const compare = (
    column: string | null,
    wanted: string | null,
    of: (kind: RunKind) => string | null,
    where: string,
  ): void => {
    if (column === null || wanted === null) return;
    const texts = [...new Set(kinds.map(of))].filter(
      (text) => text !== null && folded(text) === folded(wanted),
    );
    const other = texts.filter((text) => text !== wanted);
    if (other.length === 0) return;
    found.push(
      finding(
        'OTHER_CASE',
        placeOf(runs.table, column),
        `the log has ${listed(other.map((text) => inConfig(text!)))}, the config ${inConfig(wanted)}: they are taken for the same`,
        texts.length > other.length
          ? 'let the hooks write it in one way'
          : `write ${where}: ${inConfig(other[0]!)}`,
      ),
    );
  };
  compare(runs.environment, environment, (kind) => kind.environment, 'state.where.environment');
  for (const { name, project } of jobs)
    compare(runs.project, project, (kind) => kind.project, `project in job ${name}`);
  return found;
}

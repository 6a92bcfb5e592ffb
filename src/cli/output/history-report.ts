/** Runs for a terminal and as CSV. */
import { visible } from '../../config/characters';
import { readReturnValue } from '../../decision/return-value';
import { kindOf } from '../../oncall/outstanding';
import type { TracedRun } from '../../oncall/traces';
import { clock, shortened, shownNames, span } from '../../oncall/words';
import type { TargetHistory } from '../commands/history';
import { shownNow } from '../reading';
import { tableText } from './table';
import { colors, terminalWidth, type Colors } from './terminal';

/** So many logs are named below the table. */
const FEW = 10;

export function historyText(found: readonly TargetHistory[], namesDeployments: boolean): string {
  const paint = colors('stdout');
  return found.map((one) => targetText(one, namesDeployments, paint)).join('\n\n');
}

function targetText(
  { target, now, runs, unlogged }: TargetHistory,
  namesDeployments: boolean,
  paint: Colors,
): string {
  const moment = Date.parse(now);
  const parts = [paint.dim(`${shownNow(now)}, ${target}`)];
  if (runs.length === 0) parts.push('no run');
  else {
    const head = [
      'started',
      ...(namesDeployments ? ['deployment'] : []),
      'job',
      'run',
      'took',
      'outcome',
      'what',
    ];
    const rows = runs.map((run) => row(run, moment, namesDeployments, paint));
    parts.push(tableText(rows, head.map(paint.dim), terminalWidth('stdout')));
  }
  const logs = runs.filter(({ outcome, logStatement }) => outcome !== 'SUCCEEDED' && logStatement !== null);
  if (logs.length > 0) {
    parts.push(paint.dim("dbt's log of what failed"));
    parts.push(
      ...logs
        .slice(0, FEW)
        .map((run) => visible(`${clock(run.startedAt ?? '', moment)}  ${run.logStatement ?? ''};`)),
    );
  }
  if (unlogged.length > 0) {
    parts.push(paint.dim('task runs that left no run in the log'));
    parts.push(
      ...unlogged
        .slice(0, FEW)
        .map(
          ({ startedAt, task, state, queryId, error }) =>
            `${clock(startedAt ?? '', moment)}  ${task} ${state} (query ${queryId ?? '?'}): ${shortened((error ?? '').replace(/\s+/g, ' '), 200)}`,
        ),
    );
  }
  return parts.join('\n');
}

function row(run: TracedRun, now: number, namesDeployments: boolean, paint: Colors): string[] {
  const { outcome, startedAt, seconds, job, deployment } = run;
  const colour = outcome === 'SUCCEEDED' ? paint.green : outcome === 'RUNNING' ? paint.yellow : paint.red;
  return [
    startedAt === null ? '?' : clock(startedAt, now),
    ...(namesDeployments ? [deployment] : []),
    job ?? '-',
    kindOf(run),
    seconds === null ? '' : span(1000 * seconds),
    colour(outcome),
    what(run),
  ];
}

function what(run: TracedRun): string {
  const { failedModels, modelsRun, secondsSaved, decision, isAhead, kind, selection, command } = run;
  const parts: string[] = [];
  if (failedModels !== null) parts.push(`failed ${shownNames(failedModels)}`);
  if (modelsRun !== null && modelsRun > 0) parts.push(`ran ${modelsRun}`);
  if (kind === 'OTHER')
    parts.push(`${command ?? '?'}${selection === null ? '' : ` ${shortened(selection, 40)}`}`);
  if (secondsSaved !== null) parts.push(`saved ${span(1000 * secondsSaved)}`);
  if (isAhead) parts.push('starts in the future');
  const decided = readReturnValue(decision);
  if (decided !== null) parts.push(decided.reason);
  return visible(parts.join(', '));
}

const FIELDS = [
  'deployment',
  'project',
  'job',
  'runId',
  'kind',
  'attempt',
  'outcome',
  'status',
  'startedAt',
  'endedAt',
  'seconds',
  'rootRunId',
  'command',
  'selection',
  'environment',
  'modelsRun',
  'modelsFailed',
  'failedModels',
  'secondsSaved',
  'modelsNotRefreshed',
  'task',
  'decision',
  'queryId',
  'logStatement',
] as const satisfies readonly (keyof TracedRun)[];

/** https://www.rfc-editor.org/rfc/rfc4180: a head, then a line a run. */
export function historyCsv(found: readonly TargetHistory[]): string {
  const lines = found.flatMap(({ runs }) =>
    runs.map((run) => FIELDS.map((field) => cell(run[field])).join(',')),
  );
  return [FIELDS.join(','), ...lines].join('\n');
}

/** A text that a spreadsheet would take for a formula is one no more. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What was applied, as people read it: a table, and the statement that failed with file, line and caret. */
import type { ApplyReport, Failed, StatementOutcome } from '../../apply/report';
import type { RenderedDeployment, Statement } from '../../render/statement';
import type { StatementPlace } from '../../snowflake/errors';
import { tableText } from './table';
import type { Colors } from './terminal';

export function applyReportText(report: ApplyReport, rendered: RenderedDeployment, paint: Colors): string {
  const rows = report.statements.map((outcome) => [
    painted(outcome.status, paint),
    outcome.kind,
    nameOf(outcome, rendered),
    outcome.status === 'not-run' ? '' : seconds(outcome.durationMs),
    outcome.status === 'not-run' ? '' : (outcome.queryId ?? ''),
  ]);
  const table = tableText(rows, ['result', 'kind', 'object or grant', 'time', 'query id']);
  const failed = report.statements.find((outcome) => outcome.status === 'failed');
  return [table, '', ...(failed ? [failureText(failed, rendered, paint), ''] : []), summary(report)].join(
    '\n',
  );
}

/** A grant is known by what it says: many concern one object. */
function nameOf(
  { id, kind, object }: Pick<Statement, 'id' | 'kind' | 'object'>,
  rendered: RenderedDeployment,
): string {
  if (kind !== 'grant') return object;
  return rendered.statements.find((statement) => statement.id === id)?.sql ?? object;
}

function painted(status: StatementOutcome['status'], paint: Colors): string {
  if (status === 'done') return paint.green('done');
  return status === 'failed' ? paint.red('failed') : paint.dim('not run');
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function summary({ statements }: ApplyReport): string {
  const count = (status: StatementOutcome['status']): number =>
    statements.filter((outcome) => outcome.status === status).length;
  const parts = [`${count('done')} done`];
  if (count('failed') > 0) parts.push(`${count('failed')} failed`, `${count('not-run')} not run`);
  return parts.join(', ');
}

/** ```
 * 03_task_o2c_daily_build.sql:12:5 (003001, 42501)
 *    12 |   CREATE OR ALTER TASK EDW.O2C_AUDIT.O2C_DAILY_BUILD
 *       |   ^
 * Insufficient privileges ...
 * query id 01b2...
 * ``` */
export function failureText(failed: Failed, rendered: RenderedDeployment, paint: Colors): string {
  const { error, queryId } = failed;
  const codes = [error.code, error.sqlState].filter(Boolean).join(', ');
  const file = `generated/${rendered.folder}/${failed.file}`;
  const sql = rendered.statements.find(({ id }) => id === failed.id)?.sql ?? '';
  const place = placeInFile(rendered.files[failed.file] ?? '', sql, error.place);
  return [
    `${paint.bold(place ? `${file}:${place.line}:${place.position + 1}` : file)}${codes ? ` (${codes})` : ''}`,
    ...(place ? excerpt(rendered.files[failed.file] ?? '', place, paint) : []),
    error.message,
    ...(error.hint ? [paint.dim(error.hint)] : []),
    queryId ? `query id ${queryId}` : 'no query id: Snowflake never had the statement',
  ].join('\n');
}

/** The server counts in the statement; people look into the file that holds it. */
function placeInFile(file: string, sql: string, place: StatementPlace | null): StatementPlace | null {
  const start = file.indexOf(sql);
  if (place === null || sql === '' || start < 0) return null;
  const before = file.slice(0, start).split('\n');
  const indent = place.line === 1 ? before[before.length - 1]!.length : 0;
  return { line: before.length - 1 + place.line, position: place.position + indent };
}

/** The line before, the line itself, and a caret below the position. */
function excerpt(file: string, { line, position }: StatementPlace, paint: Colors): string[] {
  const lines = file.split('\n');
  const numbered = (number: number): string => `${String(number).padStart(5)} | ${lines[number - 1] ?? ''}`;
  return [
    ...(line > 1 ? [paint.dim(numbered(line - 1))] : []),
    numbered(line),
    `${' '.repeat(5)} | ${' '.repeat(position)}${paint.red('^')}`,
  ];
}

/** What is about to be done, before anyone agrees to it. */
export function intentionText(rendered: RenderedDeployment, target: string): string {
  const rows = rendered.statements.map((statement) => [
    statement.kind,
    nameOf(statement, rendered),
    statement.why,
  ]);
  return `${rendered.deployment} -> ${target}\n${tableText(rows)}`;
}

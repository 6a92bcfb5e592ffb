/** What became of an apply, as people read it. */
import type { ApplyReport, DeploymentReport, Failed, StepOutcome } from '../../apply/report';
import type { RenderedDeployment } from '../../render/statement';
import type { StatementPlace } from '../../snowflake/errors';
import { tableText } from './table';
import type { Colors } from './terminal';

/** @param rendered what is generated, for the place of a failure; @param sqlOf the statement of a step */
export function applyReportText(
  report: ApplyReport,
  rendered: readonly RenderedDeployment[],
  sqlOf: (deployment: DeploymentReport, step: StepOutcome) => string,
  paint: Colors,
): string {
  const parts = report.deployments.map((deployment) => {
    const files = rendered.find(({ folder }) => folder === deployment.folder);
    return deploymentText(deployment, files, (step) => sqlOf(deployment, step), paint);
  });
  return [...parts, summary(report)].join('\n\n');
}

function deploymentText(
  deployment: DeploymentReport,
  rendered: RenderedDeployment | undefined,
  sqlOf: (step: StepOutcome) => string,
  paint: Colors,
): string {
  const { folder, steps, database, schema, remaining, problems, leftOver, tasks } = deployment;
  const title = paint.bold(folder === '' ? `${deployment.deployment} (no longer in the config)` : folder);
  const failed = steps.find((step) => step.status === 'failed');
  const moved = tasks.filter(({ before, after }) => before !== after);
  return [
    `${title} in ${database}.${schema}`,
    ...(steps.length === 0 ? ['nothing to do'] : [stepTable(steps, paint)]),
    ...(failed ? ['', failureText(failed, sqlOf(failed), rendered, paint), ''] : []),
    ...moved.map(
      ({ task, before, after }) => `task ${task}: ${before ?? 'not there'} -> ${after ?? 'not there'}`,
    ),
    ...leftOver.map((object) => `${paint.yellow('left over')} ${object}`),
    ...(remaining === null || remaining.length === 0 || failed
      ? []
      : [`${paint.red('not as the config says')}: ${remaining.join(', ')}`]),
    ...problems.map((problem) => paint.red(problem)),
  ].join('\n');
}

/** Grants that went well are one line. */
function stepTable(steps: readonly StepOutcome[], paint: Colors): string {
  const isQuiet = (step: StepOutcome): boolean => step.do === 'grant' && step.status === 'done';
  const grants = steps.filter(isQuiet);
  const rows = steps
    .filter((step) => !isQuiet(step))
    .map((step) => [
      painted(step.status, paint),
      step.do,
      step.kind === 'grant' ? step.id.replace(/^\w+ grant:/, '') : `${step.kind} ${step.object}`,
      step.status === 'not-run' ? '' : seconds(step.durationMs),
      step.status === 'not-run' ? '' : (step.queryId ?? ''),
    ]);
  if (grants.length > 0) {
    rows.push([
      painted('done', paint),
      'grant',
      grants.length === 1 ? '1 privilege' : `${grants.length} privileges`,
      '',
      '',
    ]);
  }
  return tableText(rows, ['result', 'step', 'object', 'time', 'query id']);
}

function painted(status: StepOutcome['status'], paint: Colors): string {
  if (status === 'done') return paint.green('done');
  return status === 'failed' ? paint.red('failed') : paint.dim('not run');
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function summary({ deployments, durationMs }: ApplyReport): string {
  const steps = deployments.flatMap((deployment) => deployment.steps);
  const count = (status: StepOutcome['status']): number =>
    steps.filter((step) => step.status === status).length;
  const unchanged = deployments.reduce((sum, deployment) => sum + deployment.unchanged.length, 0);
  const parts = [
    `${count('done')} done`,
    `${unchanged} unchanged`,
    ...(count('failed') > 0 ? [`${count('failed')} failed`] : []),
    ...(count('not-run') > 0 ? [`${count('not-run')} not run`] : []),
  ];
  return `${parts.join(', ')} in ${seconds(durationMs)}`;
}

/** ```
 * generated/o2c/03_task_o2c_daily_build.sql:12:5 (003001, 42501)
 *    12 |   CREATE OR ALTER TASK EDW.O2C_AUDIT.O2C_DAILY_BUILD
 *       |   ^
 * Insufficient privileges ...
 * query id 01b2...
 * ``` */
export function failureText(
  failed: Failed,
  sql: string,
  rendered: RenderedDeployment | undefined,
  paint: Colors,
): string {
  const { error, queryId, attempts } = failed;
  const codes = [error.code, error.sqlState].filter(Boolean).join(', ');
  const text = (failed.file === null ? undefined : rendered?.files[failed.file]) ?? sql;
  const file =
    failed.file === null || rendered === undefined
      ? failed.id
      : `generated/${rendered.folder}/${failed.file}`;
  const place = placeInFile(text, sql, error.place);
  return [
    `${paint.bold(place ? `${file}:${place.line}:${place.position + 1}` : file)}${codes ? ` (${codes})` : ''}`,
    ...(place ? excerpt(text, place, paint) : []),
    error.message,
    ...(error.hint ? [paint.dim(error.hint)] : []),
    ...(attempts > 1 ? [`sent ${attempts} times`] : []),
    queryId ? `query id ${queryId}` : 'no query id is known',
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

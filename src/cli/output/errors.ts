/** Errors as people read them. */
import { AutoRestartError } from '../../errors';
import { ConfigProblems, problemText } from '../../config/problems';
import { colors } from './terminal';

/** What is wrong, where, and what to do. A stack only with DEBUG=dbt-auto-restart. */
export function errorText(error: unknown, debug: boolean): string {
  const paint = colors('stderr');
  const lines = [`${paint.red('error')}: ${messageOf(error)}`];
  if (error instanceof ConfigProblems) {
    lines.push(...error.problems.map((problem) => coloured(problemText(problem), paint.dim)));
  } else if (error instanceof AutoRestartError) {
    if (error.where !== undefined) lines.push(`  at ${error.where}`);
    if (error.hint !== undefined) lines.push(`  ${paint.dim(error.hint)}`);
  } else {
    lines.push(`  ${paint.dim('this is a fault of dbt-auto-restart: DEBUG=dbt-auto-restart shows where')}`);
  }
  if (debug) lines.push(...stacks(error));
  return lines.join('\n');
}

function messageOf(error: unknown): string {
  if (error instanceof ConfigProblems) return error.message.split('\n')[0] ?? '';
  return error instanceof Error ? error.message : String(error);
}

function coloured(problem: string, paint: (text: string) => string): string {
  const [what = '', ...hints] = problem.split('\n');
  return [what, ...hints.map(paint)].join('\n');
}

function stacks(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const cause = error.cause === undefined ? [] : ['caused by:', ...stacks(error.cause)];
  return [error.stack ?? error.message, ...cause];
}

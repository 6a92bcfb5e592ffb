/** Errors, for people on stderr and for programs on stdout: what is wrong, where, and what to do. */
import { AutoRestartError, type ErrorCode } from '../../errors';
import { visible } from '../../config/characters';
import { problemText, type ConfigProblem } from '../../config/problems';
import { missingPackage } from './missing-package';
import { colors, hasPrintedJson, note, printJson } from './terminal';

/** What `--json` prints in the place of the result. */
export interface ErrorJson {
  error: {
    /** `INTERNAL` is a fault of this product. */
    code: ErrorCode | 'INTERNAL';
    message: string;
    /** Config path, option, or file and line. */
    where: string | null;
    hint: string | null;
    /** Each mistake of a config, or of the rehearsals; empty for any other error. */
    problems: { where: string; message: string; hint: string | null }[];
  };
}

/** With `--json` one document on stdout, in the place of the result; but never a second one. */
export function printError(error: unknown, argv: readonly string[]): void {
  const known = missingPackage(error) ?? error;
  if (wantsJson(argv) && !hasPrintedJson()) printJson(errorJson(known));
  else note(errorText(known, (process.env['DEBUG'] ?? '').split(',').includes('dbt-auto-restart')));
}

/** Before the arguments are parsed, for they may be what is wrong. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  return options.some((word) => /^--json(=true)?$/.test(word));
}

export function errorJson(error: unknown): ErrorJson {
  const known = error instanceof AutoRestartError ? error : null;
  return {
    error: {
      code: known?.code ?? 'INTERNAL',
      message: messageOf(error),
      where: known?.where ?? null,
      hint: known?.hint ?? null,
      problems: problemsOf(error).map(({ where, message, hint = null }) => ({ where, message, hint })),
    },
  };
}

/** A stack only with DEBUG=dbt-auto-restart. */
export function errorText(error: unknown, debug: boolean): string {
  const paint = colors('stderr');
  const lines = [`${paint.red('error')}: ${visible(messageOf(error), { lines: true })}`];
  lines.push(
    ...problemsOf(error).map((problem) =>
      coloured(visible(problemText(problem), { lines: true }), paint.dim),
    ),
  );
  if (error instanceof AutoRestartError) {
    if (error.where !== undefined) lines.push(`  at ${visible(error.where)}`);
    if (error.hint !== undefined) lines.push(`  ${paint.dim(visible(error.hint))}`);
  } else {
    lines.push(`  ${paint.dim('this is a fault of dbt-auto-restart: DEBUG=dbt-auto-restart shows where')}`);
  }
  if (debug) lines.push(...stacks(error).map((stack) => visible(stack, { lines: true })));
  return lines.join('\n');
}

/** Of a ConfigProblems or a RehearsalProblems, whose message repeats them all. */
function problemsOf(error: unknown): readonly ConfigProblem[] {
  return error instanceof AutoRestartError && 'problems' in error ? (error.problems as ConfigProblem[]) : [];
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return problemsOf(error).length > 0 ? (message.split('\n')[0] ?? '') : message;
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

/** What is wrong with a config: collected one by one, thrown all at once. */
import { AutoRestartError } from '../errors';
import { visible } from './characters';
import { withoutSecrets } from './secret-shapes';

export interface ConfigProblem {
  /** Config path, `deployments.o2c.tasks.O2C_DAILY_BUILD.schedule`; empty for the config itself. */
  where: string;
  /** What is wrong, with the value; lower case, no full stop. */
  message: string;
  /** What to do. */
  hint?: string;
}

/** The one error of a wrong config: it carries every problem that was found, in the order of the config. */
export class ConfigProblems extends AutoRestartError {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super('REQUEST', `the config has ${count}\n${problems.map(problemText).join('\n')}`);
    this.name = 'ConfigProblems';
    this.problems = problems;
  }
}

/** One problem as text: its path, what is wrong, and below it what to do. */
export function problemText(problem: ConfigProblem): string {
  const place = problem.where === '' ? 'config' : problem.where;
  return `  ${place}: ${problem.message}${problem.hint === undefined ? '' : `\n    ${problem.hint}`}`;
}

export type Path = readonly (string | number)[];

/** Where problems go. `at` gives a sink whose paths start further down. */
export interface ProblemSink {
  add(path: Path, message: string, hint?: string): void;
  /** As `add`, for something absent: not reported when a mistake in what it is absent from explains it. */
  missing(path: Path, message: string, hint?: string): void;
  /** Whether a problem was found at this path or below it. */
  reported(...path: Path): boolean;
  at(...path: Path): ProblemSink;
}

export interface FoundProblem {
  path: Path;
  message: string;
  hint: string | undefined;
}

export function problemSink(found: FoundProblem[], base: Path = []): ProblemSink {
  const sink: ProblemSink = {
    add: (path, message, hint) => {
      found.push({ path: [...base, ...path], message, hint });
    },
    missing: (path, message, hint) => {
      if (!sink.reported(...path.slice(0, -1))) sink.add(path, message, hint);
    },
    reported: (...path) => found.some((problem) => startsWith(problem.path, [...base, ...path])),
    at: (...path) => problemSink(found, [...base, ...path]),
  };
  return sink;
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((part, index) => path[index] === part);
}

/** @param config decides the order: problems stand as their places do in the config */
export function asProblems(found: readonly FoundProblem[], config: unknown): ConfigProblem[] {
  return found
    .map((problem) => ({ problem, place: placeOf(problem.path, config) }))
    .sort((a, b) => comparePlaces(a.place, b.place))
    .map(({ problem: { path, message, hint } }) => ({
      where: formatPath(path),
      message,
      ...(hint === undefined ? {} : { hint }),
    }));
}

/** The position of each key among its neighbours; an absent one comes last. */
function placeOf(path: Path, config: unknown): number[] {
  let at = config;
  return path.map((key) => {
    if (typeof at !== 'object' || at === null) return 0;
    const position = Object.keys(at).indexOf(String(key));
    at = (at as Record<string, unknown>)[String(key)];
    return position < 0 ? Number.MAX_SAFE_INTEGER : position;
  });
}

function comparePlaces(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((position, at) => position !== b[at]);
  return index < 0 ? a.length - b.length : (a[index] ?? 0) - (b[index] ?? -1);
}

/** `deployments.o2c.tasks["my task"].after[0]` */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(part)) return `[${visible(JSON.stringify(part))}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** Never in the middle of a character. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

/** A value as an error shows it: short, on one line, nothing unseen in it. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  const text = visible(withoutSecrets(typeof value === 'number' ? String(value) : JSON.stringify(value)));
  return text.length > 80 ? `${cut(text, 77)}...` : text;
}

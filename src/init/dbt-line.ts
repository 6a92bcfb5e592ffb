/** A dbt command line, as a task or a log has it -> the fields of a job. */
import type { DbtCommand } from '../config/types';

const COMMANDS = ['build', 'run', 'test', 'seed', 'snapshot'] as const;
const LISTS: Readonly<Record<string, 'select' | 'exclude'>> = {
  '--select': 'select',
  '-s': 'select',
  '--models': 'select',
  '-m': 'select',
  '--model': 'select',
  '--exclude': 'exclude',
};

/** @returns `null` for what is no command that a job can have, or cannot be taken over word for word */
export function parseDbtLine(line: string): DbtCommand | null {
  const words = wordsOf(line);
  if (words[0] === 'dbt') words.shift();
  const first = words.shift()?.toLowerCase();
  const command = COMMANDS.find((each) => each === first);
  if (command === undefined) return null;
  const parsed: DbtCommand = { command };
  while (words.length > 0) {
    const word = words.shift()!;
    const [name = '', ...rest] = word.split('=');
    const list = LISTS[name];
    if (list !== undefined) {
      const values =
        rest.length > 0 ? rest.join('=').split(/\s+/) : takeWhile(words, (next) => !next.startsWith('-'));
      parsed[list] = [
        ...(parsed[list] ?? []),
        ...values.flatMap((value) => value.split(/\s+/)).filter(Boolean),
      ];
    } else if (!takeOption(parsed, name, rest.length > 0 ? rest.join('=') : undefined, words, word))
      return null;
  }
  return parsed;
}

function takeOption(
  parsed: DbtCommand,
  name: string,
  given: string | undefined,
  words: string[],
  word: string,
): boolean {
  if (name === '--full-refresh' || name === '-f') parsed.fullRefresh = true;
  else if (name === '--target' || name === '-t') {
    const target = given ?? words.shift();
    if (target === undefined) return false;
    parsed.target = target;
  } else if (name === '--threads') {
    const threads = Number(given ?? words.shift());
    if (!Number.isInteger(threads)) return false;
    parsed.threads = threads;
  } else if (name === '--vars') {
    const vars = jsonOf(given ?? words.shift());
    if (vars === null) return false;
    parsed.vars = vars;
  } else if (word.startsWith('--')) {
    const value =
      given === undefined && words[0] !== undefined && !words[0].startsWith('-') ? `=${words.shift()}` : '';
    parsed.flags = [...(parsed.flags ?? []), `${word}${value}`];
  } else return false;
  return true;
}

function jsonOf(text: string | undefined): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    // YAML that is no JSON: its owner has to write it.
    return null;
  }
}

function takeWhile(words: string[], holds: (word: string) => boolean): string[] {
  const end = words.findIndex((word) => !holds(word));
  return words.splice(0, end < 0 ? words.length : end);
}

/** At white space, but not inside quotes. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''),
  );
}

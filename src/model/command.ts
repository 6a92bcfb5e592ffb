/** The dbt command line of a job or of a plain run: words that Snowflake's and the shell's splitting read alike. */
import type { ProblemSink } from '../config/problems';
import { showValue } from '../config/problems';
import type { DbtCommand } from '../config/types';
import { checkNumber } from './bounds';
import { selectTerms } from './selection';

/** Printable ASCII without white space, quotes, backslash, `$`, `;` and `&`: needs no quoting anywhere. */
const WORD = /^[!#%()*+,\-./0-9:<=>?@A-Z[\]^_a-z{|}~]+$/;

/** What `select` may be said with instead of an option of its own. */
const OPTIONS_WITH_A_KEY: Record<string, string> = {
  '--select': 'select',
  '-s': 'select',
  '--models': 'select',
  '--model': 'select',
  '-m': 'select',
  '--exclude': 'exclude',
  '--vars': 'vars',
  '--full-refresh': 'fullRefresh',
  '-f': 'fullRefresh',
  '--target': 'target',
  '-t': 'target',
  '--threads': 'threads',
};

/** The terms of `--select` of the whole command, problems reported. */
export function readSelect(dbt: DbtCommand, problems: ProblemSink): string[] {
  return readTerms(dbt.select ?? [], 'select', problems);
}

function readTerms(entries: readonly string[], key: 'select' | 'exclude', problems: ProblemSink): string[] {
  entries.forEach((entry, index) => {
    const terms = selectTerms([entry]);
    if (terms.length === 0) problems.add([key, index], 'a selection term is empty', 'leave it out');
    for (const term of terms) checkTerm(term, problems.at(key, index));
  });
  return selectTerms(entries);
}

function checkTerm(term: string, problems: ProblemSink): void {
  if (/['"]/.test(term)) {
    problems.add(
      [],
      `${showValue(term)} holds a quote`,
      'selection terms are written without quotes, one per entry',
    );
  } else if (term.startsWith('-')) {
    problems.add([], `${showValue(term)} is a flag, not a selection term`, 'flags go to dbt.flags');
  } else if (!WORD.test(term)) {
    problems.add(
      [],
      `${showValue(term)} holds a character that a command line cannot`,
      'use printable ASCII without $ ; & and backslash',
    );
  }
}

/** What follows the selection: `--exclude tag:slow --vars '{ "a": 1 }' --full-refresh`. */
export function readFlags(dbt: DbtCommand, problems: ProblemSink): string {
  const exclude = readTerms(dbt.exclude ?? [], 'exclude', problems);
  const words: string[] = [];
  if (exclude.length > 0) words.push('--exclude', ...exclude);
  checkVars(dbt.vars, problems.at('vars'));
  if (dbt.vars !== undefined && Object.keys(dbt.vars).length > 0)
    words.push('--vars', `'${varsText(dbt.vars)}'`);
  if (dbt.fullRefresh === true) words.push('--full-refresh');
  if (dbt.target !== undefined) words.push('--target', readWord(dbt.target, 'target', problems));
  checkNumber(dbt.threads, 'threads', problems, 'a number of threads');
  if (dbt.threads !== undefined) words.push('--threads', String(dbt.threads));
  (dbt.flags ?? []).forEach((flag, index) => checkFlag(flag, problems.at('flags', index)));
  checkDeferral(dbt.flags ?? [], problems);
  return [...words, ...(dbt.flags ?? [])].join(' ');
}

function readWord(text: string, key: string, problems: ProblemSink): string {
  if (!WORD.test(text) || text.startsWith('-')) {
    problems.add(
      [key],
      `${showValue(text)} is not one plain word`,
      'use printable ASCII without spaces and quotes',
    );
  }
  return text;
}

function checkFlag(flag: string, problems: ProblemSink): void {
  const [name = ''] = flag.split('=');
  if (name === '--state') {
    const hint = 'write --defer-state=PATH for what is deferred to; state: terms cannot be restarted';
    problems.add([], `${showValue(flag)}: a retry has a --state of its own`, hint);
  } else if (name === '--selector') {
    const hint =
      'a YAML selector is not in the log in a form that tells jobs apart: write its terms in dbt.select';
    problems.add([], `${showValue(flag)}: --selector cannot be restarted`, hint);
  } else if (Object.hasOwn(OPTIONS_WITH_A_KEY, name)) {
    problems.add(
      [],
      `${showValue(flag)} has an option of its own`,
      `write it as dbt.${OPTIONS_WITH_A_KEY[name]}`,
    );
  } else if (!WORD.test(flag)) {
    const hint = 'each flag is one word, or --flag=value, without spaces and quotes';
    problems.add([], `${showValue(flag)} is not one plain word`, hint);
  }
}

/** A retry brings a `--state` of its own or none, so that `--defer` must say by itself what it defers to. */
function checkDeferral(flags: readonly string[], problems: ProblemSink): void {
  const index = flags.findIndex((flag) => flag === '--defer');
  if (index < 0 || flags.some((flag) => flag.split('=')[0] === '--defer-state')) return;
  const hint = 'add --defer-state=PATH: https://docs.getdbt.com/reference/node-selection/defer';
  problems.add(['flags', index], `"--defer" without --defer-state`, hint);
}

/**
 * `--vars` as JSON that YAML reads alike, in single quotes. Everything that a shell, a SQL literal, a `$$` body or a
 * client's templates could take for their own is escaped inside the strings, and braces are set apart, so that no
 * further quoting is ever needed.
 */
export function varsText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(varsText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => `${stringText(key)}: ${varsText(inner)}`);
    return entries.length === 0 ? '{ }' : `{ ${entries.join(', ')} }`;
  }
  // What is no plain data has been taken out and reported; here it only must not stop the other checks.
  return typeof value === 'string' ? stringText(value) : numberText(JSON.stringify(value ?? null));
}

/** YAML reads `1e-7` as a text, `1.0e-7` as a number. */
function numberText(json: string): string {
  return json.replace(/^(-?\d+)e/, '$1.0e');
}

/** Numbers that JSON, or the reader of dbt's YAML, would change. */
function checkVars(value: unknown, problems: ProblemSink): void {
  if (typeof value === 'number') {
    const isExact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
    if (!isExact) problems.add([], `${value} cannot be written exactly`, 'write it as a text');
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      checkVars(inner, problems.at(Array.isArray(value) ? Number(key) : key));
  }
}

function stringText(text: string): string {
  return JSON.stringify(text).replace(/['&$<>{}\u007f-\u{10ffff}]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    // YAML has no surrogate pairs; its own escape for what lies beyond 16 bits is \U.
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}

/** The whole line without the leading `dbt`: `run --select tag:merge --full-refresh`. */
export function commandLine(command: string, select: readonly string[], flags: string): string {
  const selected = select.length === 0 ? [] : ['--select', ...select];
  return [command, ...selected, ...(flags === '' ? [] : [flags])].join(' ');
}

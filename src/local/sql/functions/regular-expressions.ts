/**
 * Snowflake's expressions are POSIX with Perl's classes, DuckDB's RE2: alike but for the double backslash that the
 * string literal has already resolved. https://docs.snowflake.com/en/sql-reference/functions-regexp
 */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { define } from './registry';
import { array, bigint, boolean, integer, literalOf, textOf, varchar } from './types';

interface Search {
  /** From the position on; all of it without one. */
  subject: string;
  /** Before the position. */
  before: string;
  pattern: string;
  /** e: extracts a group. */
  extracts: boolean;
}

/** Parameters: c case-sensitive, i not, m multi-line, s the dot matches newline, e extracts a group; of c and i the last counts. */
function search(
  name: string,
  [subject, pattern]: Lowered[],
  parameters: Lowered | undefined,
  position?: Lowered,
): Search {
  const letters = parameters ? /^'([a-z]*)'$/.exec(parameters.sql)?.[1] : '';
  if (letters === undefined) throw unsupported(`${name} with computed parameters`);
  if (/[^cimse]/.test(letters)) throw unsupported(`${name} with parameters '${letters}'`);
  const flags = [
    letters.lastIndexOf('i') > letters.lastIndexOf('c') ? 'i' : '',
    letters.includes('m') ? 'm' : '',
    letters.includes('s') ? 's' : '',
  ].join('');
  const text = textOf(subject!);
  const from = position && position.sql !== '1' ? bigint(position) : undefined;
  return {
    subject: from ? `substr(${text}, ${from})` : text,
    before: from ? `left(${text}, ${from} - 1)` : "''",
    pattern: withFlags(flags, pattern!),
    extracts: letters.includes('e'),
  };
}

function withFlags(flags: string, pattern: Lowered): string {
  if (flags === '') return textOf(pattern);
  const constant = literalOf(pattern);
  return constant === undefined
    ? `('(?${flags})' || ${textOf(pattern)})`
    : quoteLiteral(`(?${flags})${constant}`);
}

define('REGEXP_LIKE RLIKE', [2, 3], (args, call) => {
  const { subject, pattern } = search(call.name, args, args[2]);
  return boolean(`regexp_full_match(${subject}, ${pattern})`);
});

/** NULL where one of the arguments is that may be. */
function unlessNull(args: readonly (Lowered | undefined)[], sql: string): string {
  const computed = args.filter((arg) => arg && !/^(-?\d+|'.*')$/s.test(arg.sql)) as Lowered[];
  if (computed.length === 0) return sql;
  return `(CASE WHEN ${computed.map((arg) => `${arg.sql} IS NOT NULL`).join(' AND ')} THEN ${sql} END)`;
}

/** An occurrence of 0 means all of them. */
define('REGEXP_REPLACE', [2, 6], (args, call) => {
  const [, , by, position, occurrence, parameters] = args;
  const { subject, before, pattern } = search(call.name, args, parameters, position);
  const replacement =
    by && literalOf(by) !== '' ? `sf_replacement(${subject}, ${pattern}, ${textOf(by)})` : "''";
  const nth = occurrence ? bigint(occurrence) : '0';
  const replaced =
    nth === '0'
      ? `regexp_replace(${subject}, ${pattern}, ${replacement}, 'g')`
      : nth === '1'
        ? `regexp_replace(${subject}, ${pattern}, ${replacement})`
        : `sf_replace_match(${subject}, ${pattern}, ${replacement}, ${nth})`;
  const whole = before === "''" ? replaced : `(${before} || ${replaced})`;
  return varchar(unlessNull([by, position, occurrence], whole));
});

define('REGEXP_COUNT', [2, 4], (args, call) => {
  const { subject, pattern } = search(call.name, args, args[3], args[2]);
  return integer(`len(regexp_extract_all(${subject}, ${pattern}, 0))`);
});

/** The number of the group to take; with `e` the first one unless another is named. */
function groupOf(name: string, extracts: boolean, group: Lowered | undefined): string {
  if (group && !/^\d$/.test(group.sql)) throw unsupported(`${name} with a computed group`);
  return group ? group.sql : extracts ? '1' : '0';
}

define('REGEXP_SUBSTR REGEXP_SUBSTR_ALL REGEXP_EXTRACT_ALL', [2, 6], (args, call) => {
  const [, , position, occurrence, parameters, group] = args;
  const { subject, pattern, extracts } = search(call.name, args, parameters, position);
  const found = `regexp_extract_all(${subject}, ${pattern}, ${groupOf(call.name, extracts, group)})`;
  const nth = occurrence ? bigint(occurrence) : '1';
  return call.name === 'REGEXP_SUBSTR' ? varchar(`${found}[${nth}]`) : array(`to_json(${found}[${nth}:])`);
});

/** Where the match begins, or with an option of 1 where it has ended; 0 without a match. */
define('REGEXP_INSTR', [2, 7], (args, call) => {
  const [, , position, occurrence, option, parameters, group] = args;
  const { subject, before, pattern, extracts } = search(call.name, args, parameters, position);
  if (groupOf(call.name, extracts, group) !== '0') throw unsupported('REGEXP_INSTR of a group');
  const nth = occurrence ? bigint(occurrence) : '1';
  const after = option ? `${bigint(option)} = 1` : 'FALSE';
  const place = `sf_match_at(${subject}, ${pattern}, ${nth}, ${after}, length(${before}))`;
  return integer(unlessNull([position, occurrence, option], place));
});

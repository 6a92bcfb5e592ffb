/**
 * Snowflake's expressions are POSIX with Perl's classes, DuckDB's RE2: alike but for the double backslash that the
 * string literal has already resolved. https://docs.snowflake.com/en/sql-reference/functions-regexp
 */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { checkReplacement, flagged, groupsOf, searched } from './patterns';
import { define } from './registry';
import { array, bigint, boolean, integer, literalInteger, literalOf, textOf, varchar } from './types';

interface Search {
  /** From the position on; all of it without one. */
  subject: string;
  /** Before the position. */
  before: string;
  pattern: string;
  /** The pattern of what is all of the subject. */
  whole: string;
  /** e: extracts a group. */
  extracts: boolean;
  /** Of a literal pattern. */
  groups: number | undefined;
}

/** A place or number of a match counts from 1. */
function fromOne(value: Lowered, name: string, what: string): string {
  const literal = literalInteger(value);
  if (literal === undefined) return `sf_from_one(${bigint(value)})`;
  if (literal < 1) throw unsupported(`${name} with ${what} below 1`);
  return bigint(value);
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
  const from = position && position.sql !== '1' ? fromOne(position, name, 'a position') : undefined;
  return {
    subject: from ? `substr(${text}, ${from})` : text,
    before: from ? `left(${text}, ${from} - 1)` : "''",
    pattern: searched(flags, pattern!),
    whole: flagged(flags, pattern!),
    extracts: letters.includes('e'),
    groups: groupsOf(pattern!, name),
  };
}

define('REGEXP_LIKE RLIKE', [2, 3], (args, call) => {
  const { subject, whole } = search(call.name, args, args[2]);
  return boolean(`regexp_full_match(${subject}, ${whole})`);
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
  const { subject, before, pattern, groups } = search(call.name, args, parameters, position);
  if (by) checkReplacement(by, groups);
  const replacement =
    by && literalOf(by) !== '' ? `sf_replacement(${subject}, ${pattern}, ${textOf(by)})` : "''";
  const nth = !occurrence || occurrence.sql === '0' ? '0' : bigint(occurrence);
  if (occurrence && literalInteger(occurrence)! < 0)
    throw unsupported('REGEXP_REPLACE with an occurrence below 0');
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

/**
 * The number of the group to take; with `e` the first one unless another is named, of a pattern without
 * groups all of it.
 */
function groupOf(name: string, { extracts, groups }: Search, group: Lowered | undefined): number {
  if (!group) return extracts && groups !== 0 ? 1 : 0;
  if (!/^\d$/.test(group.sql)) throw unsupported(`${name} with a computed group`);
  return Number(group.sql);
}

define('REGEXP_SUBSTR REGEXP_SUBSTR_ALL REGEXP_EXTRACT_ALL', [2, 6], (args, call) => {
  const [, , position, occurrence, parameters, group] = args;
  const of = search(call.name, args, parameters, position);
  const number = groupOf(call.name, of, group);
  if (of.groups !== undefined && number > of.groups) {
    if (call.name === 'REGEXP_SUBSTR')
      throw unsupported(`REGEXP_SUBSTR of the group ${number} of ${of.groups}`);
    return array('CAST(NULL AS JSON)');
  }
  const found = `regexp_extract_all(${of.subject}, ${of.pattern}, ${number})`;
  const nth = occurrence ? fromOne(occurrence, call.name, 'an occurrence') : '1';
  return call.name === 'REGEXP_SUBSTR' ? varchar(`${found}[${nth}]`) : array(`to_json(${found}[${nth}:])`);
});

/** Where the match begins, or with an option of 1 where it has ended; 0 without a match. */
define('REGEXP_INSTR', [2, 7], (args, call) => {
  const [, , position, occurrence, option, parameters, group] = args;
  const of = search(call.name, args, parameters, position);
  const { subject, before, pattern } = of;
  if (groupOf(call.name, of, group) !== 0) throw unsupported('REGEXP_INSTR of a group');
  const nth = occurrence ? fromOne(occurrence, call.name, 'an occurrence') : '1';
  const after = option ? `${bigint(option)} = 1` : 'FALSE';
  const place = `sf_match_at(${subject}, ${pattern}, ${nth}, ${after}, length(${before}))`;
  return integer(unlessNull([position, occurrence, option], place));
});

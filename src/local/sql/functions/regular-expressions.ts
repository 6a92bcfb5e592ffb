/**
 * Snowflake's expressions are POSIX with Perl's classes, DuckDB's RE2: alike but for the double backslash that the
 * string literal has already resolved. https://docs.snowflake.com/en/sql-reference/functions-regexp
 */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { define } from './registry';
import { bigint, boolean, integer, textOf, varchar } from './types';

/** Parameters: c case-sensitive, i not, m multi-line, s the dot matches newline, e extracts a group. */
function options(parameters: Lowered | undefined, name: string): { flags: string; extracts: boolean } {
  if (!parameters) return { flags: '', extracts: false };
  const text = /^'([a-z]*)'$/.exec(parameters.sql)?.[1];
  if (text === undefined) throw unsupported(`${name} with computed parameters`);
  if (/[^cimse]/.test(text)) throw unsupported(`${name} with parameters '${text}'`);
  return { flags: text.replaceAll('e', ''), extracts: text.includes('e') };
}

const quoted = (flags: string): string => (flags ? `, '${flags}'` : '');

define('REGEXP_LIKE RLIKE', [2, 3], ([a, pattern, parameters], call) =>
  boolean(
    `regexp_full_match(${textOf(a!)}, ${textOf(pattern!)}${quoted(options(parameters, call.name).flags)})`,
  ));

define('REGEXP_REPLACE', [2, 6], ([a, pattern, by, position, occurrence, parameters], call) => {
  if (position && position.sql !== '1') throw unsupported('REGEXP_REPLACE with a position');
  if (occurrence && occurrence.sql !== '0' && occurrence.sql !== '1')
    throw unsupported('REGEXP_REPLACE with an occurrence');
  const { flags } = options(parameters, call.name);
  const global = occurrence?.sql === '1' ? '' : 'g';
  return varchar(
    `regexp_replace(${textOf(a!)}, ${textOf(pattern!)}, ${by ? textOf(by) : "''"}${quoted(global + flags)})`,
  );
});

define('REGEXP_COUNT', [2, 4], ([a, pattern, position, parameters], call) => {
  const subject = position ? `substr(${textOf(a!)}, ${bigint(position)})` : textOf(a!);
  return integer(
    `len(regexp_extract_all(${subject}, ${textOf(pattern!)}, 0${quoted(options(parameters, call.name).flags)}))`,
  );
});

define('REGEXP_SUBSTR', [2, 6], ([a, pattern, position, occurrence, parameters, group], call) => {
  const { flags, extracts } = options(parameters, call.name);
  const subject = position ? `substr(${textOf(a!)}, ${bigint(position)})` : textOf(a!);
  const number = extracts || group ? (group ? group.sql : '1') : '0';
  if (!/^\d$/.test(number)) throw unsupported('REGEXP_SUBSTR with a computed group');
  return varchar(
    `regexp_extract_all(${subject}, ${textOf(pattern!)}, ${number}${quoted(flags)})[${occurrence ? bigint(occurrence) : '1'}]`,
  );
});

define('REGEXP_SUBSTR_ALL', [2, 6], ([a, pattern, position, occurrence, parameters, group], call) => {
  if (occurrence && occurrence.sql !== '1') throw unsupported('REGEXP_SUBSTR_ALL with an occurrence');
  const { flags, extracts } = options(parameters, call.name);
  const subject = position ? `substr(${textOf(a!)}, ${bigint(position)})` : textOf(a!);
  return {
    sql: `to_json(regexp_extract_all(${subject}, ${textOf(pattern!)}, ${extracts || group ? (group?.sql ?? '1') : '0'}${quoted(flags)}))`,
    type: { kind: 'ARRAY' },
  };
});

define('REGEXP_INSTR', [2, 3], ([a, pattern, position]) => {
  if (position && position.sql !== '1') throw unsupported('REGEXP_INSTR with a position');
  const [subject, expression] = [textOf(a!), textOf(pattern!)];
  return integer(
    `CASE WHEN regexp_matches(${subject}, ${expression}) THEN strpos(${subject}, regexp_extract(${subject}, ${expression})) ELSE 0 END`,
  );
});

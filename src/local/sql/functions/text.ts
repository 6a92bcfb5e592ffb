/** https://docs.snowflake.com/en/sql-reference/functions-string */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { define } from './registry';
import { numberType } from '../number-types';
import {
  atLeast0,
  bigint,
  boolean,
  counted,
  double,
  integer,
  literalOf,
  textArray,
  textOf,
  varchar,
} from './types';

const MANY = 100;

/** Bytes from a place on, two digits each. */
const bytes = ({ sql, type }: Lowered, start: string, count: string): Lowered => ({
  sql: `unhex(substr(hex(${sql}), 2 * (${start}) - 1, 2 * (${count})))`,
  type,
});

/** Padded with bytes: there is no blank among them. */
function paddedBytes(name: string, value: Lowered, count: Lowered, pad: Lowered | undefined): Lowered {
  if (pad?.type.kind !== 'BINARY') throw unsupported(`${name} of a BINARY with a text`);
  const [digits, length] = [`hex(${value.sql})`, `2 * (${atLeast0(count)})`];
  const padded = `${name.toLowerCase()}(${digits}, CAST(sf_room(1, ${length}) AS INTEGER), hex(${pad.sql}))`;
  const kept = `left(${digits}, ${length})`;
  return {
    sql: `unhex(CASE WHEN octet_length(${pad.sql}) = 0 THEN ${kept} ELSE ${padded} END)`,
    type: value.type,
  };
}
/**
 * What counts bytes of a BINARY in an account; here it would count its digits.
 * https://docs.snowflake.com/en/sql-reference/functions/contains
 */
function noBytes(name: string, args: readonly Lowered[]): void {
  if (args.some(({ type }) => type.kind === 'BINARY')) throw unsupported(`${name} of BINARY`);
}

const one =
  (name: string) =>
  ([a]: Lowered[]): Lowered =>
    varchar(`${name}(${textOf(a!)})`);

/** All of them texts, or all of them bytes. https://docs.snowflake.com/en/sql-reference/functions/concat */
function ofBytes(name: string, args: readonly Lowered[]): boolean {
  const bytes = args.filter(({ type }) => type.kind === 'BINARY').length;
  if (bytes === 0) return false;
  if (args.some(({ type }) => type.kind !== 'BINARY' && type.kind !== 'NULL'))
    throw unsupported(`${name} of a BINARY and something else`);
  return true;
}

const joined = (args: readonly Lowered[]): Lowered => ({
  sql: `(${args.map(({ sql }) => `CAST(${sql} AS BLOB)`).join(' || ')})`,
  type: { kind: 'BINARY' },
});

/** The only letter whose capital is two. */
define('UPPER', 1, ([a]) => varchar(`upper(replace(${textOf(a!)}, 'ß', 'SS'))`));
define('LOWER', 1, one('lower'));
define('REVERSE', 1, (args, { name }) => {
  noBytes(name, args);
  return one('reverse')(args);
});
define('LENGTH LEN', 1, ([a]) =>
  counted(a!.type.kind === 'BINARY' ? `octet_length(${a!.sql})` : `length(${textOf(a!)})`),
);
define('OCTET_LENGTH', 1, ([a]) =>
  counted(a!.type.kind === 'BINARY' ? `octet_length(${a!.sql})` : `strlen(${textOf(a!)})`),
);
/** The first byte of its UTF-8. */
define('ASCII', 1, ([a]) =>
  integer(
    `CASE WHEN ${textOf(a!)} = '' THEN 0 ELSE CAST('0x' || left(hex(encode(left(${textOf(a!)}, 1))), 2) AS INTEGER) END`,
  ),
);
define('UNICODE', 1, ([a]) => integer(`CASE WHEN ${textOf(a!)} = '' THEN 0 ELSE unicode(${textOf(a!)}) END`));
define('CHR CHAR', 1, ([a]) => varchar(`sf_chr(${bigint(a!)})`));
define('CONCAT', [1, MANY], (args) =>
  ofBytes('CONCAT', args) ? joined(args) : varchar(`(${args.map(textOf).join(' || ')})`));
define('CONCAT_WS', [2, MANY], (args) => {
  const [separator, ...rest] = args as [Lowered, ...Lowered[]];
  if (ofBytes('CONCAT_WS', args))
    return joined(rest.flatMap((value, index) => (index === 0 ? [value] : [separator, value])));
  const texts = args.map(textOf);
  const nulls = texts.map((text) => `${text} IS NULL`).join(' OR ');
  return varchar(`(CASE WHEN ${nulls} THEN NULL ELSE concat_ws(${texts.join(', ')}) END)`);
});
define('TRIM', [1, 2], (args) => varchar(`trim(${args.map(textOf).join(', ')}${args[1] ? '' : ", ' '"})`));
define('LTRIM', [1, 2], (args) => varchar(`ltrim(${args.map(textOf).join(', ')}${args[1] ? '' : ", ' '"})`));
define('RTRIM', [1, 2], (args) => varchar(`rtrim(${args.map(textOf).join(', ')}${args[1] ? '' : ", ' '"})`));
define('LEFT', 2, ([a, n]) =>
  a!.type.kind === 'BINARY' ? bytes(a!, '1', atLeast0(n!)) : varchar(`left(${textOf(a!)}, ${atLeast0(n!)})`),
);
define('RIGHT', 2, ([a, n]) =>
  a!.type.kind === 'BINARY'
    ? { sql: `unhex(right(hex(${a!.sql}), 2 * (${atLeast0(n!)})))`, type: a!.type }
    : varchar(`right(${textOf(a!)}, ${atLeast0(n!)})`),
);
/** A start of 0 counts as 1, a negative one from the end. */
define('SUBSTR SUBSTRING', [2, 3], ([a, from, length]) => {
  const isBytes = a!.type.kind === 'BINARY';
  const text = isBytes ? a!.sql : textOf(a!);
  const size = isBytes ? `octet_length(${text})` : `length(${text})`;
  const start = `CASE WHEN ${bigint(from!)} = 0 THEN 1 WHEN ${bigint(from!)} < -${size} THEN ${size} + 1 ELSE ${bigint(from!)} END`;
  if (isBytes) {
    const counted = `CASE WHEN ${bigint(from!)} < 0 AND ${bigint(from!)} >= -${size} THEN ${size} + ${bigint(from!)} + 1 ELSE ${start} END`;
    return bytes(a!, counted, length ? atLeast0(length) : size);
  }
  return varchar(length ? `substr(${text}, ${start}, ${atLeast0(length)})` : `substr(${text}, ${start})`);
});
define('REPLACE', [2, 3], ([a, what, by]) =>
  varchar(
    by
      ? `sf_replace(${textOf(a!)}, ${textOf(what!)}, ${textOf(by)})`
      : `(CASE WHEN ${textOf(what!)} = '' THEN ${textOf(a!)} ELSE replace(${textOf(a!)}, ${textOf(what!)}, '') END)`,
  ));
define('INSERT', 4, ([a, at, length, by]) => {
  noBytes('INSERT', [a!, by!]);
  return varchar(`sf_insert(${textOf(a!)}, ${bigint(at!)}, ${bigint(length!)}, ${textOf(by!)})`);
});
define('TRANSLATE', 3, ([a, from, to]) =>
  varchar(`translate(${textOf(a!)}, ${textOf(from!)}, ${textOf(to!)})`),
);
define('REPEAT', 2, ([a, n]) =>
  varchar(`repeat(${textOf(a!)}, sf_room(strlen(${textOf(a!)}), ${bigint(n!)}))`),
);
define('SPACE', 1, ([n]) => varchar(`repeat(' ', sf_room(1, ${bigint(n!)}))`));
/** Nothing to pad with leaves the text as it is. */
for (const name of ['LPAD', 'RPAD']) {
  define(name, [2, 3], ([a, n, pad], call) => {
    if (a!.type.kind === 'BINARY') return paddedBytes(call.name, a!, n!, pad);
    const [text, padding] = [textOf(a!), pad ? textOf(pad) : "' '"];
    const length = `CAST(sf_room(1, ${atLeast0(n!)}) AS INTEGER)`;
    const padded = `${name.toLowerCase()}(${text}, ${length}, ${padding})`;
    return varchar(
      pad ? `(CASE WHEN ${padding} = '' THEN left(${text}, ${atLeast0(n!)}) ELSE ${padded} END)` : padded,
    );
  });
}
define('INITCAP', [1, 2], ([a, delimiters]) =>
  varchar(
    `sf_initcap(${textOf(a!)}, ${delimiters ? textOf(delimiters) : `' ' || chr(9) || chr(10) || '!?@"^#$&~_,.:;+-*%/|\\[](){}<>'`})`,
  ));
for (const [name, duck] of [
  ['STARTSWITH', 'starts_with'],
  ['ENDSWITH', 'ends_with'],
  ['CONTAINS', 'contains'],
] as const)
  define(name, 2, ([a, b]) => {
    noBytes(name, [a!, b!]);
    return boolean(`${duck}(${textOf(a!)}, ${textOf(b!)})`);
  });
define('POSITION CHARINDEX', [2, 3], ([a, b, from]) =>
  counted(
    a!.type.kind === 'BINARY' && b!.type.kind === 'BINARY'
      ? `sf_byte_position(hex(${a!.sql}), hex(${b!.sql}), ${from ? bigint(from) : '1'})`
      : `sf_position(${textOf(a!)}, ${textOf(b!)}, ${from ? bigint(from) : '1'})`,
  ));
define('SPLIT', 2, ([a, d]) =>
  textArray(
    /^'(?:[^']|'')+'$/.test(d!.sql)
      ? `string_split(${textOf(a!)}, ${d!.sql})`
      : `(CASE WHEN ${textOf(d!)} IS NULL THEN NULL WHEN ${textOf(d!)} = '' THEN [${textOf(a!)}] ELSE string_split(${textOf(a!)}, ${textOf(d!)}) END)`,
  ),
);
/** A part by a constant delimiter and number needs none of the macro's cases, each of which DuckDB would bind anew. */
define('SPLIT_PART', 3, ([a, d, n]) => {
  const text = textOf(a!);
  return varchar(
    literalOf(d!) && /^[1-9]\d*$/.test(n!.sql)
      ? `(CASE WHEN ${text} IS NOT NULL THEN coalesce(string_split(${text}, ${d!.sql})[${n!.sql}], '') END)`
      : `sf_split_part(${text}, ${textOf(d!)}, ${bigint(n!)})`,
  );
});
/**
 * Tokens count from 1: NULL for what is none. https://docs.snowflake.com/en/sql-reference/functions/strtok
 */
define('STRTOK', [1, 3], ([a, d, n]) => {
  const number = n ? bigint(n) : '1';
  const place = /^\d+$/.test(number) ? number : `greatest(${number}, 0 * ${number})`;
  return varchar(`${tokensOf(a!, d)}[${place}]`);
});
define('STRTOK_TO_ARRAY', [1, 2], ([a, d]) => textArray(tokensOf(a!, d)));

function tokensOf(text: Lowered, delimiters: Lowered | undefined): string {
  const constant = delimiters ? literalOf(delimiters) : ' ';
  if (!constant || /[^ -~\s]/.test(constant)) return `sf_tokens(${textOf(text)}, ${textOf(delimiters!)})`;
  const anyOf = quoteLiteral(`[${constant.replace(/[\\\]^[-]/g, '\\$&')}]`);
  return `list_filter(string_split_regex(${textOf(text)}, ${anyOf}), lambda t: t <> '')`;
}

/** A third argument is the most that it counts to. */
define('EDITDISTANCE', [2, 3], ([a, b, most]) => {
  const distance = `sf_edit_distance(${textOf(a!)}, ${textOf(b!)})`;
  const type = numberType(9, 0);
  if (!most) return { sql: `CAST(${distance} AS HUGEINT)`, type };
  const limit = `CAST(round(${double(most)}) AS BIGINT)`;
  return {
    sql: `CAST(CASE WHEN ${distance} IS NULL OR ${limit} IS NULL THEN NULL WHEN ${limit} < 0 THEN 0 ELSE least(${distance}, ${limit}) END AS HUGEINT)`,
    type,
  };
});
define('JAROWINKLER_SIMILARITY', 2, ([a, b]) =>
  integer(`sf_similarity(lower(${textOf(a!)}), lower(${textOf(b!)}))`),
);
define('SOUNDEX', 1, ([a]) => varchar(`sf_soundex(${textOf(a!)})`));
define('BIT_LENGTH', 1, ([a]) =>
  counted(`8 * ${a!.type.kind === 'BINARY' ? `octet_length(${a!.sql})` : `strlen(${textOf(a!)})`}`),
);
define('RTRIMMED_LENGTH', 1, ([a]) => counted(`length(rtrim(${textOf(a!)}, ' '))`));
/** `a LIKE b ESCAPE c` as a function. */
for (const name of ['LIKE', 'ILIKE'])
  define(name, [2, 3], ([a, pattern, escape]) =>
    boolean(`(${textOf(a!)} ${name} ${textOf(pattern!)}${escape ? ` ESCAPE ${textOf(escape)}` : ''})`),
  );

/** https://docs.snowflake.com/en/sql-reference/functions-semistructured */
import { SnowflakeError, unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { cast, isSemi, toVariant } from '../lower/coerce';
import { sortedJson } from '../json-text';
import { jsonArray, jsonEntry, jsonObject } from '../lower/json';
import { define } from './registry';
import {
  array,
  bigint,
  boolean,
  float,
  integer,
  json,
  list,
  literalInteger,
  literalText,
  object,
  textArray,
  textOf,
  variant,
  varchar,
} from './types';

const MANY = 200;

/** The keys of objects are sorted, here those of a literal only. */
define('PARSE_JSON', 1, ([a], call) => {
  const [argument] = call.args;
  const sorted = argument?.is === 'string' ? sortedJson(argument.value) : undefined;
  return variant(`sf_parse_json(${sorted === undefined ? textOf(a!) : quoteLiteral(sorted)})`);
});
define('TRY_PARSE_JSON', 1, ([a]) => variant(`sf_try_parse_json(${textOf(a!)})`));
define('CHECK_JSON', 1, ([a]) =>
  varchar(`(CASE WHEN ${textOf(a!)} IS NULL OR json_valid(${textOf(a!)}) THEN NULL ELSE 'invalid JSON' END)`),
);
define('TO_JSON', 1, ([a]) => varchar(`CAST(${json(a!)} AS VARCHAR)`));
define('TO_VARIANT', 1, ([a]) => variant(toVariant(a!)));
define('TO_ARRAY', 1, ([a]) => cast(a!, { kind: 'ARRAY' }));
define('TO_OBJECT', 1, ([a]) => object(`sf_only(${json(a!)}, 'OBJECT', 'OBJECT')`));
define('STRIP_NULL_VALUE', 1, ([a]) =>
  variant(`(CASE WHEN json_type(${a!.sql}) <> 'NULL' THEN ${a!.sql} END)`),
);
define('TYPEOF', 1, ([a]) => varchar(`sf_typeof(${json(a!)})`));
define('GET', 2, ([a, key]) =>
  variant(`sf_get(${a!.sql}, ${key!.type.kind === 'VARCHAR' ? textOf(key!) : bigint(key!)})`),
);
define('GET_IGNORE_CASE', 2, ([a, key]) =>
  variant(`list_filter(sf_fields(${a!.sql}), lambda e: lower(e.k) = lower(${textOf(key!)}))[1].v`),
);
define('GET_PATH JSON_EXTRACT_PATH_TEXT', 2, ([a, path], call) => {
  const text = literalText(path!, call.name);
  const value = a!.type.kind === 'VARCHAR' ? `sf_parse_json(${a!.sql})` : a!.sql;
  const duck = quoteLiteral(jsonPath(text));
  return call.name === 'GET_PATH'
    ? variant(`json_extract(${value}, ${duck})`)
    : varchar(`json_extract_string(${value}, ${duck})`);
});

/** `a.b["c d"][0]` in DuckDB's words. @throws SnowflakeError for what is no path */
function jsonPath(text: string): string {
  let path = '$';
  const step = /\.?([\p{L}_][\p{L}\p{N}_$]*)|\.?"([^"]*)"|\[(\d+)\]|\[(?:"([^"]*)"|'([^']*)')\]/uy;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (!match) throw unsupported(`the path '${text}'`);
    const [, word, quoted, index, double, single] = match;
    path += index === undefined ? `."${word ?? quoted ?? double ?? single ?? ''}"` : `[${index}]`;
  }
  return path;
}

for (const name of ['OBJECT_CONSTRUCT', 'OBJECT_CONSTRUCT_KEEP_NULL']) {
  define(name, [0, MANY], (args) => {
    if (args.length % 2 === 1)
      throw new SnowflakeError(
        '000938',
        '22023',
        `SQL compilation error:\nnot enough arguments for function [${name}], expected ${args.length + 1}, got ${args.length}`,
      );
    return object(jsonObject(args, name.endsWith('KEEP_NULL')));
  });
}
define('OBJECT_KEYS', 1, ([a]) => array(`to_json(json_keys(${a!.sql}))`));

/** Keys given one by one or as an array. */
function keysOf(keys: readonly Lowered[]): string {
  if (keys.length === 1 && isSemi(keys[0]!.type))
    return `list_transform(sf_list(${keys[0]!.sql}), lambda k: k ->> '$')`;
  return `[${keys.map(textOf).join(', ')}]`;
}
define('OBJECT_DELETE', [2, MANY], ([a, ...keys]) =>
  object(`sf_object(list_filter(sf_fields(${a!.sql}), lambda e: NOT list_contains(${keysOf(keys)}, e.k)))`));
define('OBJECT_PICK', [2, MANY], ([a, ...keys]) =>
  object(`sf_object(list_filter(sf_fields(${a!.sql}), lambda e: list_contains(${keysOf(keys)}, e.k)))`));
/** A NULL adds nothing; a key that is there is refused, or with a fourth argument of TRUE replaced. */
define('OBJECT_INSERT', [3, 4], ([a, key, value, update]) => {
  if (update && update.sql !== 'TRUE' && update.sql !== 'FALSE')
    throw unsupported('OBJECT_INSERT with a computed update flag');
  const fields = `sf_fields(${a!.sql})`;
  const kept = update?.sql === 'TRUE' ? `list_filter(${fields}, lambda e: e.k <> ${textOf(key!)})` : fields;
  return object(
    `(CASE WHEN ${json(value!)} IS NULL THEN ${a!.sql} ELSE sf_object(list_append(${kept}, ${jsonEntry(textOf(key!), json(value!))})) END)`,
  );
});
define('ARRAYS_TO_OBJECT', 2, ([keys, values]) =>
  object(
    `sf_object(list_transform(list_filter(list_zip(sf_list(${list(keys!)}), sf_list(${list(values!)})), lambda p: p[1] IS NOT NULL), lambda p: ${jsonEntry("p[1] ->> '$'", "coalesce(p[2], CAST('null' AS JSON))")}))`,
  ),
);

define('ARRAY_CONSTRUCT', [0, MANY], (args) => array(jsonArray(args)));
define('ARRAY_CONSTRUCT_COMPACT', [0, MANY], (args) =>
  array(`to_json(list_filter([${args.map(json).join(', ')}], lambda e: e IS NOT NULL))`));
define('ARRAY_SIZE', 1, ([a]) =>
  integer(`(CASE WHEN json_type(${list(a!)}) = 'ARRAY' THEN json_array_length(${list(a!)}) END)`),
);
define('ARRAY_CONTAINS', 2, ([value, a]) => boolean(`list_contains(sf_list(${list(a!)}), ${json(value!)})`));
define('ARRAY_POSITION', 2, ([value, a]) =>
  integer(`(nullif(list_position(sf_list(${list(a!)}), ${json(value!)}), 0) - 1)`),
);
define('ARRAY_APPEND', 2, ([a, value]) =>
  array(`to_json(list_append(sf_list(${list(a!)}), ${json(value!)}))`),
);
define('ARRAY_PREPEND', 2, ([a, value]) =>
  array(`to_json(list_prepend(${json(value!)}, sf_list(${list(a!)})))`),
);
define('ARRAY_CAT', 2, ([a, b]) =>
  array(
    `(CASE WHEN ${list(a!)} IS NULL OR ${list(b!)} IS NULL THEN NULL ELSE to_json(list_concat(sf_list(${list(a!)}), sf_list(${list(b!)}))) END)`,
  ),
);
define('ARRAY_COMPACT', 1, ([a]) =>
  array(`to_json(list_filter(sf_list(${list(a!)}), lambda e: e IS NOT NULL AND json_type(e) <> 'NULL'))`),
);
define('ARRAY_DISTINCT', 1, ([a]) => array(`sf_array_distinct(${list(a!)})`));
define('ARRAY_EXCEPT', 2, ([a, b]) => array(`sf_array_except(${list(a!)}, ${list(b!)})`));
define('ARRAY_INTERSECTION', 2, ([a, b]) => array(`sf_array_intersection(${list(a!)}, ${list(b!)})`));
define('ARRAYS_OVERLAP', 2, ([a, b]) => boolean(`list_has_any(sf_list(${list(a!)}), sf_list(${list(b!)}))`));
define('ARRAY_SLICE', 3, ([a, from, to]) =>
  array(`sf_array_slice(${list(a!)}, ${bigint(from!)}, ${bigint(to!)})`),
);
define('ARRAY_INSERT', 3, ([a, at, value]) =>
  array(`sf_array_insert(${list(a!)}, ${bigint(at!)}, ${json(value!)})`),
);
define('ARRAY_REMOVE', 2, ([a, value]) =>
  array(`to_json(list_filter(sf_list(${list(a!)}), lambda e: e IS NULL OR e <> ${json(value!)}))`),
);
define('ARRAY_REMOVE_AT', 2, ([a, at]) => array(`sf_array_remove_at(${list(a!)}, ${bigint(at!)})`));
define('ARRAY_REVERSE', 1, ([a]) => array(`to_json(list_reverse(sf_list(${list(a!)})))`));
define('ARRAY_TO_STRING', 2, ([a, separator]) => {
  const delimiter = /^'(?:[^']|'')*'$/.exec(separator!.sql);
  if (!delimiter) throw unsupported('ARRAY_TO_STRING with a computed separator');
  if (a!.texts !== undefined) return varchar(`array_to_string(${a!.texts}, ${separator!.sql})`);
  return varchar(
    `(CASE WHEN ${list(a!)} IS NULL THEN NULL ELSE coalesce(sf_array_text(${list(a!)}, ${separator!.sql}), '') END)`,
  );
});
define('ARRAY_GENERATE_RANGE', [2, 3], ([from, to, step]) =>
  array(`to_json(range(${bigint(from!)}, ${bigint(to!)}, ${step ? bigint(step) : '1'}))`));
define('ARRAY_FLATTEN', 1, ([a]) =>
  array(`to_json(flatten(list_transform(sf_list(${list(a!)}), lambda e: sf_list(e))))`),
);
/** ARRAY_SORT(array[, ascending[, nulls first]]): unless told otherwise NULLs come last ascending and first descending. */
define('ARRAY_SORT', [1, 3], ([a, ascending, nullsFirst]) => {
  const flags = [
    ascending?.sql ?? 'TRUE',
    nullsFirst?.sql ?? (ascending?.sql === 'FALSE' ? 'TRUE' : 'FALSE'),
  ];
  if (flags.some((flag) => flag !== 'TRUE' && flag !== 'FALSE'))
    throw unsupported('ARRAY_SORT with computed flags');
  if (a!.texts !== undefined) {
    const [direction, nulls] = [flags[0] === 'TRUE' ? 'ASC' : 'DESC', flags[1] === 'TRUE' ? 'FIRST' : 'LAST'];
    return textArray(`list_sort(${a!.texts}, '${direction}', 'NULLS ${nulls}')`);
  }
  const sorted = `${flags[0] === 'TRUE' ? 'sf_ascending' : 'sf_descending'}(${list(a!)})`;
  const nulls = `sf_nulls(${list(a!)})`;
  return array(
    `to_json(list_concat(${flags[1] === 'TRUE' ? `${nulls}, ${sorted}` : `${sorted}, ${nulls}`}))`,
  );
});
define('ARRAY_MAX', 1, ([a]) => variant(`sf_descending(${list(a!)})[1]`));
define('ARRAY_MIN', 1, ([a]) => variant(`sf_ascending(${list(a!)})[1]`));

const TYPES: [string, string][] = [
  ['IS_ARRAY', `= 'ARRAY'`],
  ['IS_OBJECT', `= 'OBJECT'`],
  ['IS_VARCHAR', `= 'VARCHAR'`],
  ['IS_CHAR', `= 'VARCHAR'`],
  ['IS_BOOLEAN', `= 'BOOLEAN'`],
  ['IS_INTEGER', `= 'INTEGER'`],
  ['IS_DECIMAL', `IN ('INTEGER', 'DECIMAL')`],
  ['IS_DOUBLE', `IN ('INTEGER', 'DECIMAL', 'DOUBLE')`],
  ['IS_REAL', `IN ('INTEGER', 'DECIMAL', 'DOUBLE')`],
];
for (const [name, test] of TYPES) define(name, 1, ([a]) => boolean(`(sf_typeof(${json(a!)}) ${test})`));
const AS: [string, 'VARCHAR' | 'BOOLEAN' | 'ARRAY' | 'OBJECT' | 'NUMBER', string][] = [
  ['AS_VARCHAR AS_CHAR', 'VARCHAR', `= 'VARCHAR'`],
  ['AS_BOOLEAN', 'BOOLEAN', `= 'BOOLEAN'`],
  ['AS_ARRAY', 'ARRAY', `= 'ARRAY'`],
  ['AS_OBJECT', 'OBJECT', `= 'OBJECT'`],
  ['AS_INTEGER', 'NUMBER', `= 'INTEGER'`],
];
for (const [names, kind, test] of AS) {
  define(names, 1, ([a]) => {
    const type = kind === 'NUMBER' ? ({ kind, precision: 38, scale: 0 } as const) : ({ kind } as const);
    return { sql: `(CASE WHEN sf_typeof(${json(a!)}) ${test} THEN ${cast(semi(a!), type).sql} END)`, type };
  });
}

for (const name of ['AS_DOUBLE', 'AS_REAL'])
  define(name, 1, ([a]) => {
    const test = `sf_typeof(${json(a!)}) IN ('INTEGER', 'DECIMAL', 'DOUBLE')`;
    return float(`(CASE WHEN ${test} THEN ${cast(semi(a!), { kind: 'FLOAT' }).sql} END)`);
  });
/** AS_NUMBER(variant[, precision[, scale]]). */
define('AS_NUMBER AS_DECIMAL', [1, 3], ([a, precision, scale], call) => {
  const sizes = [precision, scale].map((size) => size && literalInteger(size));
  if ((precision && sizes[0] === undefined) || (scale && sizes[1] === undefined))
    throw unsupported(`${call.name} with a computed precision or scale`);
  const type: SqlType = { kind: 'NUMBER', precision: sizes[0] ?? 38, scale: sizes[1] ?? 0 };
  const test = `sf_typeof(${json(a!)}) IN ('INTEGER', 'DECIMAL')`;
  return { sql: `(CASE WHEN ${test} THEN ${cast(semi(a!), type).sql} END)`, type };
});

function semi(value: Lowered): Lowered {
  return isSemi(value.type) ? value : variant(toVariant(value));
}

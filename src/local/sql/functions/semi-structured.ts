/** https://docs.snowflake.com/en/sql-reference/functions-semistructured */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { cast, isSemi, toVariant } from '../lower/coerce';
import { jsonArray, jsonObject } from '../lower/json';
import { define } from './registry';
import {
  array,
  textArray,
  bigint,
  boolean,
  integer,
  json,
  list,
  object,
  textOf,
  variant,
  varchar,
} from './types';

const MANY = 200;

define('PARSE_JSON', 1, ([a]) => variant(`sf_parse_json(${textOf(a!)})`));
define('TRY_PARSE_JSON', 1, ([a]) => variant(`sf_try_parse_json(${textOf(a!)})`));
define('CHECK_JSON', 1, ([a]) =>
  varchar(`(CASE WHEN ${textOf(a!)} IS NULL OR json_valid(${textOf(a!)}) THEN NULL ELSE 'invalid JSON' END)`),
);
define('TO_JSON', 1, ([a]) => varchar(`CAST(${json(a!)} AS VARCHAR)`));
define('TO_VARIANT', 1, ([a]) => variant(toVariant(a!)));
define('TO_ARRAY', 1, ([a]) => cast(a!, { kind: 'ARRAY' }));
define('TO_OBJECT', 1, ([a]) => object(json(a!)));
define('TYPEOF', 1, ([a]) => varchar(`sf_typeof(${json(a!)})`));
define('GET', 2, ([a, key]) =>
  variant(`sf_get(${a!.sql}, ${key!.type.kind === 'VARCHAR' ? textOf(key!) : bigint(key!)})`),
);
define('GET_PATH JSON_EXTRACT_PATH_TEXT', 2, ([a, path], call) => {
  const text = /^'((?:[^']|'')*)'$/.exec(path!.sql)?.[1];
  if (text === undefined) throw unsupported(`${call.name} with a computed path`);
  const value =
    call.name === 'GET_PATH' ? a!.sql : a!.type.kind === 'VARCHAR' ? `sf_parse_json(${a!.sql})` : a!.sql;
  const duck = quoteLiteral(`$.${text}`);
  return call.name === 'GET_PATH'
    ? variant(`json_extract(${value}, ${duck})`)
    : varchar(`json_extract_string(${value}, ${duck})`);
});
define('OBJECT_CONSTRUCT', [0, MANY], (args) => object(jsonObject(args)));
define('OBJECT_CONSTRUCT_KEEP_NULL', [0, MANY], (args) => object(jsonObject(args, true)));
define('OBJECT_KEYS', 1, ([a]) => array(`to_json(json_keys(${a!.sql}))`));
define('OBJECT_DELETE', [2, MANY], ([a, ...keys]) =>
  object(
    `to_json(map_from_entries(list_filter(map_entries(TRY_CAST(${a!.sql} AS MAP(VARCHAR, JSON))), lambda e: e.key NOT IN (${keys.map(textOf).join(', ')}))))`,
  ));
define('OBJECT_INSERT', [3, 4], ([a, key, value, update]) => {
  if (update && update.sql !== 'TRUE') throw unsupported('OBJECT_INSERT without update');
  const others = `list_filter(map_entries(TRY_CAST(${a!.sql} AS MAP(VARCHAR, JSON))), lambda e: e.key <> ${textOf(key!)})`;
  const rest = `list_transform(${others}, lambda e: {'k': e.key, 'v': e.value})`;
  return object(
    `to_json(map_from_entries(list_append(${rest}, {'k': ${textOf(key!)}, 'v': ${json(value!)}})))`,
  );
});

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
  array(
    `to_json(list_concat(list_append(sf_list(${list(a!)})[1:${bigint(at!)}], ${json(value!)}), sf_list(${list(a!)})[${bigint(at!)} + 1:]))`,
  ),
);
define('ARRAY_REMOVE', 2, ([a, value]) =>
  array(`to_json(list_filter(sf_list(${list(a!)}), lambda e: e <> ${json(value!)}))`),
);
define('ARRAY_REMOVE_AT', 2, ([a, at]) =>
  array(
    `to_json(list_concat(sf_list(${list(a!)})[1:${bigint(at!)}], sf_list(${list(a!)})[${bigint(at!)} + 2:]))`,
  ),
);
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
/** Numbers by value, everything else by its text; NULLs last ascending. */
define('ARRAY_SORT', [1, 2], ([a, ascending]) => {
  const direction = ascending?.sql === 'FALSE' ? 'DESC' : 'ASC';
  if (a!.texts !== undefined) return textArray(`list_sort(${a!.texts}, '${direction}', 'NULLS LAST')`);
  const keys = `list_transform(sf_list(${list(a!)}), lambda e: {'n': TRY_CAST(e ->> '$' AS DOUBLE), 's': e ->> '$', 'v': e})`;
  return array(`to_json(list_transform(list_sort(${keys}, '${direction}', 'NULLS LAST'), lambda e: e.v))`);
});
define('ARRAY_MAX', 1, ([a]) =>
  variant(
    `list_transform(list_sort(list_transform(sf_list(${list(a!)}), lambda e: {'n': TRY_CAST(e ->> '$' AS DOUBLE), 's': e ->> '$', 'v': e}), 'DESC', 'NULLS LAST'), lambda e: e.v)[1]`,
  ),
);
define('ARRAY_MIN', 1, ([a]) =>
  variant(
    `list_transform(list_sort(list_transform(sf_list(${list(a!)}), lambda e: {'n': TRY_CAST(e ->> '$' AS DOUBLE), 's': e ->> '$', 'v': e}), 'ASC', 'NULLS LAST'), lambda e: e.v)[1]`,
  ),
);

const TYPES: [string, string][] = [
  ['IS_ARRAY', `= 'ARRAY'`],
  ['IS_OBJECT', `= 'OBJECT'`],
  ['IS_VARCHAR', `= 'VARCHAR'`],
  ['IS_CHAR', `= 'VARCHAR'`],
  ['IS_BOOLEAN', `= 'BOOLEAN'`],
  ['IS_INTEGER', `= 'INTEGER'`],
  ['IS_DECIMAL', `IN ('INTEGER', 'DECIMAL')`],
  ['IS_DOUBLE', `IN ('INTEGER', 'DECIMAL', 'DOUBLE')`],
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

function semi(value: Lowered): Lowered {
  return isSemi(value.type) ? value : variant(toVariant(value));
}

/** https://docs.snowflake.com/en/sql-reference/functions-semistructured#array-creation-and-manipulation */
import { unsupported } from '../../errors';
import { jsonArray } from '../lower/json';
import { define } from './registry';
import { array, bigint, boolean, integer, json, list, textArray, variant, varchar } from './types';

const MANY = 200;

/** NULL for a NULL in place of an array, which DuckDB's functions take for an empty list. */
const unlessNull = (arrays: readonly string[], sql: string): string =>
  `(CASE WHEN ${arrays.map((each) => `${each} IS NULL`).join(' OR ')} THEN NULL ELSE ${sql} END)`;

define('ARRAY_CONSTRUCT', [0, MANY], (args) => array(jsonArray(args)));
define('ARRAY_CONSTRUCT_COMPACT', [0, MANY], (args) =>
  array(`to_json(list_filter([${args.map(json).join(', ')}], lambda e: e IS NOT NULL))`));
define('ARRAY_SIZE', 1, ([a]) =>
  integer(`(CASE WHEN json_type(${list(a!)}) = 'ARRAY' THEN json_array_length(${list(a!)}) END)`),
);
define('ARRAY_CONTAINS', 2, ([value, a]) =>
  boolean(`list_contains(sf_values(${list(a!)}), sf_comparable(sf_searched(${list(a!)}, ${json(value!)})))`),
);
define('ARRAY_POSITION', 2, ([value, a]) =>
  integer(
    `(nullif(list_position(sf_values(${list(a!)}), sf_comparable(sf_searched(${list(a!)}, ${json(value!)}))), 0) - 1)`,
  ),
);
define('ARRAY_APPEND', 2, ([a, value]) =>
  array(unlessNull([list(a!)], `to_json(list_append(sf_list(${list(a!)}), ${json(value!)}))`)),
);
define('ARRAY_PREPEND', 2, ([a, value]) =>
  array(unlessNull([list(a!)], `to_json(list_prepend(${json(value!)}, sf_list(${list(a!)})))`)),
);
define('ARRAY_CAT', 2, ([a, b]) =>
  array(
    `(CASE WHEN ${list(a!)} IS NULL OR ${list(b!)} IS NULL THEN NULL ELSE to_json(list_concat(sf_list(${list(a!)}), sf_list(${list(b!)}))) END)`,
  ),
);
define('ARRAY_COMPACT', 1, ([a]) =>
  array(`to_json(list_filter(sf_list(${list(a!)}), lambda e: e IS NOT NULL AND json_type(e) <> 'NULL'))`),
);
define('ARRAY_DISTINCT', 1, ([a]) => array(unlessNull([list(a!)], `sf_array_distinct(${list(a!)})`)));
define('ARRAY_EXCEPT', 2, ([a, b]) =>
  array(unlessNull([list(a!), list(b!)], `sf_array_except(${list(a!)}, ${list(b!)})`)),
);
define('ARRAY_INTERSECTION', 2, ([a, b]) =>
  array(unlessNull([list(a!), list(b!)], `sf_array_intersection(${list(a!)}, ${list(b!)})`)),
);
define('ARRAYS_OVERLAP', 2, ([a, b]) =>
  boolean(`list_has_any(sf_values(${list(a!)}), sf_values(${list(b!)}))`),
);
define('ARRAY_SLICE', 3, ([a, from, to]) =>
  array(`sf_array_slice(${list(a!)}, ${bigint(from!)}, ${bigint(to!)})`),
);
define('ARRAY_INSERT', 3, ([a, at, value]) =>
  array(unlessNull([list(a!)], `sf_array_insert(${list(a!)}, ${bigint(at!)}, ${json(value!)})`)),
);
define('ARRAY_REMOVE', 2, ([a, value]) =>
  array(
    unlessNull(
      [list(a!), json(value!)],
      `to_json(list_filter(sf_list(${list(a!)}), lambda e: sf_comparable(e) <> sf_comparable(${json(value!)})))`,
    ),
  ),
);
define('ARRAY_REMOVE_AT', 2, ([a, at]) =>
  array(unlessNull([list(a!)], `sf_array_remove_at(${list(a!)}, ${bigint(at!)})`)),
);
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
  array(
    `to_json(range(${bigint(from!)}, sf_range_end(${bigint(from!)}, ${bigint(to!)}, ${step ? bigint(step) : '1'}), ${step ? bigint(step) : '1'}))`,
  ));
define('ARRAY_FLATTEN', 1, ([a]) => array(`sf_flat(${list(a!)})`));
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
    unlessNull(
      [list(a!)],
      `to_json(list_concat(${flags[1] === 'TRUE' ? `${nulls}, ${sorted}` : `${sorted}, ${nulls}`}))`,
    ),
  );
});
define('ARRAY_MAX', 1, ([a]) => variant(`sf_descending(sf_alike(${list(a!)}, TRUE))[1]`));
define('ARRAY_MIN', 1, ([a]) => variant(`sf_ascending(sf_alike(${list(a!)}, FALSE))[1]`));

/** https://docs.snowflake.com/en/sql-reference/functions-semistructured */
import { SnowflakeError, unsupported } from '../../errors';
import type { Call } from '../ast';
import type { Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { cast, isSemi } from '../lower/coerce';
import { readJson } from '../json-reader';
import { element, jsonEntry, jsonObject } from '../lower/json';
import { define } from './registry';
import { array, json, list, literalText, object, textOf, variant, varchar } from './types';

const MANY = 200;

/** A literal is read here and now, which puts the keys of objects in order and finds those that come twice. */
function parsed(macro: string, ofReading: string) {
  return ([a, mode]: Lowered[], call: Call): Lowered => {
    if (mode) checkMode(literalText(mode, call.name), call.name);
    const [argument] = call.args;
    const reading = argument?.is === 'string' ? readJson(argument.value) : undefined;
    if (reading && 'fault' in reading) return variant(`${ofReading}(${quoteLiteral(`F${reading.fault}`)})`);
    const read = reading?.json;
    return variant(`${macro}(${typeof read === 'string' ? quoteLiteral(read) : textOf(a!)})`);
  };
}

/** How keys that come twice are taken: only strictly. https://docs.snowflake.com/en/sql-reference/functions/parse_json */
function checkMode(mode: string, name: string): void {
  if (/^d$/i.test(mode)) throw unsupported(`${name} with the parameter 'd'`);
  if (!/^s$/i.test(mode))
    throw new SnowflakeError(
      '001015',
      '22023',
      `SQL compilation error:\ninvalid value [${mode}] for parameter '${name}'`,
    );
}

define('PARSE_JSON', [1, 2], parsed('sf_parse_json', 'sf_reading'));
define('TRY_PARSE_JSON', [1, 2], parsed('sf_try_parse_json', 'sf_try_reading'));
define('CHECK_JSON', 1, ([a]) => varchar(`sf_check_json(${textOf(a!)})`));
define('TO_JSON', 1, ([a]) => varchar(`CAST(${json(a!)} AS VARCHAR)`));
define('TO_VARIANT', 1, ([a]) => cast(a!, { kind: 'VARIANT' }));
define('TO_ARRAY', 1, ([a]) => cast(a!, { kind: 'ARRAY' }));
define('TO_OBJECT', 1, ([a]) => object(`sf_only(${json(a!)}, 'OBJECT', 'OBJECT')`));
define('STRIP_NULL_VALUE', 1, ([a]) =>
  variant(`(CASE WHEN json_type(${a!.sql}) <> 'NULL' THEN ${a!.sql} END)`),
);
/** What JSON has no form for is known only where the VARIANT is made. */
define('TYPEOF', 1, ([a]) => {
  const { kind } = a!.holds ?? a!.type;
  const known = /^(DATE|TIME|TIMESTAMP_.*|BINARY|VARCHAR|BOOLEAN)$/.test(kind);
  return varchar(known ? `(CASE WHEN ${a!.sql} IS NOT NULL THEN '${kind}' END)` : `sf_typeof(${json(a!)})`);
});
define('GET', 2, ([a, key]) => element(a!, key!));
define('GET_IGNORE_CASE', 2, ([a, key]) =>
  variant(
    `coalesce(sf_get_key(${a!.sql}, ${textOf(key!)}), list_filter(sf_fields(${a!.sql}), lambda e: lower(e.k) = lower(${textOf(key!)}))[1].v)`,
  ),
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
    // A star is any key in DuckDB's paths, quoted too.
    if (!match || match[0].includes('*')) throw unsupported(`the path '${text}'`);
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
/**
 * A NULL, as key or as value, adds nothing; a key that is there is refused, or with a fourth argument of TRUE replaced.
 * https://docs.snowflake.com/en/sql-reference/functions/object_insert
 */
define('OBJECT_INSERT', [3, 4], ([a, key, value, update]) => {
  if (update && update.sql !== 'TRUE' && update.sql !== 'FALSE')
    throw unsupported('OBJECT_INSERT with a computed update flag');
  const fields = `sf_fields(${a!.sql})`;
  const kept = update?.sql === 'TRUE' ? `list_filter(${fields}, lambda e: e.k <> ${textOf(key!)})` : fields;
  const unchanged = `sf_updated(${a!.sql}, ${textOf(key!)})`;
  return object(
    `(CASE WHEN ${a!.sql} IS NULL OR ${textOf(key!)} IS NULL THEN ${a!.sql} WHEN ${json(value!)} IS NULL THEN ${unchanged} ELSE sf_object(list_append(${kept}, ${jsonEntry(textOf(key!), json(value!))})) END)`,
  );
});
define('ARRAYS_TO_OBJECT', 2, ([keys, values]) =>
  object(
    `(CASE WHEN ${list(keys!)} IS NULL THEN NULL ELSE sf_object(list_transform(list_filter(list_zip(sf_list(sf_paired(${list(keys!)}, ${list(values!)})), sf_list(${list(values!)})), lambda p: p[1] IS NOT NULL AND json_type(p[1]) <> 'NULL'), lambda p: ${jsonEntry("p[1] ->> '$'", "coalesce(p[2], CAST('null' AS JSON))")})) END)`,
  ),
);

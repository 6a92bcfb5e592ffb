/**
 * DuckDB macros behind Snowflake's functions, where one expression has to look at its argument more than once.
 * They are created in a connection's temporary schema when it needs them, so a database file holds nothing of this program's version.
 */
import { NotModelled, unsupported } from '../errors';
import { raise } from './duck-text';
import { ABBREVIATIONS, ZONE_NAME } from './zone-names';

/** A function of this process: `engine/json-function.ts`. */
export const READ_JSON = 'local_read_json';
/** `engine/quotient-function.ts`. */
export const QUOTIENT = 'local_quotient';
/** `engine/text-functions.ts`. */
export const DISTANCE = 'local_edit_distance';
export const SIMILARITY = 'local_similarity';
export const PRINT_NUMBER = 'local_print_number';

/** A number in a text. */
const NUMERIC = `'\\s*[-+]?(?:\\d+\\.?\\d*|\\.\\d+|[iI]nf(?:inity)?|[nN]a[nN])(?:[eE][-+]?\\d+)?\\s*'`;
const OFFSET = `'( ?[+-]\\d{2}(:?\\d{2})?| ?[Zz])$'`;
/** Text that may be a date and time: DuckDB wants two digits and no offset. */
const hasTime = `regexp_matches(x, '\\d:\\d')`;
/** Automatic formats that DuckDB's casts do not know: names of days and months, slashes, an hour without minutes. */
const UNUSUAL = `'^ *[A-Za-z]|/|^\\d{1,2}-[A-Za-z]|^\\d{4}-\\d{1,2}-\\d{1,2}[ T]\\d{1,2}$'`;
const CTIME = `'^([A-Za-z]{3} .*:\\d{2})( ?[+-]\\d{4}) (\\d{4})$'`;
/** The offset of a time, at the end or before a year. */
const ZONE = `'\\d:\\d.*?([+-]\\d{2}(?::?\\d{2})?|[Zz])(?: \\d{4})?$'`;
const RFC = ['%H:%M:%S', '%H:%M:%S.%f', '%I:%M:%S %p', '%I:%M:%S.%f %p'].map(
  (time) => `%a, %d %b %Y ${time}`,
);
const OTHERS = [
  '%m/%d/%Y',
  '%m/%d/%Y %H:%M:%S',
  '%d-%b-%Y',
  '%d-%B-%Y',
  '%a %b %d %H:%M:%S %Y',
  '%Y-%m-%d %H',
  '%Y-%m-%dT%H',
];
const UNUSUAL_FORMATS = `[${[...RFC, ...OTHERS].map((format) => `'${format}'`).join(', ')}]`;

const DEFINITIONS: readonly string[] = [
  // Numbers
  // Whole numbers n / d * k, rounded half away from zero; of more than `most` HUGEINT has no room for n * k.
  `sf_rounded_quotient(n, d) AS (2 * n + CASE WHEN n < 0 THEN -d ELSE d END) // (2 * d)`,
  `sf_quotient(n, d, k, most) AS CASE WHEN d = 0 AND n IS NOT NULL THEN ${raise('100051', '22012', 'Division by zero')} WHEN abs(n) < most AND abs(d) < 50000000000000000000000000000000000000::HUGEINT THEN (2 * n * k + CASE WHEN (n < 0) = (d < 0) THEN d ELSE -d END) // (2 * d) ELSE CAST(${QUOTIENT}(CAST(n AS VARCHAR), CAST(d AS VARCHAR), CAST(k AS VARCHAR)) AS HUGEINT) END`,
  `sf_divide_float(a, b) AS CASE WHEN b = 0 AND a IS NOT NULL THEN ${raise('100051', '22012', 'Division by zero')} ELSE a / b END`,
  `sf_modulo(a, b) AS CASE WHEN b = 0 AND a IS NOT NULL THEN ${raise('100051', '22012', 'Division by zero')} ELSE a % b END`,
  // A whole number of units u in larger units of m each.
  `sf_trunc_units(u, m) AS u // m`,
  `sf_ceil_units(u, m) AS (u + CASE WHEN u > 0 THEN m - 1 ELSE 0 END) // m`,
  `sf_floor_units(u, m) AS (u - CASE WHEN u < 0 THEN m - 1 ELSE 0 END) // m`,
  `sf_round_units(u, m) AS u // m + CASE WHEN abs(u % m) >= m - abs(u % m) THEN CASE WHEN u < 0 THEN -1 ELSE 1 END ELSE 0 END`,
  `sf_round_even_units(u, m) AS u // m + CASE WHEN abs(u % m) > m - abs(u % m) OR (abs(u % m) = m - abs(u % m) AND (u // m) % 2 <> 0) THEN CASE WHEN u < 0 THEN -1 ELSE 1 END ELSE 0 END`,
  // Ten to the n, one for what has no such decimals.
  `sf_unit(n) AS CAST(rpad('1', CAST(least(greatest(n, 0), 37) AS INTEGER) + CASE WHEN n IS NULL THEN NULL ELSE 1 END, '0') AS HUGEINT)`,
  // Outside of where they are defined.
  `sf_undefined(call) AS error('SF:100063:22023:Invalid floating point operation: ' || call)`,
  `sf_sqrt(x) AS CASE WHEN x < 0 THEN sf_undefined('sqrt(' || sf_float_text(x) || ')') ELSE sqrt(x) END`,
  // https://docs.snowflake.com/en/sql-reference/functions/acosh, .../atanh
  `sf_acosh(x) AS CASE WHEN x < 1 THEN ${raise(NotModelled.CODE, '0A000', unsupported('ACOSH of a number below 1').message)} ELSE acosh(x) END`,
  `sf_atanh(x) AS CASE WHEN abs(x) > 1 THEN ${raise(NotModelled.CODE, '0A000', unsupported('ATANH of a number beyond 1').message)} ELSE atanh(x) END`,
  `sf_ln(x) AS CASE WHEN x <= 0 THEN sf_undefined('log(e,' || sf_float_text(x) || ')') ELSE ln(x) END`,
  `sf_log(b, x) AS CASE WHEN b <= 0 OR b = 1 OR x <= 0 THEN sf_undefined('log(' || sf_float_text(b) || ',' || sf_float_text(x) || ')') ELSE ln(x) / ln(b) END`,
  `sf_width_bucket(x, low, high, n) AS CASE WHEN n <= 0 OR low = high THEN ${raise('100015', '22023', 'Invalid parameter value in WIDTH_BUCKET: there are no buckets')} WHEN CASE WHEN low < high THEN x < low ELSE x > low END THEN 0 WHEN CASE WHEN low < high THEN x >= high ELSE x <= high END THEN n + 1 ELSE floor((x - low) * n / (high - low)) + 1 END`,
  `sf_digits(x) AS CASE WHEN contains(x, '_') THEN error('SF:100038:22018:Numeric value ''' || x || ''' is not recognized') ELSE x END`,
  // Of a VARIANT: a BOOLEAN is 1 or 0, what is no number is told as it stands in the VARIANT.
  `sf_variant_digits(v, kind) AS CASE json_type(v) WHEN 'BOOLEAN' THEN CASE WHEN v ->> '$' = 'true' THEN '1' ELSE '0' END WHEN 'NULL' THEN NULL ELSE CASE WHEN v IS NULL OR regexp_full_match(v ->> '$', ${NUMERIC}) THEN v ->> '$' ELSE error('SF:100071:22000:Failed to cast variant value ' || CAST(v AS VARCHAR) || ' to ' || kind) END END`,
  `sf_try_digits(x) AS CASE WHEN NOT contains(x, '_') THEN x END`,
  // Ten digits, of whole numbers fifteen.
  `sf_float_text(x) AS CASE WHEN x = trunc(x) AND abs(x) < 1e15 THEN CAST(CAST(x AS BIGINT) AS VARCHAR) WHEN x = trunc(x) AND isfinite(x) THEN printf('%.15g', x) WHEN isfinite(x) THEN printf('%.10g', x) ELSE CAST(x AS VARCHAR) END`,
  `sf_ceil_at(x, n) AS ceil(round(x * power(10, n), 9)) / power(10, n)`,
  `sf_floor_at(x, n) AS floor(round(x * power(10, n), 9)) / power(10, n)`,
  `sf_haversine(a, b, c, d) AS 2 * 6371.0 * asin(sqrt(power(sin(radians(c - a) / 2), 2) + cos(radians(a)) * cos(radians(c)) * power(sin(radians(d - b) / 2), 2)))`,
  // Text
  `sf_chr(n) AS CASE WHEN n BETWEEN 0 AND 1114111 THEN chr(CAST(n AS INTEGER)) WHEN n IS NOT NULL THEN error('SF:100062:22021:Invalid character code ' || n || ' in the CHR input') END`,
  `sf_uuid_digits(h) AS left(h, 8) || '-' || substr(h, 9, 4) || '-5' || substr(h, 14, 3) || '-' || substr('89ab', CAST('0x' || substr(h, 17, 1) AS INTEGER) % 4 + 1, 1) || substr(h, 18, 3) || '-' || substr(h, 21, 12)`,
  `sf_named_uuid(space, name) AS sf_uuid_digits(sha1(unhex(replace(space, '-', '')) || encode(name)))`,
  `sf_unhex(x) AS CASE WHEN regexp_full_match(x, '([0-9A-Fa-f]{2})*') THEN unhex(x) WHEN x IS NOT NULL THEN error('SF:100115:22000:The following string is not a legal hex-encoded value: ''' || x || '''') END`,
  `sf_try_unhex(x) AS CASE WHEN regexp_full_match(x, '([0-9A-Fa-f]{2})*') THEN unhex(x) END`,
  // Letters as digits (vowels 0, H and W none), runs of one digit as one, the first replaced by its letter.
  `sf_letters(x) AS regexp_replace(upper(x), '[^A-Z]', '', 'g')`,
  `sf_runs(x) AS regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(x, '1+', '1', 'g'), '2+', '2', 'g'), '3+', '3', 'g'), '4+', '4', 'g'), '5+', '5', 'g'), '6+', '6', 'g')`,
  `sf_soundex(x) AS CASE WHEN sf_letters(x) = '' THEN '' ELSE left(sf_letters(x), 1) || rpad(left(replace(substr(sf_runs(left(translate(sf_letters(x), 'AEIOUYHWBFPVCGJKQSXZDTLMNR', '00000000111122222222334556'), 1) || translate(substr(sf_letters(x), 2), 'AEIOUYBFPVCGJKQSXZDTLMNRHW', '000000111122222222334556')), 2), '0', ''), 3), 3, '0') END`,
  // Regular expressions: where the n-th match begins (or ends), counted in characters; the n-th match replaced.
  `sf_from_one(n) AS CASE WHEN n < 1 THEN ${raise(NotModelled.CODE, '0A000', unsupported('a position or an occurrence below 1 of a regular expression').message)} ELSE n END`,
  // A quantifier with a ? behind it, before which stand whole classes and escaped characters.
  `sf_greedy(p) AS CASE WHEN regexp_matches(p, '(?s)^(?:\\\\.|\\[\\^?\\]?(?:\\[:\\w+:\\]|\\\\.|[^\\]\\\\])*\\]|[^\\\\\\[])*[*+?}]\\?') THEN ${raise(NotModelled.CODE, '0A000', unsupported('a regular expression with non-greedy quantifiers').message)} ELSE p END`,
  `sf_characters(list) AS coalesce(list_sum(list_transform(list, lambda t: length(t))), 0)`,
  `sf_match_at(s, p, n, past, before) AS CASE WHEN s IS NULL OR p IS NULL THEN NULL WHEN len(regexp_extract_all(s, p, 0)) < n THEN 0 ELSE before + 1 + sf_characters(regexp_split_to_array(s, p)[1:n]) + sf_characters(regexp_extract_all(s, p, 0)[1:CASE WHEN past THEN n ELSE n - 1 END]) END`,
  `sf_replace_match(s, p, r, n) AS CASE WHEN len(regexp_extract_all(s, p, 0)) < n THEN s ELSE left(s, CAST(sf_match_at(s, p, n, FALSE, 0) - 1 AS BIGINT)) || regexp_replace(regexp_extract_all(s, p, 0)[n], p, r) || substr(s, CAST(sf_match_at(s, p, n, TRUE, 0) AS BIGINT)) END`,
  `sf_fit(x, n) AS CASE WHEN length(x) > n THEN error('SF:100078:22000:String ''' || x || ''' is too long and would be truncated') ELSE x END`,
  // Where the texts may become large, the exact size is asked for first (engine/room.ts).
  `sf_replace(s, a, r) AS CASE WHEN a = '' THEN s WHEN (strlen(s) // greatest(strlen(a), 1) + 1) * strlen(r) < 16000000 THEN replace(s, a, r) WHEN sf_room(1, strlen(s) + (strlen(s) - strlen(replace(s, a, ''))) // greatest(strlen(a), 1) * (strlen(r) - strlen(a))) IS NOT NULL THEN replace(s, a, r) END`,
  `sf_replacement(s, p, r) AS CASE WHEN (strlen(s) + 1) * strlen(r) < 16000000 THEN r WHEN sf_room(len(regexp_extract_all(s, p, 0)), strlen(r)) IS NOT NULL THEN r END`,
  `sf_range_end(a, b, step) AS CASE WHEN step = 0 THEN ${raise(NotModelled.CODE, '0A000', unsupported('ARRAY_GENERATE_RANGE by steps of 0').message)} WHEN abs(b - a) // greatest(abs(step), 1) < 1000000 OR sf_room(2, abs(b - a) // greatest(abs(step), 1)) IS NOT NULL THEN b END`,
  // From 1 to one past the end, and no more characters than there are.
  `sf_insert(s, p, n, t) AS CASE WHEN p NOT BETWEEN 1 AND length(s) + 1 THEN error('SF:100015:22023:Invalid parameter value: ' || p || '. Reason: the position is outside of the text') WHEN n NOT BETWEEN 0 AND length(s) - p + 1 THEN error('SF:100015:22023:Invalid parameter value: ' || n || '. Reason: the length reaches beyond the text') ELSE left(s, p - 1) || t || substr(s, p + n) END`,
  `sf_boolean(x) AS CASE WHEN lower(trim(x)) IN ('true', 't', 'yes', 'y', 'on', '1') THEN TRUE WHEN lower(trim(x)) IN ('false', 'f', 'no', 'n', 'off', '0') THEN FALSE WHEN x IS NULL THEN NULL ELSE error('SF:100037:22018:Boolean value ''' || x || ''' is not recognized') END`,
  `sf_try_boolean(x) AS CASE WHEN lower(trim(x)) IN ('true', 't', 'yes', 'y', 'on', '1') THEN TRUE WHEN lower(trim(x)) IN ('false', 'f', 'no', 'n', 'off', '0') THEN FALSE END`,
  // SPLIT_PART with a part of 0 means the first one; a negative part counts from the end.
  `sf_split_part(s, d, n) AS CASE WHEN s IS NULL OR d IS NULL OR n IS NULL THEN NULL WHEN d = '' THEN (CASE WHEN n IN (0, 1, -1) THEN s ELSE '' END) ELSE coalesce(string_split(s, d)[CASE WHEN n = 0 THEN 1 ELSE n END], '') END`,
  // STRTOK cuts at any of the characters and knows no empty tokens.
  `sf_tokens(s, d) AS list_filter(CASE WHEN d = '' THEN [s] ELSE string_split(translate(s, d, repeat(left(d, 1), length(d))), left(d, 1)) END, lambda t: t <> '')`,
  // What is empty is at 1, unless the search begins past the end.
  `sf_position(a, b, n) AS CASE WHEN n <= 1 THEN strpos(b, a) WHEN n > length(b) THEN CASE WHEN a IS NOT NULL THEN 0 END WHEN a = '' AND b IS NOT NULL THEN 1 WHEN strpos(substr(b, n), a) = 0 THEN 0 ELSE strpos(substr(b, n), a) + n - 1 END`,
  // In whole bytes, of two digits each.
  `sf_byte_position(a, b, n) AS CASE WHEN a IS NULL OR b IS NULL OR n IS NULL THEN NULL ELSE coalesce(list_min(list_filter(range(greatest(n, 1), length(b) // 2 - length(a) // 2 + 2), lambda i: substr(b, 2 * i - 1, length(a)) = a)), 0) END`,
  // DuckDB compares bytes: where there are others than characters, this process counts.
  `sf_edit_distance(a, b) AS CASE WHEN strlen(a) = length(a) AND strlen(b) = length(b) THEN levenshtein(a, b) ELSE ${DISTANCE}(a, b) END`,
  `sf_similarity(a, b) AS CASE WHEN strlen(a) = length(a) AND strlen(b) = length(b) THEN floor(100 * jaro_winkler_similarity(a, b)) ELSE ${SIMILARITY}(a, b) END`,
  `sf_initcap(s, d) AS CASE WHEN d IS NOT NULL THEN list_reduce(list_transform(string_split_regex(s, '') , lambda c: c), lambda acc, c: acc || CASE WHEN contains(d, right(acc, 1)) OR acc = '' THEN upper(c) ELSE lower(c) END, '') END`,
  // Dates and times
  // Text in an automatic format as DuckDB's casts read it, without its offset; each names x as seldom as it can, since a macro's argument is copied.
  `sf_plain(x) AS CASE WHEN regexp_matches(x, ${UNUSUAL}) THEN coalesce(strftime(try_strptime(regexp_replace(regexp_replace(trim(x), ${CTIME}, '\\1 \\3'), '(:\\d{2}[^+-]*?)( ?[+-]\\d{2}:?\\d{2}| ?[Zz])$', '\\1'), ${UNUSUAL_FORMATS}), '%Y-%m-%d %H:%M:%S.%f'), x) WHEN ${hasTime} THEN regexp_replace(regexp_replace(trim(x), ${OFFSET}, ''), '([ T]\\d{1,2}:\\d{2})$', '\\1:00') ELSE x END`,
  `sf_zone(x) AS regexp_replace(regexp_extract(x, ${ZONE}, 1), '([+-]\\d{2})(\\d{2})$', '\\1:\\2')`,
  `sf_date(x) AS CASE WHEN regexp_full_match(x, '-?\\d+') THEN CAST(sf_epoch(CAST(x AS HUGEINT)) AS DATE) WHEN ${hasTime} THEN CAST(CAST(sf_plain(x) AS TIMESTAMP) AS DATE) ELSE CAST(regexp_replace(sf_plain(x), ' [\\d:.]{15}$', '') AS DATE) END`,
  `sf_try_date(x) AS CASE WHEN regexp_full_match(x, '-?\\d+') THEN TRY_CAST(sf_epoch(TRY_CAST(x AS HUGEINT)) AS DATE) ELSE CAST(TRY_CAST(sf_plain(x) AS TIMESTAMP) AS DATE) END`,
  `sf_time(x) AS CASE WHEN regexp_matches(x, '[AaPp][Mm] *$') THEN strftime(try_strptime(trim(x), ['%I:%M:%S %p', '%I:%M:%S.%f %p', '%I:%M %p']), '%H:%M:%S.%f') WHEN regexp_full_match(x, '\\d+') THEN strftime(sf_epoch(TRY_CAST(x AS HUGEINT)), '%H:%M:%S.%f') ELSE x END`,
  `sf_epoch(n) AS make_timestamp(CAST(CASE WHEN abs(n) < 31536000000 THEN n * 1000000 WHEN abs(n) < 31536000000000 THEN n * 1000 WHEN abs(n) < 31536000000000000 THEN n ELSE n // 1000 END AS BIGINT))`,
  // Of microseconds, up to the last one that a timestamp has.
  `sf_instant(n) AS CASE WHEN n NOT BETWEEN -62167219200000000 AND 253402300799999999 THEN ${raise(NotModelled.CODE, '0A000', unsupported('a timestamp outside of the years 0 to 9999').message)} ELSE make_timestamp(CAST(n AS BIGINT)) END`,
  `sf_ntz(x) AS CASE WHEN regexp_full_match(x, '-?\\d+') THEN sf_epoch(CAST(x AS HUGEINT)) ELSE CAST(sf_plain(x) AS TIMESTAMP) END`,
  // A number in a VARIANT is an instant, shown in the session's zone.
  `sf_variant_ntz(v, read) AS CASE WHEN json_type(v) IN ('BIGINT', 'UBIGINT', 'HUGEINT') THEN CAST(sf_epoch(CAST(v ->> '$' AS HUGEINT)) AT TIME ZONE 'UTC' AS TIMESTAMP) ELSE read END`,
  `sf_try_ntz(x) AS CASE WHEN regexp_full_match(x, '-?\\d+') THEN sf_epoch(TRY_CAST(x AS HUGEINT)) ELSE TRY_CAST(sf_plain(x) AS TIMESTAMP) END`,
  `sf_ltz(x) AS CASE WHEN regexp_full_match(x, '-?\\d+') THEN sf_epoch(CAST(x AS HUGEINT)) AT TIME ZONE 'UTC' ELSE CAST(sf_plain(x) || sf_zone(x) AS TIMESTAMPTZ) END`,
  `sf_try_ltz(x) AS CASE WHEN regexp_full_match(x, '-?\\d+') THEN sf_epoch(TRY_CAST(x AS HUGEINT)) AT TIME ZONE 'UTC' ELSE TRY_CAST(sf_plain(x) || sf_zone(x) AS TIMESTAMPTZ) END`,
  // TIMESTAMP_TZ: the instant t and its offset o in minutes
  `sf_session_offset(t) AS CAST(date_diff('minute', t AT TIME ZONE 'UTC', CAST(t AS TIMESTAMP)) AS SMALLINT)`,
  `sf_tz_of_ltz(x) AS CASE WHEN x IS NULL THEN NULL ELSE {'t': x, 'o': sf_session_offset(x)} END`,
  `sf_tz_wall(x) AS ((x).t AT TIME ZONE 'UTC') + to_minutes(CAST((x).o AS BIGINT))`,
  `sf_tz_of_wall(w, o) AS CASE WHEN w IS NULL OR o IS NULL THEN NULL ELSE {'t': (w - to_minutes(CAST(o AS BIGINT))) AT TIME ZONE 'UTC', 'o': CAST(o AS SMALLINT)} END`,
  `sf_offset_of(x) AS date_diff('minute', TRY_CAST('1970-01-01 00:00:00' || nullif(sf_zone(x), '') AS TIMESTAMPTZ), TIMESTAMPTZ '1970-01-01 00:00:00+00')`,
  `sf_tz(x) AS sf_tz_at_offset(sf_ltz(x), coalesce(sf_offset_of(x), sf_session_offset(sf_ltz(x))))`,
  `sf_try_tz(x) AS sf_tz_at_offset(sf_try_ltz(x), coalesce(sf_offset_of(x), sf_session_offset(sf_try_ltz(x))))`,
  `sf_offset_tzh(o) AS (CASE WHEN o < 0 THEN '-' ELSE '+' END) || lpad(CAST(abs(o) // 60 AS VARCHAR), 2, '0')`,
  `sf_offset_tzm(o) AS lpad(CAST(abs(o) % 60 AS VARCHAR), 2, '0')`,
  `sf_offset_text(o) AS sf_offset_tzh(o) || sf_offset_tzm(o)`,
  `sf_tz_at_offset(t, o) AS CASE WHEN t IS NULL THEN NULL ELSE {'t': t, 'o': CAST(o AS SMALLINT)} END`,
  `sf_tz_text(x) AS strftime(sf_tz_wall(x), '%Y-%m-%d %H:%M:%S.%g ') || sf_offset_text((x).o)`,
  `sf_ltz_text(x) AS strftime(CAST(x AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g ') || sf_offset_text(sf_session_offset(x))`,
  `sf_tz_in_zone(x, z) AS CASE WHEN x IS NULL THEN NULL ELSE {'t': x, 'o': CAST(date_diff('minute', x AT TIME ZONE 'UTC', x AT TIME ZONE z) AS SMALLINT)} END`,
  `sf_zone_name(z) AS CASE WHEN z IN ('${ABBREVIATIONS.join("', '")}') OR NOT regexp_full_match(z, '${ZONE_NAME}') THEN error('SF:100103:22023:Unknown timezone: ''' || z || '''') ELSE z END`,
  // Plus an interval of months; the last day of a month goes to the last day of the other.
  `sf_add_months(x, n) AS (x + n) + to_days(CASE WHEN CAST(x AS DATE) = last_day(x) THEN day(last_day(CAST(x + n AS DATE))) - day(x + n) ELSE 0 END)`,
  `sf_months_between(a, b) AS date_diff('month', b, a) + CASE WHEN day(a) = day(b) OR (CAST(a AS DATE) = last_day(a) AND CAST(b AS DATE) = last_day(b)) THEN 0 ELSE (day(a) - day(b) + (epoch_us(CAST(a AS TIME)) - epoch_us(CAST(b AS TIME))) / 86400000000) / 31.0 END`,
  `sf_week_start(x) AS CAST(date_trunc('week', x) AS DATE)`,
  // Semi-structured values are JSON; a JSON null is a value, SQL's NULL is none.
  // DuckDB's casts make SQL's NULL of a JSON null that is inside something.
  `sf_kept(x) AS coalesce(x, CAST('null' AS JSON))`,
  `sf_list(x) AS list_transform(TRY_CAST(x AS JSON[]), lambda e: sf_kept(e))`,
  // Equal numbers are one, however they are written: 5.00 is 5.
  `sf_comparable(x) AS CASE WHEN json_type(x) = 'DOUBLE' THEN CASE WHEN CAST(x ->> '$' AS DOUBLE) = trunc(CAST(x ->> '$' AS DOUBLE)) AND abs(CAST(x ->> '$' AS DOUBLE)) < 1e15 THEN to_json(CAST(CAST(x ->> '$' AS DOUBLE) AS BIGINT)) ELSE to_json(CAST(x ->> '$' AS DOUBLE)) END ELSE x END`,
  // What a VARIANT is ordered by: its kind, then its value; objects and arrays by their text.
  `sf_order(x) AS CASE WHEN x IS NULL THEN NULL ELSE {'kind': CASE json_type(x) WHEN 'BOOLEAN' THEN 0 WHEN 'VARCHAR' THEN 2 WHEN 'OBJECT' THEN 3 WHEN 'ARRAY' THEN 4 WHEN 'NULL' THEN 5 ELSE 1 END, 'number': CASE WHEN json_type(x) IN ('VARCHAR', 'BOOLEAN', 'OBJECT', 'ARRAY', 'NULL') THEN 0 ELSE coalesce(TRY_CAST(x ->> '$' AS DOUBLE), 0) END, 'text': CASE WHEN json_type(x) IN ('VARCHAR', 'BOOLEAN', 'OBJECT', 'ARRAY') THEN x ->> '$' ELSE '' END} END`,
  `sf_values(x) AS list_transform(sf_list(x), lambda e: sf_comparable(e))`,
  `sf_holds_null(x) AS len(list_filter(sf_list(x), lambda e: json_type(e) = 'NULL')) > 0`,
  // Whether an element without a value is SQL's NULL or a JSON null is not kept.
  `sf_searched(x, v) AS CASE WHEN v IS NULL AND sf_holds_null(x) THEN ${raise(NotModelled.CODE, '0A000', unsupported('a NULL looked for in an array that holds one').message)} ELSE v END`,
  `sf_flat(x) AS CASE WHEN x IS NULL OR sf_holds_null(x) THEN NULL WHEN len(list_filter(sf_list(x), lambda e: json_type(e) <> 'ARRAY')) > 0 THEN ${raise('100107', '22000', "Not an array: 'Input argument to ARRAY_FLATTEN is not an array of arrays'")} ELSE to_json(flatten(list_transform(sf_list(x), lambda e: sf_list(e)))) END`,
  `sf_to_array(x) AS CASE WHEN x IS NULL OR json_type(x) = 'NULL' THEN NULL WHEN json_type(x) = 'ARRAY' THEN x ELSE to_json([x]) END`,
  // Places are of arrays, names of objects; what is outside is NULL.
  `sf_get_at(x, i) AS CASE WHEN json_type(x) = 'ARRAY' AND i >= 0 THEN sf_list(x)[i + 1] END`,
  `sf_get_key(x, k) AS CASE WHEN json_type(x) = 'OBJECT' AND list_contains(json_keys(x), k) THEN sf_kept(TRY_CAST(x AS MAP(VARCHAR, JSON))[k]) END`,
  `sf_entries(x) AS CASE json_type(x) WHEN 'ARRAY' THEN list_transform(sf_list(x), lambda v, i: {'k': CAST(NULL AS VARCHAR), 'i': i - 1, 'v': v}) WHEN 'OBJECT' THEN list_transform(map_entries(TRY_CAST(x AS MAP(VARCHAR, JSON))), lambda e: {'k': e.key, 'i': CAST(NULL AS BIGINT), 'v': sf_kept(e.value)}) ELSE [] END`,
  `sf_typeof(x) AS CASE json_type(x) WHEN 'UBIGINT' THEN 'INTEGER' WHEN 'BIGINT' THEN 'INTEGER' WHEN 'HUGEINT' THEN 'INTEGER' WHEN 'UHUGEINT' THEN 'INTEGER' WHEN 'NULL' THEN 'NULL_VALUE' WHEN 'DOUBLE' THEN (CASE WHEN contains(lower(CAST(x AS VARCHAR)), 'e') THEN 'DOUBLE' ELSE 'DECIMAL' END) ELSE json_type(x) END`,
  // What is no JSON goes to this program's own reader (`json-reader.ts`): J and the JSON, F and what is wrong with it.
  `sf_plain_json(x) AS json_valid(x) AND NOT regexp_matches(x, ',\\s*\\]')`,
  `sf_reading(r) AS CASE left(r, 1) WHEN 'F' THEN error('SF:100069:22P02:Error parsing JSON: ' || substr(r, 2)) WHEN 'J' THEN CAST(substr(r, 2) AS JSON) END`,
  `sf_parse_json(x) AS CASE WHEN x IS NULL THEN NULL WHEN sf_plain_json(x) THEN CAST(json(x) AS JSON) ELSE sf_reading(${READ_JSON}(x)) END`,
  `sf_try_reading(r) AS CASE WHEN left(r, 1) = 'J' THEN CAST(substr(r, 2) AS JSON) END`,
  `sf_try_parse_json(x) AS CASE WHEN x IS NULL THEN NULL WHEN sf_plain_json(x) THEN CAST(json(x) AS JSON) ELSE sf_try_reading(${READ_JSON}(x)) END`,
  `sf_fault(r) AS CASE WHEN left(r, 1) = 'F' THEN substr(r, 2) END`,
  `sf_check_json(x) AS CASE WHEN x IS NULL OR sf_plain_json(x) THEN NULL ELSE sf_fault(${READ_JSON}(x)) END`,
  // Entries as an object, sorted by key. 100080 for a key that comes twice.
  // No lambda names the keys, which may be computed by a subquery.
  `sf_twice(keys) AS list_transform(list_filter(map_entries(list_histogram(keys)), lambda e: e.value > 1), lambda e: e.key)`,
  `sf_object(entries) AS CASE WHEN len(list_distinct(list_transform(entries, lambda e: e.k))) < len(entries) THEN error('SF:100080:22000:Duplicate field key ''' || sf_twice(list_transform(entries, lambda e: e.k))[1] || '''') ELSE to_json(map_from_entries(list_sort(entries))) END`,
  `sf_fields(x) AS list_transform(map_entries(TRY_CAST(x AS MAP(VARCHAR, JSON))), lambda e: {'k': e.key, 'v': sf_kept(e.value)})`,
  // A place counted from the end when it is negative.
  `sf_place(x, i) AS CASE WHEN i < 0 THEN len(sf_list(x)) + i ELSE i END`,
  // Elements without a value fill the room up to a place outside.
  `sf_array_insert(x, i, v) AS CASE WHEN i IS NULL THEN NULL WHEN sf_place(x, i) < 0 THEN to_json(list_concat(list_resize([v], 1 - sf_place(x, i)), sf_list(x))) ELSE to_json(list_concat(list_append(list_resize(sf_list(x), sf_place(x, i))[1:sf_place(x, i)], v), sf_list(x)[sf_place(x, i) + 1:])) END`,
  `sf_array_remove_at(x, i) AS CASE WHEN i IS NULL THEN NULL WHEN sf_place(x, i) < 0 THEN x ELSE to_json(list_concat(sf_list(x)[1:sf_place(x, i)], sf_list(x)[sf_place(x, i) + 2:])) END`,
  // In the order of VARIANTs, without nulls.
  `sf_keyed(x) AS list_transform(list_filter(sf_list(x), lambda e: e IS NOT NULL AND json_type(e) <> 'NULL'), lambda e: {'order': sf_order(e), 'v': e})`,
  `sf_ascending(x) AS list_transform(list_sort(sf_keyed(x), 'ASC', 'NULLS LAST'), lambda e: e.v)`,
  `sf_descending(x) AS list_transform(list_sort(sf_keyed(x), 'DESC', 'NULLS LAST'), lambda e: e.v)`,
  `sf_nulls(x) AS list_filter(sf_list(x), lambda e: e IS NULL OR json_type(e) = 'NULL')`,
  `sf_only_text(x, name) AS CASE WHEN json_type(x) = 'VARCHAR' THEN x ->> '$' WHEN json_type(x) <> 'NULL' THEN error('SF:100071:22000:Failed to cast variant value ' || CAST(x AS VARCHAR) || ' to ' || name) END`,
  // Of one kind; a JSON null, which would be the largest, is not told from SQL's NULL.
  `sf_alike(x, most) AS CASE WHEN most AND sf_holds_null(x) AND len(sf_keyed(x)) > 0 THEN ${raise(NotModelled.CODE, '0A000', unsupported('ARRAY_MAX of an array that holds a NULL').message)} WHEN len(list_distinct(list_transform(sf_keyed(x), lambda e: e."order".kind))) > 1 THEN ${raise(NotModelled.CODE, '0A000', unsupported('ARRAY_MAX and ARRAY_MIN of values of several types').message)} ELSE x END`,
  // https://docs.snowflake.com/en/sql-reference/functions/arrays_to_object
  `sf_paired(keys, vals) AS CASE WHEN len(sf_list(keys)) <> len(sf_list(vals)) THEN ${raise('215001', '22000', 'Key array and value array had unequal lengths in ARRAYS_TO_OBJECT')} WHEN len(list_filter(sf_list(keys), lambda e: json_type(e) NOT IN ('VARCHAR', 'NULL'))) > 0 THEN ${raise('215002', '22000', 'Key supplied for ARRAYS_TO_OBJECT does not have string type')} ELSE keys END`,
  // Of a NULL it is on no page whether the key goes or stays.
  `sf_updated(x, k) AS CASE WHEN list_contains(json_keys(x), k) THEN ${raise(NotModelled.CODE, '0A000', unsupported('OBJECT_INSERT of a NULL for a key that is there').message)} ELSE x END`,
  `sf_only(x, kind, name) AS CASE WHEN x IS NULL OR json_type(x) = 'NULL' THEN NULL WHEN json_type(x) = kind THEN x ELSE error('SF:100071:22000:Failed to cast variant value ' || CAST(x AS VARCHAR) || ' to ' || name) END`,
  `sf_array_slice(x, a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE to_json(sf_list(x)[greatest(sf_place(x, a), 0) + 1:greatest(sf_place(x, b), 0)]) END`,
  // One element is taken away for each equal one on the other side: arrays are multisets.
  `sf_array_except(x, y) AS to_json(list_transform(list_filter(list_zip(sf_list(x), range(1, len(sf_list(x)) + 1)), lambda p: len(list_filter(sf_values(x)[1:p[2]], lambda q: q = sf_comparable(p[1]))) > len(list_filter(sf_values(y), lambda q: q = sf_comparable(p[1])))), lambda p: p[1]))`,
  `sf_array_intersection(x, y) AS to_json(list_transform(list_filter(list_zip(sf_list(x), range(1, len(sf_list(x)) + 1)), lambda p: len(list_filter(sf_values(x)[1:p[2]], lambda q: q = sf_comparable(p[1]))) <= len(list_filter(sf_values(y), lambda q: q = sf_comparable(p[1])))), lambda p: p[1]))`,
  `sf_array_distinct(x) AS to_json(list_transform(list_filter(list_zip(sf_list(x), range(1, len(sf_list(x)) + 1)), lambda p: list_position(sf_values(x), sf_comparable(p[1])) = p[2]), lambda p: p[1]))`,
  `sf_array_text(x, d) AS list_aggregate(list_transform(sf_list(x), lambda e: CASE WHEN e IS NULL OR json_type(e) = 'NULL' THEN '' ELSE e ->> '$' END), 'string_agg', d)`,
];

const NAME = /\bsf_\w+/g;

interface Macro {
  definition: string;
  /** Names of those it calls. */
  uses: string[];
}

const MACROS: ReadonlyMap<string, Macro> = new Map(
  DEFINITIONS.map((definition) => {
    const [name, ...uses] = definition.match(NAME) ?? [];
    return [name!, { definition, uses }];
  }),
);

export const ALL_MACROS: readonly string[] = [...MACROS.keys()];

/**
 * What must be created before DuckDB can read a text: it looks a macro up when another one that uses it is created, so
 * what is used comes first.
 * @param known names of those that exist already; the new ones are added
 * @returns definitions, in order
 */
export function macrosFor(names: Iterable<string>, known: Set<string>): string[] {
  const definitions: string[] = [];
  const place = (name: string): void => {
    const macro = MACROS.get(name);
    if (!macro || known.has(name)) return;
    known.add(name);
    macro.uses.forEach(place);
    definitions.push(macro.definition);
  };
  for (const name of names) place(name);
  return definitions;
}

/** Names in DuckDB's text that may be those of macros. */
export function macroNames(sql: string): readonly string[] {
  return sql.match(NAME) ?? [];
}

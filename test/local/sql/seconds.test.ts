/** Numbers as times: https://docs.snowflake.com/en/sql-reference/functions/to_timestamp */
import { givesValues, refuses } from './values';

givesValues({
  'a number is of seconds, with its decimals': [
    ['TO_TIMESTAMP(1715904000)', '2024-05-17 00:00:00'],
    ['TO_TIMESTAMP(1.5)', '1970-01-01 00:00:01.500'],
    ['TO_TIMESTAMP(-0.25)', '1969-12-31 23:59:59.750'],
    ['TO_TIMESTAMP(1715904000123 / 1000)', '2024-05-17 00:00:00.123'],
    ['TO_TIMESTAMP_LTZ(1715904000.25)', '2024-05-17T00:00:00.250Z'],
    ['TO_TIMESTAMP_TZ(1715904000.25)', '2024-05-17T00:00:00.250Z -420'],
    ['1715904000.5::TIMESTAMP_NTZ', '2024-05-17 00:00:00.500'],
    ['TO_TIMESTAMP_NTZ(40 * 365.25 * 86400)', '2010-01-01 00:00:00'],
    ['TO_TIMESTAMP(31536000000)', '2969-05-03 00:00:00'],
    ['TO_TIMESTAMP(NULL::NUMBER(10,2))', null],
  ],
  'with a scale it is of that part of a second': [
    ['TO_TIMESTAMP_NTZ(40 * 365.25 * 86400 * 1000 + 456, 3)', '2010-01-01 00:00:00.456'],
    ['TO_TIMESTAMP(1000000000, 0)', '2001-09-09 01:46:40'],
    ['TO_TIMESTAMP(1000000000, 3)', '1970-01-12 13:46:40'],
    ['TO_TIMESTAMP(1000000000, 6)', '1970-01-01 00:16:40'],
    ['TO_TIMESTAMP(1000000000, 9)', '1970-01-01 00:00:01'],
    ['TO_TIMESTAMP(NULL::NUMBER, 3)', null],
  ],
  'of a VARIANT a text is a date or a time': [
    ['PARSE_JSON(\'"2024-05-17"\')::DATE', '2024-05-17'],
    ['TO_DATE(PARSE_JSON(\'"1715904000"\'))', '2024-05-17'],
    ['TO_TIME(PARSE_JSON(\'"10:11:12"\'))', '10:11:12'],
    ["TO_DATE(PARSE_JSON('null'))", null],
    ['TO_DATE(V) FROM (SELECT NULL::VARIANT AS V)', null],
  ],
  'of a text the size says what it is of': [
    ["TO_TIMESTAMP('31536000')", '1971-01-01 00:00:00'],
    ["TO_TIMESTAMP('31536000000')", '1971-01-01 00:00:00'],
    ["TO_TIMESTAMP('31536000000000')", '1971-01-01 00:00:00'],
    ["TO_TIMESTAMP('31536000000000000')", '1971-01-01 00:00:00'],
  ],
});

refuses({
  'what is no time, and what is not modelled': [
    ["SELECT TO_DATE(PARSE_JSON('1715904000'))", '100071 Failed to cast variant value 1715904000 to DATE'],
    ["SELECT PARSE_JSON('true')::TIME", '100071 Failed to cast variant value true to TIME'],
    ['SELECT TO_TIMESTAMP(1715904000123)', 'a timestamp outside of the years 0 to 9999'],
    ['SELECT TO_TIMESTAMP(5, 10)', 'TO_TIMESTAMP with a scale that is no constant from 0 to 9'],
  ],
});

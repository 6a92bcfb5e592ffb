import { givesValues, refuses } from './values';

const may = "'2024-05-09'::DATE";
const morning = "'10:00:00.123'::TIME";

/** What Snowflake's documentation gives for each function, or follows from it. */
givesValues({
  'DATE_PART has two forms, EXTRACT too': [
    [`DATE_PART(quarter FROM ${may})`, '2'],
    [`DATE_PART('quarter' FROM ${may})`, '2'],
    [`EXTRACT('quarter', ${may})`, '2'],
    [`DATE_PART(nanosecond, ${morning})`, '123000000'],
    [`HOUR(${morning})`, '10'],
    [`DATE_PART(hour, ${may})`, '0'],
    ["WEEK('2016-01-02'::DATE) || '/' || YEAROFWEEK('2016-01-02'::DATE)", '53/2015'],
  ],
  'weeks and years of ISO are parts to truncate to': [
    [`DATE_TRUNC('week_iso', ${may})`, '2024-05-06'],
    ["DATE_TRUNC(yearofweekiso, '2025-12-30'::DATE)", '2025-12-29'],
    ["DATE_TRUNC(yearofweekiso, '2021-01-01 10:00:00'::TIMESTAMP)", '2019-12-30 00:00:00'],
    [`TRUNC(${may}, 'weekiso')`, '2024-05-06'],
    [`LAST_DAY(${may}, 'week_iso')`, '2024-05-12'],
    [`LAST_DAY(${may}, 'day')`, '2024-05-09'],
  ],
  'TIME_SLICE counts from 1970, before it too': [
    ["TIME_SLICE('1955-06-01'::DATE, 15, 'YEAR')", '1955-01-01'],
    ["TIME_SLICE('2018-07-31'::DATE, 2, 'WEEK', 'start')", '2018-07-23'],
    ["TIME_SLICE('2018-08-25'::DATE, 2, 'WEEK', 'end')", '2018-09-03'],
    ["TIME_SLICE('2019-02-28 12:34:56.789'::TIMESTAMP_NTZ, 8, 'HOUR')", '2019-02-28 08:00:00'],
  ],
  'months that end': [
    ["MONTHS_BETWEEN('2019-03-30'::DATE, '2019-02-28'::DATE)", '1.064516'],
    ["MONTHS_BETWEEN('2019-03-31 01:00:00'::TIMESTAMP, '2019-02-28 13:00:00'::TIMESTAMP)", '1.000000'],
    ["MONTHS_BETWEEN('2019-02-01'::DATE, '2019-03-01'::DATE)", '-1.000000'],
    ["ADD_MONTHS('2016-05-31'::DATE, -1)", '2016-04-30'],
    ["ADD_MONTHS('2016-05-15'::DATE, 2.4)", '2016-07-15'],
    ["NEXT_DAY('2025-05-06'::DATE, ' Friday')", '2025-05-09'],
    ['TIME_FROM_PARTS(12, 0, 12345)', '15:25:45'],
    ["DATEDIFF(milliseconds, '2024-02-20 21:18:41.0000', '2024-02-20 21:18:42.1239')", '1123'],
  ],
});

refuses({
  'a TIME has no date': [
    [`SELECT YEAR(${morning})`, "000002 Unsupported feature 'the year of a TIME'"],
    [`SELECT DAYNAME(${morning})`, 'DAYNAME of a TIME'],
    [`SELECT LAST_DAY(${morning})`, 'LAST_DAY of a TIME'],
    [`SELECT NEXT_DAY(${morning}, 'mo')`, 'NEXT_DAY of a TIME'],
    [`SELECT ADD_MONTHS(${morning}, 1)`, 'ADD_MONTHS of a TIME'],
    [`SELECT MONTHS_BETWEEN(${morning}, ${morning})`, 'MONTHS_BETWEEN of a TIME'],
    [`SELECT TIME_SLICE(${morning}, 15, 'MINUTE')`, 'TIME_SLICE of a TIME'],
  ],
  'parts that a function has not': [
    [`SELECT DATE_PART(epoch_millisecond, ${may})`, 'the epoch_millisecond of a DATE'],
    [
      "SELECT DATE_PART(ms, '2024-05-09'::TIMESTAMP)",
      "002069 SQL compilation error:\n'ms' is not a valid date/time component for function DATE_PART.",
    ],
    [`SELECT TIME_SLICE(${may}, 4, 'HOUR')`, 'TIME_SLICE of a DATE by a hour'],
    [`SELECT TIME_SLICE(${may}, 0, 'DAY')`, 'TIME_SLICE of a length below 1'],
    [`SELECT TIME_SLICE(${may}, 2, 'DAY', 'MIDDLE')`, "TIME_SLICE to what is not 'START' or 'END'"],
  ],
});

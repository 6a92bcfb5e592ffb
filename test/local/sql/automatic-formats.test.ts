/** What AUTO detects: https://docs.snowflake.com/en/sql-reference/date-time-input-output */
import { givesValues, type Case } from './values';

/** 2026-07-04 13:05:09 at two hours east of Greenwich. */
const ZONED = [
  '2026-07-04T13:05:09.250+02:00',
  '2026-07-04 13:05:09.250+02:00',
  '2026-07-04 13:05:09.250+02',
  '2026-07-04 13:05:09.250 +02:00',
  '2026-07-04 13:05:09.250 +0200',
  'Sat, 04 Jul 2026 13:05:09.250 +0200',
  'Sat, 4 Jul 2026 01:05:09.250 PM +0200',
];
const WHOLE_ZONED = [
  '2026-07-04 13:05:09 +02:00',
  '2026-07-04 13:05:09 +0200',
  '2026-07-04T13:05:09+02:00',
  '2026-07-04 13:05:09+02:00',
  'Sat, 04 Jul 2026 13:05:09 +0200',
  'Sat, 04 Jul 2026 01:05:09 PM +0200',
  'Sat Jul 04 13:05:09 +0200 2026',
];
const MINUTES_ZONED = ['2026-07-04T13:05+02:00', '2026-07-04 13:05+02:00'];
const WALL: [string, string][] = [
  ['2026-07-04T13:05:09.25', '13:05:09.250'],
  ['2026-07-04 13:05:09.25', '13:05:09.250'],
  ['2026-07-04T13:05:09', '13:05:09'],
  ['2026-07-04 13:05:09', '13:05:09'],
  ['2026-07-04T13:05', '13:05:00'],
  ['2026-07-04 13:05', '13:05:00'],
  ['2026-07-04T13', '13:00:00'],
  ['2026-07-04 13', '13:00:00'],
  ['2026-07-04', '00:00:00'],
  ['07/04/2026', '00:00:00'],
  ['04-Jul-2026', '00:00:00'],
  ['07/04/2026 13:05:09', '13:05:09'],
  ['Sat, 04 Jul 2026 13:05:09', '13:05:09'],
  ['sat, 04 JUL 2026 13:05:09.25', '13:05:09.250'],
  ['Sat, 04 Jul 2026 01:05:09 PM', '13:05:09'],
  ['Sat, 04 Jul 2026 12:05:09.250 am', '00:05:09.250'],
];

givesValues({
  'an offset makes an instant': [
    ...ZONED.map((text): Case => [`'${text}'::TIMESTAMP_TZ`, '2026-07-04T11:05:09.250Z 120']),
    ...WHOLE_ZONED.map((text): Case => [`'${text}'::TIMESTAMP_TZ`, '2026-07-04T11:05:09Z 120']),
    ...MINUTES_ZONED.map((text): Case => [`'${text}'::TIMESTAMP_TZ`, '2026-07-04T11:05:00Z 120']),
    ...ZONED.map((text): Case => [`'${text}'::TIMESTAMP_LTZ`, '2026-07-04T11:05:09.250Z']),
    ...WHOLE_ZONED.map((text): Case => [`TO_TIMESTAMP_LTZ('${text}')`, '2026-07-04T11:05:09Z']),
    ...MINUTES_ZONED.map((text): Case => [`TRY_TO_TIMESTAMP_LTZ('${text}')`, '2026-07-04T11:05:00Z']),
    ["'2026-07-04 13:05:09 Z'::TIMESTAMP_LTZ", '2026-07-04T13:05:09Z'],
    ["'2026-07-04T13:05:09Z'::TIMESTAMP_LTZ", '2026-07-04T13:05:09Z'],
    ["'2026-07-04 13:05:09.250 Z'::TIMESTAMP_TZ", '2026-07-04T13:05:09.250Z 0'],
    ["'2026-07-04 13:05:09 -0330'::TIMESTAMP_LTZ", '2026-07-04T16:35:09Z'],
  ],
  'an offset says nothing to TIMESTAMP_NTZ': [
    ...ZONED.map((text): Case => [`'${text}'::TIMESTAMP_NTZ`, '2026-07-04 13:05:09.250']),
    ...WHOLE_ZONED.map((text): Case => [`TRY_TO_TIMESTAMP_NTZ('${text}')`, '2026-07-04 13:05:09']),
  ],
  'text without an offset': WALL.flatMap(([text, time]): Case[] => [
    [`'${text}'::TIMESTAMP_NTZ`, `2026-07-04 ${time}`],
    [`TRY_TO_TIMESTAMP('${text}')`, `2026-07-04 ${time}`],
    [`'${text}'::DATE`, '2026-07-04'],
  ]),
  'the session has the zone of text without one': [
    ["'2026-07-04 13'::TIMESTAMP_LTZ", '2026-07-04T20:00:00Z'],
    ["'07/04/2026 13:05:09'::TIMESTAMP_LTZ", '2026-07-04T20:05:09Z'],
    ["'2026-07-04'::TIMESTAMP_TZ", '2026-07-04T07:00:00Z -420'],
    ["'Sat, 04 Jul 2026 01:05:09 PM'::TIMESTAMP_TZ", '2026-07-04T20:05:09Z -420'],
  ],
  'a time of day': [
    ["'13:05:09.250'::TIME", '13:05:09.25'.slice(0, 8)],
    ["'13:05:09'::TIME", '13:05:09'],
    ["'13:05'::TIME", '13:05:00'],
    ["'01:05:09 PM'::TIME", '13:05:09'],
    ["'12:05 AM'::TIME", '00:05:00'],
    ["TO_TIME('01:05:09.5 pm')", '13:05:09'],
    ["TRY_TO_TIME('13:05 PM')", null],
    ["TO_TIME('3661')", '01:01:01'],
  ],
  'what is in no format': [
    ["TRY_TO_TIMESTAMP('Sat, 04 Jui 2026 13:05:09')", null],
    ["TRY_TO_TIMESTAMP('Sat, 04 Jul 2026 13:05:09 PM')", null],
    ["TRY_TO_TIMESTAMP('13/04/2026 13:05:09')", null],
    ["TRY_TO_TIMESTAMP('soon')", null],
    ["TRY_TO_DATE('2026-07-04x')", null],
    ["TRY_TO_TIMESTAMP_LTZ('2026-07-04 13:05:09 Mars')", null],
  ],
});

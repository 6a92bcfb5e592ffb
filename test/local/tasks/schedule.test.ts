import { nextTime, parseSchedule } from '../../../src/local/tasks/schedule';

/** The next `count` times after a moment, as ISO text. */
function times(schedule: string, after: string, count: number, base = after): string[] {
  const parsed = parseSchedule(schedule);
  const found: string[] = [];
  let at: number | undefined = Date.parse(after);
  while (found.length < count) {
    at = nextTime(parsed, at, Date.parse(base));
    if (at === undefined) break;
    found.push(new Date(at).toISOString().replace('.000Z', 'Z'));
  }
  return found;
}

describe('intervals', () => {
  it('count from the moment the task was resumed', () => {
    expect(times('10 MINUTES', '2026-03-01T09:03:00Z', 2)).toEqual([
      '2026-03-01T09:13:00Z',
      '2026-03-01T09:23:00Z',
    ]);
  });

  it('keep their beat when asked late', () => {
    expect(times('1 HOUR', '2026-03-01T12:30:00Z', 1, '2026-03-01T09:03:00Z')).toEqual([
      '2026-03-01T13:03:00Z',
    ]);
  });

  it.each(['30 SECONDS', '30 SECOND', '30 s', '+30 S', '30 SECONDS '])('read %s', (text) => {
    expect(parseSchedule(text)).toEqual({ kind: 'interval', milliseconds: 30_000 });
  });

  it.each(['15 MINUTE', '15 minutes', '15 M'])('read %s', (text) => {
    expect(parseSchedule(text)).toEqual({ kind: 'interval', milliseconds: 900_000 });
  });

  it.each([
    '0 MINUTES',
    '1 DAY',
    '',
    'USING CRON',
    '-1 MINUTES',
    '5M',
    '1.5 HOURS',
    ' 10 MINUTES',
    '10  MINUTES',
  ])('refuse %j', (text) => {
    expect(() => parseSchedule(text)).toThrow('Invalid schedule was specified.');
  });

  it('last from ten seconds to eight days', () => {
    expect(parseSchedule('10 SECONDS')).toEqual({ kind: 'interval', milliseconds: 10_000 });
    expect(parseSchedule('192 HOURS')).toEqual({ kind: 'interval', milliseconds: 691_200_000 });
    expect(() => parseSchedule('9 SECONDS')).toThrow('Cannot set schedule less than 10 seconds.');
    expect(() => parseSchedule('11521 MINUTES')).toThrow('Cannot set schedule greater than 11,520 minutes.');
  });
});

describe('cron', () => {
  it('runs at the minute and hour it names', () => {
    expect(times('USING CRON 0 6 * * * UTC', '2026-03-01T00:00:00Z', 2)).toEqual([
      '2026-03-01T06:00:00Z',
      '2026-03-02T06:00:00Z',
    ]);
  });

  it('leaves out the minute in which it is asked', () => {
    expect(times('USING CRON 0 6 * * * UTC', '2026-03-01T06:00:30Z', 1)).toEqual(['2026-03-02T06:00:00Z']);
  });

  it('follows the wall clock of its zone', () => {
    expect(times('USING CRON 30 8 * * * Europe/Zurich', '2026-01-15T00:00:00Z', 1)).toEqual([
      '2026-01-15T07:30:00Z',
    ]);
    expect(times('USING CRON 30 8 * * * Europe/Zurich', '2026-07-15T00:00:00Z', 1)).toEqual([
      '2026-07-15T06:30:00Z',
    ]);
  });

  it('does not run at a time that the clock skips in spring', () => {
    expect(times('USING CRON 0 2 * * * America/Los_Angeles', '2026-03-07T00:00:00Z', 3)).toEqual([
      '2026-03-07T10:00:00Z',
      '2026-03-09T09:00:00Z',
      '2026-03-10T09:00:00Z',
    ]);
  });

  it('runs twice at a time that the clock shows twice in autumn', () => {
    expect(times('USING CRON 0 1 * * * America/Los_Angeles', '2026-10-31T12:00:00Z', 3)).toEqual([
      '2026-11-01T08:00:00Z',
      '2026-11-01T09:00:00Z',
      '2026-11-02T09:00:00Z',
    ]);
  });

  it('runs hourly through both changes without a gap', () => {
    const spring = times('USING CRON 5 * * * * Europe/Berlin', '2026-03-28T23:00:00Z', 5);
    expect(spring).toEqual(
      [0, 1, 2, 3, 4].map((i) =>
        new Date(Date.UTC(2026, 2, 28, 23 + i, 5)).toISOString().replace('.000', ''),
      ),
    );
    const autumn = times('USING CRON 5 * * * * Europe/Berlin', '2026-10-24T23:00:00Z', 5);
    expect(autumn).toEqual(
      [0, 1, 2, 3, 4].map((i) =>
        new Date(Date.UTC(2026, 9, 24, 23 + i, 5)).toISOString().replace('.000', ''),
      ),
    );
  });

  it('takes half-hour changes (Lord Howe)', () => {
    const [before, after] = times('USING CRON 0 12 * * * Australia/Lord_Howe', '2026-10-02T12:00:00Z', 2);
    expect([before, after]).toEqual(['2026-10-03T01:30:00Z', '2026-10-04T01:00:00Z']);
  });

  it('takes days of the month or days of the week when both are named', () => {
    expect(times('USING CRON 0 0 10-11 * TUE UTC', '2026-03-08T12:00:00Z', 3)).toEqual([
      '2026-03-10T00:00:00Z',
      '2026-03-11T00:00:00Z',
      '2026-03-17T00:00:00Z',
    ]);
  });

  it('knows L: the last day of the month, the last Friday', () => {
    expect(times('USING CRON 0 0 L * * UTC', '2026-02-01T00:00:00Z', 1)).toEqual(['2026-02-28T00:00:00Z']);
    expect(times('USING CRON 0 0 * * 5L UTC', '2026-02-01T00:00:00Z', 1)).toEqual(['2026-02-27T00:00:00Z']);
  });

  it('knows steps from a number: 4/3 is April, July, October', () => {
    expect(times('USING CRON 0 0 1 4/3 * UTC', '2026-01-01T00:00:00Z', 4)).toEqual([
      '2026-04-01T00:00:00Z',
      '2026-07-01T00:00:00Z',
      '2026-10-01T00:00:00Z',
      '2027-04-01T00:00:00Z',
    ]);
  });

  it('knows lists, ranges, steps and names', () => {
    expect(times('USING CRON */30 9-10 * JAN,FEB MON-FRI UTC', '2026-01-02T09:10:00Z', 4)).toEqual([
      '2026-01-02T09:30:00Z',
      '2026-01-02T10:00:00Z',
      '2026-01-02T10:30:00Z',
      '2026-01-05T09:00:00Z',
    ]);
  });

  it('is refused when its day never comes', () => {
    expect(() => parseSchedule('USING CRON 0 0 30 2 * UTC')).toThrow(
      'No valid time could be found under the schedule and/or interval specified',
    );
  });

  it('waits for 29 February', () => {
    expect(times('USING CRON 0 0 29 2 * UTC', '2026-01-01T00:00:00Z', 2)).toEqual([
      '2028-02-29T00:00:00Z',
      '2032-02-29T00:00:00Z',
    ]);
  });

  it('takes the last Friday by number and by name', () => {
    for (const day of ['5L', 'FRIL'])
      expect(times(`USING CRON 0 0 * * ${day} UTC`, '2026-01-01T00:00:00Z', 2)).toEqual([
        '2026-01-30T00:00:00Z',
        '2026-02-27T00:00:00Z',
      ]);
  });

  it('runs on the days of the month and also on the days of the week, when both are given', () => {
    expect(times('USING CRON 0 0 10-11 * TUE UTC', '2026-03-04T00:00:00Z', 4)).toEqual([
      '2026-03-10T00:00:00Z',
      '2026-03-11T00:00:00Z',
      '2026-03-17T00:00:00Z',
      '2026-03-24T00:00:00Z',
    ]);
  });

  it('runs at every minute of an hour that comes twice, and none of one that is left out', () => {
    const runs = (from: string, to: string) =>
      times('USING CRON */15 * * * * Europe/Berlin', from, 20).filter((at) => at <= to).length;
    expect(runs('2026-10-24T23:59:00Z', '2026-10-25T01:59:00Z')).toBe(8);
    expect(times('USING CRON 30 2 * * * Europe/Berlin', '2026-03-28T12:00:00Z', 1)).toEqual([
      '2026-03-30T00:30:00Z',
    ]);
    expect(times('USING CRON 30 2 * * * Europe/Berlin', '2026-10-24T12:00:00Z', 3)).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:30:00Z',
      '2026-10-26T01:30:00Z',
    ]);
  });

  it('follows a zone that moves by half an hour', () => {
    expect(times('USING CRON 45 1 * * * Australia/Lord_Howe', '2026-04-04T00:00:00Z', 3)).toEqual([
      '2026-04-04T14:45:00Z',
      '2026-04-04T15:15:00Z',
      '2026-04-05T15:15:00Z',
    ]);
  });

  it.each([
    '0 6 * * UTC',
    '0 0 6 * * * UTC',
    '60 6 * * * UTC',
    '0 24 * * * UTC',
    '0 0 0 * * UTC',
    '0 0 * 13 * UTC',
    '0 0 * * 7 UTC',
    '0 0 * * FRI#2 UTC',
    '0 0 15W * * UTC',
    '0 0 ? * * UTC',
    '*/0 * * * * UTC',
    '0 0 * * FRI-MON UTC',
    '5-1 * * * * UTC',
    '1,,2 * * * * UTC',
  ])('refuses %s', (text) => {
    expect(() => parseSchedule(`USING CRON ${text}`)).toThrow('Invalid schedule was specified');
  });

  it.each(['Mars/Olympus', 'PST', '+02:00', '*'])('refuses the zone %s', (zone) => {
    expect(() => parseSchedule(`USING CRON 0 0 * * * ${zone}`)).toThrow(
      `Invalid schedule was specified. "${zone}" is not a recognized time zone.`,
    );
  });

  it('refuses L alone as a day of the week by name, for the documentation does not say what it means', () => {
    expect(() => parseSchedule('USING CRON 0 0 * * L UTC')).toThrow("L alone in a cron's day of week");
  });

  it('plans a year of an hourly task in a zone, every hour of it', () => {
    expect(times('USING CRON 5 * * * * America/New_York', '2026-01-01T00:00:00Z', 8760).at(-1)).toBe(
      '2026-12-31T23:05:00Z',
    );
  });
});

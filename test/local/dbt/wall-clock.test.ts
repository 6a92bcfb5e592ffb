import fc from '../../properties';
import { wallClock } from '../../../src/local/dbt/hooks/sql';

const micros = (iso: string) => BigInt(Date.parse(iso)) * 1000n;
const shown = (iso: string, zone: string) =>
  new Date(Number((wallClock(micros(iso), zone).value as bigint) / 1000n)).toISOString().slice(0, 19);

describe('what a clock shows', () => {
  it.each([
    ['2026-11-22T06:00:00Z', 'UTC', '2026-11-22T06:00:00'],
    ['2026-11-22T06:00:00Z', 'America/Los_Angeles', '2026-11-21T22:00:00'],
    ['2026-03-08T09:59:59Z', 'America/Los_Angeles', '2026-03-08T01:59:59'],
    ['2026-03-08T10:00:00Z', 'America/Los_Angeles', '2026-03-08T03:00:00'],
    ['2026-11-01T08:59:59Z', 'America/Los_Angeles', '2026-11-01T01:59:59'],
    ['2026-11-01T09:00:00Z', 'America/Los_Angeles', '2026-11-01T01:00:00'],
    ['2026-07-01T00:00:00Z', 'Asia/Kathmandu', '2026-07-01T05:45:00'],
  ])('at %s in %s', (moment, zone, expected) => {
    expect(shown(moment, zone)).toBe(expected);
  });

  it('keeps microseconds', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 4_000_000_000_000_000n }), (moment) => {
        const clock = wallClock(moment, 'America/Los_Angeles').value as bigint;
        expect((clock - moment) % 3_600_000_000n).toBe(0n);
      }),
    );
  });
});

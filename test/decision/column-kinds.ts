/** Columns that hold the times of a log, as people have them. */

export interface Kind {
  type: string;
  /** Zone of `zones`, where the column knows none. */
  zone: string;
  /** An instant, milliseconds UTC, as such a column is filled. */
  write(time: number): string;
}

export const iso = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
export const HOURS = 3_600_000;

export const KINDS: Record<string, Kind> = {
  'wall clocks in UTC': { type: 'TIMESTAMP_NTZ', zone: 'UTC', write: (time) => `'${iso(time)}'` },
  // Tokyo has no daylight saving.
  'wall clocks in Tokyo': {
    type: 'TIMESTAMP_NTZ',
    zone: 'Asia/Tokyo',
    write: (time) => `'${iso(time + 9 * HOURS)}'`,
  },
  TIMESTAMP_LTZ: { type: 'TIMESTAMP_LTZ', zone: 'Asia/Tokyo', write: (time) => `'${iso(time)} +00:00'` },
  TIMESTAMP_TZ: {
    type: 'TIMESTAMP_TZ',
    zone: 'Asia/Tokyo',
    write: (time) => `'${iso(time + 2 * HOURS)} +02:00'`,
  },
  'text in UTC': { type: 'VARCHAR', zone: 'UTC', write: (time) => `'${iso(time)}'` },
  'text in Tokyo': { type: 'VARCHAR', zone: 'Asia/Tokyo', write: (time) => `'${iso(time + 9 * HOURS)}'` },
  'text with an offset': {
    type: 'VARCHAR',
    zone: 'Asia/Tokyo',
    write: (time) => `'${iso(time + 2 * HOURS)}+02:00'`,
  },
  'ISO text with Z': {
    type: 'VARCHAR',
    zone: 'Asia/Tokyo',
    write: (time) => `'${new Date(time).toISOString()}'`,
  },
  'epoch seconds': { type: 'NUMBER(38,0)', zone: 'Asia/Tokyo', write: (time) => String(time / 1000) },
};
/** Zones of the sessions that read and write them. */
export const SESSIONS = ['UTC', 'America/Los_Angeles', 'Asia/Tokyo'];

/** `--since`: `90m`, `24h`, `7d`, a date, or a time; in UTC. */
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** @returns ISO 8601 in UTC; `null` for what is none of these. @param now milliseconds UTC */
export function sinceMoment(text: string, now: number): string | null {
  const [, count = '', unit = ''] = /^(\d{1,5})\s*([mhdw])$/i.exec(text.trim()) ?? [];
  if (count !== '') return new Date(now - Number(count) * UNITS[unit.toLowerCase()]!).toISOString();
  const [, date, time = '00:00'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)Z?)?$/.exec(text.trim()) ?? [];
  const moment = date === undefined ? NaN : Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(moment)) return null;
  const iso = new Date(moment).toISOString();
  // The 30th of February is the 2nd of March to Date.
  return iso.startsWith(date!) ? iso : null;
}

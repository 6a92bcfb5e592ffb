/** Wall clocks of the tz database, from the ICU data that Node brings. */

/** A time in which the wall clock runs evenly. Moments and offsets are in milliseconds. */
export interface Stretch {
  from: number;
  until: number;
  /** What the wall clock shows minus UTC. */
  offset: number;
}

interface Zone {
  wallClock: Intl.DateTimeFormat;
  /** By UTC year: the moments at which the offset changes. */
  changes: Map<number, number[]>;
  /** The one asked for last, which is mostly the one asked for next. */
  latest?: Stretch;
}

const DAY = 86_400_000;
/** The zones of three letters that the tz database has; ICU knows more, such as PST, which Snowflake refuses. */
const THREE_LETTERS = /^(EST|MST|HST|CET|MET|EET|WET|GMT|UTC|UCT|ROC|ROK|PRC)$/i;
const zones = new Map<string, Zone>();

export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name) || (name.length === 3 && !THREE_LETTERS.test(name))) return false;
  if (isUtc(name) || listed().has(name)) return true;
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}

/** A clock of ICU's takes ten times as long to make as the list of zones, which lacks other spellings. */
function listed(): ReadonlySet<string> {
  return (names ??= new Set(Intl.supportedValuesOf('timeZone')));
}

let names: ReadonlySet<string> | undefined;

function isUtc(name: string): boolean {
  return /^utc$/i.test(name);
}

/** What the wall clock shows minus UTC, in milliseconds, at a moment in milliseconds UTC. */
export function offsetAt(name: string, moment: number): number {
  return stretchAt(name, moment).offset;
}

/** The stretch that a moment lies in, from that moment on; it ends after a year at the latest. */
export function stretchAt(name: string, moment: number): Stretch {
  if (isUtc(name)) return { from: moment, until: moment + 365 * DAY, offset: 0 };
  const zone = zoneOf(name);
  const { latest } = zone;
  if (latest && latest.from <= moment && moment < latest.until) return latest;
  zone.latest = { from: moment, until: nextChange(zone, moment), offset: readOffset(zone, moment) };
  return zone.latest;
}

function nextChange(zone: Zone, moment: number): number {
  const year = new Date(moment).getUTCFullYear();
  for (const candidate of [year, year + 1]) {
    const change = changesIn(zone, candidate).find((at) => at > moment);
    if (change !== undefined) return change;
  }
  return moment + 365 * DAY;
}

function changesIn(zone: Zone, year: number): number[] {
  const known = zone.changes.get(year);
  if (known) return known;
  const found: number[] = [];
  let before = readOffset(zone, Date.UTC(year, 0, 1));
  for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += DAY) {
    const after = readOffset(zone, day + DAY);
    if (before !== after) found.push(changeBetween(zone, day, day + DAY));
    before = after;
  }
  zone.changes.set(year, found);
  return found;
}

function changeBetween(zone: Zone, from: number, to: number): number {
  const before = readOffset(zone, from);
  let [low, high] = [from, to];
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (readOffset(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function readOffset({ wallClock }: Zone, moment: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of wallClock.formatToParts(moment)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1000) * 1000;
}

function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const wallClock = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const zone = { wallClock, changes: new Map<number, number[]>() };
  zones.set(name, zone);
  return zone;
}

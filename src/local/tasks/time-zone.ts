/** Wall clocks of the tz database, from the ICU data that Node brings. */

interface Zone {
  wallClock: Intl.DateTimeFormat;
  /** By UTC year: the moments at which the offset changes, in milliseconds. */
  changes: Map<number, number[]>;
}

const DAY = 86_400_000;
const zones = new Map<string, Zone>();

export function isTimeZone(name: string): boolean {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}

/** What the wall clock shows minus UTC, in milliseconds, at a moment in milliseconds UTC. */
export function offsetAt(name: string, moment: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of zoneOf(name).wallClock.formatToParts(moment)) parts[type] = Number(value);
  const { year, month, day, hour, minute, second } = parts as Record<
    'year' | 'month' | 'day' | 'hour' | 'minute' | 'second',
    number
  >;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1000) * 1000;
}

/** The first change of the offset after a moment, or a year later when there is none by then. */
export function nextOffsetChange(name: string, moment: number): number {
  const year = new Date(moment).getUTCFullYear();
  for (const candidate of [year, year + 1]) {
    const change = changesIn(name, candidate).find((at) => at > moment);
    if (change !== undefined) return change;
  }
  return moment + 365 * DAY;
}

function changesIn(name: string, year: number): number[] {
  const { changes } = zoneOf(name);
  const known = changes.get(year);
  if (known) return known;
  const found: number[] = [];
  for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += DAY) {
    if (offsetAt(name, day) !== offsetAt(name, day + DAY)) found.push(changeBetween(name, day, day + DAY));
  }
  changes.set(year, found);
  return found;
}

function changeBetween(name: string, from: number, to: number): number {
  const before = offsetAt(name, from);
  let [low, high] = [from, to];
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (offsetAt(name, middle) === before) low = middle;
    else high = middle;
  }
  return high;
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

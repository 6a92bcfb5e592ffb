/** Times and counts as on-call output says them. All times are UTC, and the head of the output says so. */

const DAY = 86_400_000;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `05:15`; `Tue 05:15` on another day within a week; else the date. */
export function clock(moment: number | string, now: number): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return String(moment);
  const time = at.toISOString().slice(11, 16);
  const days = Math.floor(at.getTime() / DAY) - Math.floor(now / DAY);
  if (days === 0) return time;
  return Math.abs(days) < 7 ? `${DAYS[at.getUTCDay()]} ${time}` : `${at.toISOString().slice(0, 10)} ${time}`;
}

/** `42 s`, `12 min`, `3 h 05`, `2 d 4 h`. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h${minutes % 60 === 0 ? '' : ` ${String(minutes % 60).padStart(2, '0')}`}`;
  return `${Math.floor(hours / 24)} d${hours % 24 === 0 ? '' : ` ${hours % 24} h`}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A name that cannot stand in a selector is repeated nowhere. */
export function shownName(name: string): string {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name) ? name : '(a name that is not safe)';
}

/** `a, b` as a log has it, each name once, and short. */
export function shownNames(names: string): string {
  return shortened([...new Set(names.split(', ').map(shownName))].join(', '), 80);
}

/** A list of names that stays short. */
export function shortened(text: string, most = 60): string {
  return text.length <= most ? text : `${text.slice(0, most - 3)}...`;
}

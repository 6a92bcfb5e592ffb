/** Values as the packages' Jinja writes them into text: what Python's json and datetime make of them. */

/** `json.dumps`: `{"a": [1, 2]}`, in the order of the keys. */
export function dumps(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(dumps).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}: ${dumps(member)}`).join(', ')}}`;
}

/** `2026-11-22 06:00:00`. @param micros UTC */
export function secondsText(micros: bigint): string {
  return `${isoOf(micros).slice(0, 19).replace('T', ' ')}`;
}

/** `2026-11-22T06:00:00.123456Z`. @param micros UTC */
export function isoText(micros: bigint): string {
  return `${isoOf(micros).slice(0, 19)}.${microsOf(micros)}Z`;
}

/** `2026-11-22 06:00:00.123456`. @param micros of whatever clock it shows */
export function timeText(micros: bigint): string {
  return `${secondsText(micros)}.${microsOf(micros)}`;
}

function isoOf(micros: bigint): string {
  return new Date(Number(micros / 1000n)).toISOString();
}

function microsOf(micros: bigint): string {
  return String(micros % 1_000_000n).padStart(6, '0');
}

/**
 * The mapping that `--vars` is: JSON, or a flat mapping of YAML (`{a: 1, b: x}`, `a: 1`). Deeper YAML is not read: it
 * comes back as one text under the key `_`, and nothing here decides by it.
 */
export function varsOf(vars: string | undefined): Record<string, unknown> {
  if (vars === undefined) return {};
  try {
    return JSON.parse(vars) as Record<string, unknown>;
  } catch {
    const inside = /^\s*\{([^{}[\]]*)\}\s*$/.exec(vars)?.[1] ?? vars;
    const pairs = inside.split(/[,\n]/).map((pair) => /^\s*["']?([\w.-]+)["']?\s*:\s*(.*?)\s*$/.exec(pair));
    if (/[{}[\]]/.test(inside) || pairs.includes(null)) return { _: vars };
    return Object.fromEntries(pairs.map((pair) => [pair![1], scalar(pair![2]!)]));
  }
}

function scalar(text: string): unknown {
  const quoted = /^(["'])(.*)\1$/.exec(text)?.[2];
  if (quoted !== undefined) return quoted;
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^(?:null|~|)$/i.test(text)) return null;
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

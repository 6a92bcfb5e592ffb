/** Values as TypeScript, the way a person writes them: single quotes, short objects on one line. */

/** Columns of a line, as prettier's default of this repository has them. */
const WIDTH = 100;

/** @param indent columns in front of the value's first line, and in front of its closing bracket */
export function sourceOf(value: unknown, indent: number, before = 0): string {
  const flat = inOneLine(value);
  if (indent + before + flat.length + 1 <= WIDTH || typeof value !== 'object' || value === null) return flat;
  if (value instanceof Call) {
    const values = value.values.map((each) => sourceOf(each, indent, before + value.name.length + 2));
    return `${value.name}(${values.join(', ')})`;
  }
  const inner = ' '.repeat(indent + 2);
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((each) => `${inner}${sourceOf(each, indent + 2)},`)
    : entriesOf(value).map(
        ([key, each]) => `${inner}${keyOf(key)}: ${sourceOf(each, indent + 2, keyOf(key).length + 2)},`,
      );
  return `${isList ? '[' : '{'}\n${entries.join('\n')}\n${' '.repeat(indent)}${isList ? ']' : '}'}`;
}

function inOneLine(value: unknown): string {
  if (typeof value === 'string') return textOf(value);
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`;
  if (value instanceof Call) return `${value.name}(${value.values.map(inOneLine).join(', ')})`;
  if (typeof value === 'object' && value !== null) {
    const entries = entriesOf(value).map(([key, each]) => `${keyOf(key)}: ${inOneLine(each)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return String(value);
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, each]) => each !== undefined);
}

/** `cron('0 6 * * *', 'UTC')` where a value is written as the call that makes it. */
export class Call {
  readonly values: readonly unknown[];
  constructor(
    readonly name: string,
    ...values: unknown[]
  ) {
    this.values = values;
  }
}

export function textOf(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}

export function keyOf(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : textOf(key);
}

/** Functions computed without the database, by name; each refuses the arguments it is not sure of. */
import { boolean, integer, NULL, text, timestampLtz, timestampNtz, type TypedValue } from '../../values';
import {
  ARRAY_LATER,
  commonType,
  isSlow,
  SLOW,
  TEXT_LATER,
  typed,
  type Computed,
  type Fast,
  type FastExpression,
  type Lookup,
} from './fast-value';
import { asText, equals, orderOf } from './operators';

/** Gives `undefined` for a wrong number of arguments: the database says what is wrong. */
type Build = (args: FastExpression[]) => FastExpression | undefined;

export const FUNCTIONS: Readonly<Record<string, Build>> = {
  SYSDATE: clock(timestampNtz),
  CURRENT_TIMESTAMP: clock(timestampLtz),
  LEAST: extreme((order) => order < 0),
  GREATEST: extreme((order) => order > 0),
  CHR: ([code, ...rest]) =>
    code && rest.length === 0 ? (lookup) => character(whole(code(lookup))) : undefined,
  REGEXP_REPLACE: later(TEXT_LATER, 2, 6),
  TO_CHAR: later(TEXT_LATER, 2, 2),
  ARRAY_TO_STRING: later(TEXT_LATER, 2, 2),
  ARRAY_SORT: later(ARRAY_LATER, 1, 1),
  STRTOK_TO_ARRAY: later(ARRAY_LATER, 2, 2),
  COALESCE: (args) => (args.length > 1 ? (lookup) => firstNotNull(values(args, lookup)) : undefined),
  NVL: (args) => (args.length === 2 ? (lookup) => firstNotNull(values(args, lookup)) : undefined),
  IFNULL: (args) => (args.length === 2 ? (lookup) => firstNotNull(values(args, lookup)) : undefined),
  NULLIF: nullIf,
  IFF: iff,
  UPPER: strings(1, ([s]) => ascii(s, (value) => value.toUpperCase())),
  LOWER: strings(1, ([s]) => ascii(s, (value) => value.toLowerCase())),
  LENGTH: strings(1, ([s]) => integer([...s!].length)),
  LEN: strings(1, ([s]) => integer([...s!].length)),
  TRIM: strings(1, ([s]) => text(s!.replace(/^ +/, '').replace(/ +$/, ''))),
  LTRIM: strings(1, ([s]) => text(s!.replace(/^ +/, ''))),
  RTRIM: strings(1, ([s]) => text(s!.replace(/ +$/, ''))),
  REPLACE: strings(3, ([s, from, to]) => (from === '' ? SLOW : text(s!.split(from!).join(to!)))),
  STARTSWITH: strings(2, ([s, start]) => boolean(s!.startsWith(start!))),
  ENDSWITH: strings(2, ([s, end]) => boolean(s!.endsWith(end!))),
  CONTAINS: strings(2, ([s, part]) => boolean(s!.includes(part!))),
  LEFT: slices((s, [length]) => s.slice(0, Math.max(0, length!)), 1),
  RIGHT: slices((s, [length]) => s.slice(s.length - Math.min(s.length, Math.max(0, length!))), 1),
  SUBSTR: slices(substring, 1, 2),
  SUBSTRING: slices(substring, 1, 2),
};

/** https://docs.snowflake.com/en/sql-reference/functions/sysdate, .../current_timestamp */
function clock(show: (micros: bigint) => TypedValue): Build {
  return (args) => (args.length === 0 ? ({ now }) => (now ? show(now()) : SLOW) : undefined);
}

/** NULL when one of them is. https://docs.snowflake.com/en/sql-reference/functions/least */
function extreme(isBetter: (order: number) => boolean): Build {
  return (args) => {
    if (args.length === 0) return undefined;
    return (lookup) => {
      const all = values(args, lookup);
      const type = commonType(all);
      if (type === SLOW || all.includes(NULL)) return SLOW;
      let best: TypedValue | undefined;
      for (const value of all) {
        if (isSlow(value)) return SLOW;
        if (value.value === null) return { type, value: null };
        const order = best ? orderOf(value, best) : 0;
        if (order === SLOW) return SLOW;
        if (!best || isBetter(order)) best = value;
      }
      return typed(best!, type);
    };
  };
}

function character(code: number | undefined): Fast {
  const isCharacter = code !== undefined && code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? text(String.fromCodePoint(code)) : SLOW;
}

/** What the database computes, of so many arguments that are known: it matters only where it is taken. */
function later(what: typeof TEXT_LATER | typeof ARRAY_LATER, least: number, most: number): Build {
  return (args) => {
    if (args.length < least || args.length > most) return undefined;
    return (lookup) => (values(args, lookup).includes(SLOW) ? SLOW : what);
  };
}

function values(args: readonly FastExpression[], lookup: Lookup): Computed[] {
  return args.map((arg) => arg(lookup));
}

function firstNotNull(all: readonly Computed[]): Fast {
  const type = commonType(all);
  if (type === SLOW) return SLOW;
  return typed(all.find((value) => isSlow(value) || value.value !== null) ?? NULL, type);
}

function nullIf(args: FastExpression[]): FastExpression | undefined {
  const [left, right] = args;
  if (!left || !right || args.length !== 2) return undefined;
  const same = equals(left, right);
  return (lookup) => {
    const value = left(lookup);
    const equal = same(lookup);
    if (isSlow(value) || equal === SLOW) return SLOW;
    return equal.value === true ? { type: value.type, value: null } : value;
  };
}

function iff(args: FastExpression[]): FastExpression | undefined {
  const [condition, yes, no] = args;
  if (!condition || !yes || !no || args.length !== 3) return undefined;
  return (lookup) => {
    const holds = condition(lookup);
    const type = commonType([yes(lookup), no(lookup)]);
    if (isSlow(holds) || type === SLOW || (holds.value !== null && holds.type.kind !== 'BOOLEAN'))
      return SLOW;
    return typed(holds.value === true ? yes(lookup) : no(lookup), type);
  };
}

/** A function of so many strings, NULL when one of them is. Its type with NULL is the database's to say. */
function strings(count: number, apply: (texts: string[]) => Fast): Build {
  return (args) => {
    if (args.length !== count) return undefined;
    return (lookup) => {
      const texts: string[] = [];
      for (const arg of args) {
        const value = asText(arg(lookup));
        if (value === SLOW || value === null) return SLOW;
        texts.push(value);
      }
      return apply(texts);
    };
  };
}

/** Case outside ASCII has rules of its own. */
function ascii(value: string | undefined, apply: (value: string) => string): Fast {
  return /^[\x20-\x7e]*$/.test(value!) ? text(apply(value!)) : SLOW;
}

/** A part of a string by whole numbers of characters. */
function slices(
  apply: (s: string[], numbers: number[]) => string[] | typeof SLOW,
  ...counts: number[]
): Build {
  return ([first, ...rest]) => {
    if (!first || !counts.includes(rest.length)) return undefined;
    return (lookup) => {
      const s = asText(first(lookup));
      const numbers = rest.map((arg) => whole(arg(lookup)));
      if (typeof s !== 'string' || numbers.includes(undefined)) return SLOW;
      const part = apply([...s], numbers as number[]);
      return part === SLOW ? SLOW : text(part.join(''));
    };
  };
}

/** From 1 on; zero and negative starts count from elsewhere. */
function substring(s: string[], [start, length]: number[]): string[] | typeof SLOW {
  if (start! < 1 || (length ?? 0) < 0) return SLOW;
  return length === undefined ? s.slice(start! - 1) : s.slice(start! - 1, start! - 1 + length);
}

function whole(value: Computed): number | undefined {
  const isNumber = !isSlow(value) && value.type.kind === 'NUMBER' && Number.isSafeInteger(value.value);
  return isNumber ? (value.value as number) : undefined;
}

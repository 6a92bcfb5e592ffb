/** One flat object of a rehearsal against its schema: unknown fields, missing ones, wrong values, each with what to write. */
import { z } from 'zod';
import { didYouMean } from '../../config/nearest';
import { showValue, type Path, type ProblemSink } from '../../config/problems';

/** @returns the value when it fits, else `undefined`, and the problems are told to `sink` */
export function fitting<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  value: unknown,
  sink: ProblemSink,
): z.infer<z.ZodObject<Shape>> | undefined {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const known = Object.keys(schema.shape);
  for (const issue of read.error.issues) {
    const path = issue.path as Path;
    const actual = valueAt(value, path);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys)
        sink.add([...path, key], `there is no field ${key}`, didYouMean(key, known));
    } else if (issue.code === 'invalid_value') {
      const words = issue.values.map(String);
      sink.add(path, `${showValue(actual)} is not one of ${words.join(', ')}`, guess(actual, words));
    } else if (actual === undefined) {
      sink.add(path, path.length === 0 ? 'there is no default export' : 'it is missing');
    } else if (issue.code === 'invalid_type') {
      sink.add(path, `${showValue(actual)} is not ${TYPES[issue.expected] ?? issue.expected}`);
    } else {
      sink.add(path, `${showValue(actual)}: ${issue.message}`);
    }
  }
  return undefined;
}

/** The part of `value` that fits its field, for the checks that go on when another field is wrong. */
export function fittingFields<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  value: unknown,
  sink: ProblemSink,
): Partial<z.infer<z.ZodObject<Shape>>> {
  fitting(schema, value, sink);
  if (typeof value !== 'object' || value === null) return {};
  const fields = Object.entries(schema.shape).flatMap(([name, field]) => {
    const read = z.safeParse(field as z.ZodType, (value as Record<string, unknown>)[name]);
    return read.success && read.data !== undefined ? [[name, read.data] as const] : [];
  });
  return Object.fromEntries(fields) as Partial<z.infer<z.ZodObject<Shape>>>;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function guess(actual: unknown, words: readonly string[]): string | undefined {
  return typeof actual === 'string' && words.length > 0 ? didYouMean(actual, words) : undefined;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined,
    value,
  );
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/;

/** A moment to the second, with its offset. */
export const time = z.string().superRefine((value, context) => {
  const complaint = whatIsWrongWith(value);
  if (complaint !== undefined) context.addIssue({ code: 'custom', message: complaint });
});

function whatIsWrongWith(value: string): string | undefined {
  if (!TIME.test(value)) {
    const zoneless = TIME.test(`${value}Z`);
    return zoneless
      ? `it has no time zone: write ${value}Z for UTC`
      : 'a time in UTC is written 2026-01-05T06:00:00Z';
  }
  const [year = 0, month = 0, day = 0] = value.slice(0, 10).split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Number.isNaN(Date.parse(value)) || day > lastDay ? 'there is no such day or time of day' : undefined;
}

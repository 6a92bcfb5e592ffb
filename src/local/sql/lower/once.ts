/**
 * Arguments that are computed once. Many functions name an argument several times in DuckDB's words, so that a call of a
 * call of a call would be written, planned and computed eight times: a long one becomes the parameter of a lambda.
 */
import type { Lowered } from '../compilation';

/** Shorter ones cost less than a lambda. */
const LONG = 400;

/** @param build the function's own words for its arguments; not an aggregate or a window, which no lambda may hold */
export function onceEach(args: readonly Lowered[], build: (args: Lowered[]) => Lowered): Lowered {
  const plain = build([...args]);
  const repeated = args.filter(({ sql }) => sql.length > LONG && plain.sql.split(sql).length > 2);
  if (repeated.length === 0) return plain;
  const named = args.map((arg, index) => (repeated.includes(arg) ? { ...arg, sql: nameOf(index) } : arg));
  const body = build(named);
  // A lambda holds no subquery.
  if (body.sql.includes('SELECT ')) return plain;
  const sql = args.reduceRight(
    (inner, arg, index) =>
      repeated.includes(arg) ? `list_transform([${arg.sql}], lambda ${nameOf(index)}: ${inner})[1]` : inner,
    body.sql,
  );
  return { ...body, sql };
}

const nameOf = (index: number): string => `sf_argument_${index}`;

/** A column or a literal, in units or not. */
const SIMPLE = /^(?:CAST\()?[\w.$"]+(?: \* \d+)?(?: AS HUGEINT\))?$/;

/**
 * The words of a macro, which copies each of its arguments as often as it names it.
 * @param values where one is more than a column or a literal, they become the fields of a lambda's parameter
 */
export function copied(values: readonly string[], build: (values: readonly string[]) => string): string {
  if (values.every((value) => SIMPLE.test(value))) return build(values);
  const fields = values.map((value, index) => `'v${index}': ${value}`).join(', ');
  const names = values.map((_, index) => `sf_fields.v${index}`);
  return `list_transform([{${fields}}], lambda sf_fields: ${build(names)})[1]`;
}

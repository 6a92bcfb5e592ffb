/** Expressions and their values, as a table of tests. */
import { showType } from '../../../src/local/sql/types';
import { openBakery, show, type Local } from './local';

export type Case = [expression: string, value: string | null];

/** Each expression is a test in an account of its file's own, the keys are headings. */
export function givesValues(cases: Record<string, Case[]>): void {
  let local: Local;
  beforeAll(async () => void (local = await openBakery()));
  afterAll(() => local.close());

  describe.each(Object.entries(cases))('%s', (_, each) => {
    it.each(each)('%s is %s', async (expression, expected) => {
      expect(await local.value(expression)).toBe(expected);
    });
  });
}

export type TypedCase = [expression: string, value: string | null, type: string];

/** As `givesValues`, with the type of the column; what stands before the expressions are statements that make what they read. */
export function givesTyped(cases: Record<string, TypedCase[]>, made: readonly string[] = []): void {
  let local: Local;
  beforeAll(async () => {
    local = await openBakery();
    for (const statement of made) await local.session.execute(statement);
  });
  afterAll(() => local.close());

  describe.each(Object.entries(cases))('%s', (_, each) => {
    it.each(each)('%s is %s, %s', async (expression, value, type) => {
      const { columns, rows } = await local.session.execute(`SELECT ${expression}`);
      expect([show(rows[0]![0]!, columns[0]!.type), showType(columns[0]!.type)]).toEqual([value, type]);
    });
  });
}

/** Each statement is refused with a code and a text that begins like that. */
export function refuses(
  cases: Record<string, [sql: string, refusal: string][]>,
  made: readonly string[] = [],
): void {
  let local: Local;
  beforeAll(async () => {
    local = await openBakery();
    for (const statement of made) await local.session.execute(statement);
  });
  afterAll(() => local.close());

  describe.each(Object.entries(cases))('%s', (_, each) => {
    it.each(each)('%s is refused: %s', async (sql, refusal) => {
      expect(await local.refusal(sql)).toContain(refusal);
    });
  });
}

/** Expressions and their values, as a table of tests. */
import { openBakery, type Local } from './local';

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

import { features } from '../../../src/local/features';
import type { Session } from '../../../src/local/engine/contract';
import { openBakery, type Local } from '../sql/local';
import { FOREIGN, randomStatement, seeded, TABLES_FIRST } from './random-statements';

let local: Local;
beforeEach(async () => {
  local = await openBakery({ features: [...features] });
  for (const sql of TABLES_FIRST) await local.session.execute(sql);
});
afterEach(async () => local.close());

/** What a client is told: the error's code and text, or nothing. */
async function told(session: Session, sql: string): Promise<string> {
  try {
    await session.execute(sql);
    return '';
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return `${code} ${message.slice(0, 1000)}`;
  }
}

it.each([1, 2, 3, 4])(
  '400 random statements are answered in the words of an account: seed %i',
  async (seed) => {
    const random = seeded(seed);
    const strange: string[] = [];
    for (let count = 0; count < 400; count++) {
      const sql = randomStatement(random);
      const answer = await told(local.session, sql);
      if (FOREIGN.test(answer) || /^undefined/.test(answer)) strange.push(`${answer} <- ${sql}`);
    }
    expect(strange).toEqual([]);
    expect(await told(local.session, 'ROLLBACK')).toBe('');
    expect(await local.rows('SELECT 1')).toEqual([['1']]);
  },
);

it('200 sessions at once each have what is theirs', async () => {
  const sessions = Array.from({ length: 200 }, (_, index) =>
    local.account.openSession({ user: `U${index}`, database: 'BAKERY', schema: 'PUBLIC' }),
  );
  const answers = await Promise.all(
    sessions.map(async (session, index) => {
      await session.execute(`SET mine = ${index}`);
      await session.execute(`INSERT INTO ORDERS SELECT $mine, CURRENT_USER()`);
      const { rows } = await session.execute(
        'SELECT $mine, ID, WHAT FROM ORDERS WHERE WHAT = CURRENT_USER()',
      );
      return rows.map((row) => row.join(' ')).join();
    }),
  );
  expect(answers).toEqual(sessions.map((_, index) => `${index} ${index} U${index}`));
  await Promise.all(sessions.map(async (session) => session.close()));
  expect(await local.rows('SELECT COUNT(*) FROM ORDERS')).toEqual([['200']]);
});

it.each([
  [`BASE64_DECODE_STRING('0')`, "100116 The following string is not a legal base64-encoded value: '0'"],
  [`GET('é', 1)`, "000002 Unsupported feature 'a conversion between values of these types'."],
  [
    'NULL IN (CURRENT_TIMESTAMP(), -1)',
    "000002 Unsupported feature 'a conversion between values of these types'.",
  ],
])('%s, which random statements found', async (sql, answer) => {
  expect(await told(local.session, `SELECT ${sql}`)).toContain(answer);
});

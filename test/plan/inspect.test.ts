/** What an account may answer that a plan must not be made of. */
import { inspectDeployed } from '../../src/account/inspect';
import type { AccountFacts } from '../../src/snowflake/inspect';
import { refuseOtherAccount } from '../../src/snowflake/inspect';
import { SnowflakeStatementError } from '../../src/snowflake/errors';
import type { Session } from '../../src/snowflake/session';
import { bakery, resolved } from '../model/bakery';

const FACTS: AccountFacts = {
  organization: 'ORG',
  account: 'BAKERY',
  locator: 'XY1',
  role: 'BAKER',
  user: 'RUNNER',
  now: '2026-01-05T04:00:00Z',
};
const SCOPE = {
  of: { app: null, env: null },
  places: [{ database: 'BAKERY', schemas: ['OVEN'], names: ['BAKE_BREAD'] }],
  roles: ['MILLER'],
};

const answering = (answer: (sql: string) => Record<string, unknown>[]): Session => ({
  run: (sql) => Promise.resolve({ rows: answer(sql), queryId: 'q' }),
  close: () => Promise.resolve(),
});

it.each(['SHOW TASKS IN ACCOUNT', 'SHOW GRANTS TO ROLE MILLER'])(
  'exactly 10,000 rows of %s are an error: more may have been cut off',
  async (show) => {
    const rows = (count: number) =>
      answering((sql) =>
        sql === show ? Array.from({ length: count }, (_, at) => ({ name: `T${at}` })) : [],
      );
    await expect(inspectDeployed(rows(10_000), FACTS, SCOPE)).rejects.toThrow(
      `${show} gave 10000 rows, which is as many as SHOW gives: some may be missing`,
    );
    await expect(inspectDeployed(rows(9_999), FACTS, SCOPE)).resolves.toMatchObject({
      account: 'ORG-BAKERY',
    });
  },
);

it('a role whose grants are not visible is told of, and has none', async () => {
  const session = answering((sql) => {
    if (sql.startsWith('SHOW GRANTS'))
      throw new SnowflakeStatementError("Role 'MILLER' does not exist or not authorized.", {
        snowflakeCode: '002003',
        sqlState: '02000',
        queryId: null,
        place: null,
      });
    return [];
  });
  expect(await inspectDeployed(session, FACTS, SCOPE)).toMatchObject({
    grants: [],
    unseen: ['the grants of role MILLER: it does not exist, or is not visible to this role'],
  });
});

it('a plan by another role than that of the connection is refused', () => {
  const deployment = resolved(bakery({ connection: { role: 'OVEN_MASTER' } }));
  expect(() => refuseOtherAccount(FACTS, deployment)).toThrow('the session has role BAKER, not OVEN_MASTER');
});

import { applyStatements } from '../../src/apply/apply';
import type { Statement } from '../../src/render/statement';
import { SnowflakeStatementError } from '../../src/snowflake/errors';
import type { Session } from '../../src/snowflake/session';

function statement(name: string): Statement {
  return {
    id: `view:BAKERY.OVEN.${name}`,
    kind: 'view',
    object: `BAKERY.OVEN.${name}`,
    file: `${name.toLowerCase()}.sql`,
    sql: `CREATE VIEW ${name}`,
    why: 'a test',
    fingerprint: null,
  };
}

/** A session that remembers what it was sent, and fails at one statement. */
function sessionFailingAt(failing: string | null): Session & { sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    async run(sql) {
      sent.push(sql);
      if (sql === failing) {
        throw new SnowflakeStatementError("SQL compilation error:\nObject 'FLOUR' does not exist", {
          snowflakeCode: '002003',
          sqlState: '42S02',
          queryId: 'query-of-the-failure',
          place: { line: 1, position: 7 },
        });
      }
      return { rows: [], queryId: `query-${sent.length}` };
    },
    async close() {},
  };
}

const bread = [statement('RYE'), statement('WHEAT'), statement('SPELT')];

describe('applying statements', () => {
  it('sends each as it is, in order, and reports its query id', async () => {
    const session = sessionFailingAt(null);
    const report = await applyStatements(session, bread);
    expect(session.sent).toEqual(bread.map(({ sql }) => sql));
    expect(report.ok).toBe(true);
    expect(report.statements).toMatchObject([
      { status: 'done', object: 'BAKERY.OVEN.RYE', queryId: 'query-1' },
      { status: 'done', queryId: 'query-2' },
      { status: 'done', queryId: 'query-3' },
    ]);
  });

  it('stops at the first failure, and says what was not run', async () => {
    const session = sessionFailingAt('CREATE VIEW WHEAT');
    const report = await applyStatements(session, bread);
    expect(session.sent).toHaveLength(2);
    expect(report.ok).toBe(false);
    expect(report.statements).toMatchObject([
      { status: 'done' },
      {
        status: 'failed',
        file: 'wheat.sql',
        queryId: 'query-of-the-failure',
        error: { code: '002003', sqlState: '42S02', place: { line: 1, position: 7 } },
      },
      { status: 'not-run', object: 'BAKERY.OVEN.SPELT' },
    ]);
  });

  it('reports a failure that is not Snowflake’s, too', async () => {
    const session = sessionFailingAt(null);
    session.run = async () => {
      throw new Error('socket hang up');
    };
    const report = await applyStatements(session, bread.slice(0, 1));
    expect(report.statements).toMatchObject([
      { status: 'failed', queryId: null, error: { code: '', message: 'socket hang up' } },
    ]);
  });

  it('tells of each statement before it is sent', async () => {
    const session = sessionFailingAt('CREATE VIEW WHEAT');
    const seen: string[] = [];
    await applyStatements(session, bread, ({ object }, index, total) => {
      seen.push(`${index + 1}/${total} ${object} after ${session.sent.length}`);
    });
    expect(seen).toEqual(['1/3 BAKERY.OVEN.RYE after 0', '2/3 BAKERY.OVEN.WHEAT after 1']);
  });

  it('is JSON as it is', async () => {
    const report = await applyStatements(sessionFailingAt('CREATE VIEW RYE'), bread);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src/snowflake/connect';
import { createSnowflakeClient } from '../../src/snowflake/dialect';
import type { ConnectionOptions } from '../../src/snowflake/driver';
import { inspectAccount, refuseOtherAccount } from '../../src/snowflake/inspect';
import type { Session } from '../../src/snowflake/session';
import type { Deployment } from '../../src/model/deployment';
import { openBakery, type Bakery } from '../local/server/account';

let bakery: Bakery;
let session: Session;
let printed: string[];

const optionsTo = (more: object = {}): ConnectionOptions =>
  ({
    accessUrl: bakery.server.url,
    account: 'ORG-BAKERY',
    username: 'BAKER',
    password: 'rye-bread',
    database: 'BAKERY',
    schema: 'OVEN',
    ...more,
  }) as ConnectionOptions;

const start = process.cwd();

beforeAll(async () => {
  printed = [];
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  }
  process.chdir(mkdtempSync(join(tmpdir(), 'bakery-')));
  bakery = await openBakery();
  session = await connect(optionsTo());
});

afterAll(async () => {
  await session.close();
  await bakery.close();
  jest.restoreAllMocks();
  process.chdir(start);
});

describe('a session', () => {
  it('runs a statement and gives its rows and query id', async () => {
    const { rows, queryId } = await session.run('SELECT 1 AS N, ? AS T', ['rye']);
    expect(rows).toEqual([{ N: 1, T: 'rye' }]);
    expect(queryId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sends text with question marks as it is', async () => {
    const { rows } = await session.run("SELECT '?' AS Q, $$ \\? $$ AS D");
    expect(rows).toEqual([{ Q: '?', D: ' \\? ' }]);
  });

  it('stays one session', async () => {
    await session.run("ALTER SESSION SET QUERY_TAG = 'oven'");
    const { rows } = await session.run("SHOW PARAMETERS LIKE 'QUERY_TAG' IN SESSION");
    expect(rows).toMatchObject([{ value: 'oven' }]);
  });

  it('throws what went wrong in Snowflake’s words alone', async () => {
    const failing = session.run("SELECT *\nFROM NO_SUCH_TABLE WHERE A = 'secret bind'");
    await expect(failing).rejects.toMatchObject({
      name: 'SnowflakeStatementError',
      code: 'FAILED',
      snowflakeCode: '002003',
      sqlState: '42S02',
      queryId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      message: expect.stringMatching(/^SQL compilation error:/),
    });
    await expect(failing).rejects.not.toThrow('secret bind');
  });

  it('is tagged, so that QUERY_HISTORY tells who asked; the connection may say otherwise', async () => {
    const tagOf = async (one: Session): Promise<unknown> =>
      (await one.run("SHOW PARAMETERS LIKE 'QUERY_TAG' IN SESSION")).rows[0]?.value;
    const sessions = [await connect(optionsTo()), await connect(optionsTo({ queryTag: 'night shift' }))];
    expect(await Promise.all(sessions.map(tagOf))).toEqual(['dbt-auto-restart', 'night shift']);
    for (const one of sessions) await one.close();
  });

  it('takes over a session that another program opened', async () => {
    const login = await fetch(`${bakery.server.url}/session/v1/login-request`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ data: { ACCOUNT_NAME: 'ORG-BAKERY', LOGIN_NAME: 'MILLER', PASSWORD: 'x' } }),
    });
    const { data } = (await login.json()) as { data: { token: string; masterToken: string } };
    const tokens = { sessionToken: data.token, masterToken: data.masterToken };
    const shared = await connect(optionsTo({ username: undefined, password: undefined, ...tokens }));
    expect((await shared.run('SELECT CURRENT_USER() AS WHO')).rows).toEqual([{ WHO: 'MILLER' }]);
    await shared.close();
  });

  it('refuses secondary roles that are neither', async () => {
    await expect(connect(optionsTo({ secondaryRoles: 'SOME; DROP' }))).rejects.toMatchObject({
      code: 'CONNECTION',
      message: "secondary_roles 'SOME; DROP' is not known here",
    });
  });

  it('prints nothing and leaves no log file', () => {
    expect(printed).toEqual([]);
    expect(existsSync('snowflake.log')).toBe(false);
  });
});

describe('a connection that does not come about', () => {
  it('is an error without the password', async () => {
    const closed = await openBakery();
    await closed.close();
    const options = optionsTo({ accessUrl: closed.server.url, loginTimeout: 2 });
    const connecting = connect(options);
    await expect(connecting).rejects.toMatchObject({
      code: 'CONNECTION',
      message: expect.stringContaining('cannot connect to ORG-BAKERY'),
      hint: expect.stringContaining('check host and port of the connection'),
    });
    await expect(connecting).rejects.not.toThrow('rye-bread');
  });

  it('says what the driver lacks', async () => {
    await expect(connect(optionsTo({ password: undefined }))).rejects.toMatchObject({
      code: 'CONNECTION',
      message: expect.stringContaining('A password must be specified'),
    });
  });
});

describe('the dialect', () => {
  const sqlOf = (
    build: (client: ReturnType<typeof createSnowflakeClient>) => { toString(): string },
  ): string => build(createSnowflakeClient(optionsTo())).toString();

  it('quotes only names that need it', () => {
    const sql = sqlOf((client) =>
      (
        client as unknown as {
          queryBuilder(): { select(...names: string[]): { from(name: string): object } };
        }
      )
        .queryBuilder()
        .select('RUN_ID', 'order', 'ORDER', 'a"b')
        .from('EDW.LOAVES'),
    );
    expect(sql).toBe('select RUN_ID, "order", "ORDER", "a""b" from EDW.LOAVES');
  });
});

describe('who and where the session is', () => {
  const deploymentOf = (connection: Partial<Deployment['connection']>): Deployment =>
    ({ name: 'bakery', connection: { name: null, account: null, role: null, ...connection } }) as Deployment;

  it('is read from the account', async () => {
    expect(await inspectAccount(session)).toMatchObject({
      organization: 'ORG',
      account: 'BAKERY',
      user: 'BAKER',
    });
  });

  it('may be what the deployment says', async () => {
    const facts = await inspectAccount(session);
    expect(() =>
      refuseOtherAccount(facts, deploymentOf({ account: 'org-bakery', role: facts.role })),
    ).not.toThrow();
    expect(() => refuseOtherAccount(facts, deploymentOf({ account: 'ORG.BAKERY' }))).not.toThrow();
    expect(() => refuseOtherAccount(facts, deploymentOf({}))).not.toThrow();
  });

  it('is refused for another account', async () => {
    const facts = await inspectAccount(session);
    expect(() => refuseOtherAccount(facts, deploymentOf({ account: 'ORG-SHOP' }))).toThrow(
      expect.objectContaining({
        code: 'REFUSED',
        message: 'the session is in account ORG-BAKERY, not in ORG-SHOP',
        where: 'deployments.bakery.connection.account',
      }),
    );
  });

  it('is refused for another role', async () => {
    const facts = await inspectAccount(session);
    expect(() => refuseOtherAccount(facts, deploymentOf({ role: 'MILLER' }))).toThrow(/not MILLER/);
  });
});

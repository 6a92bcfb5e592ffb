import { request, type IncomingMessage } from 'node:http';
import { connect as tcpConnect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { gzipSync } from 'node:zlib';
import { connectTo, disconnect, openBakery, run, type Bakery } from './account';

let bakery: Bakery;
beforeAll(async () => {
  bakery = await openBakery();
});
afterAll(async () => bakery.close());

interface Answered {
  status: number;
  body: { success?: boolean; code?: string; message?: string; data?: Record<string, unknown> };
}

async function post(
  path: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', port: bakery.server.port, host: '127.0.0.1', path, headers };
    const sending = request(options, (response) => void read(response).then(resolve, reject));
    sending.on('error', reject);
    sending.end(body);
  });
}

async function read(response: IncomingMessage): Promise<Answered> {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode ?? 0, body: JSON.parse(text) as Answered['body'] };
}

async function login(): Promise<Record<string, string>> {
  const { body } = await post('/session/v1/login-request', '{"data":{"LOGIN_NAME":"baker"}}');
  return { Authorization: `Snowflake Token="${String(body.data?.token)}"` };
}

async function stillServes(): Promise<void> {
  const connection = await connectTo(bakery.server);
  await expect(run(connection, 'SELECT 1 AS N')).resolves.toMatchObject({ rows: [{ N: 1 }] });
  await disconnect(connection);
}

const QUERY = '/queries/v1/query-request?requestId=1';

describe('requests that are none', () => {
  it.each([
    ['a body that is not JSON', QUERY, '{"sqlText":'],
    ['a body that is no object', QUERY, '[1]'],
    ['a query without text', QUERY, '{}'],
    ['a query whose text is a number', QUERY, '{"sqlText":1}'],
    ['binds that are none', QUERY, '{"sqlText":"SELECT 1","bindings":{"1":5}}'],
    ['a login without data', '/session/v1/login-request', '{}'],
    ['a cancel of nothing', '/queries/v1/abort-request', '{}'],
    ['ten thousand brackets', QUERY, '['.repeat(100_000)],
  ])('%s is answered with 400', async (_, path, body) => {
    const { status, body: answered } = await post(path, body, await login());
    expect(status).toBe(400);
    expect(answered).toMatchObject({ success: false, code: '390400' });
    await stillServes();
  });

  it('an unknown address is answered with 404', async () => {
    expect(await post('/oven', '{}')).toMatchObject({ status: 404 });
  });

  it('damaged gzip is answered with 400', async () => {
    const damaged = gzipSync('{"sqlText":"SELECT 1"}').subarray(0, 20);
    expect(await post(QUERY, damaged, await login())).toMatchObject({ status: 400 });
  });

  it('a bind of a type that does not exist is an error of the statement', async () => {
    const { status, body } = await post(
      QUERY,
      '{"sqlText":"SELECT ?","bindings":{"1":{"type":"FLOUR","value":"1"}}}',
      await login(),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ success: false, code: '002049' });
  });

  it.each([
    ['FIXED', '9'.repeat(44), '100039'],
    ['FIXED', 'flour', '002049'],
    ['REAL', 'flour', '002049'],
    ['DATE', '9'.repeat(20), '002049'],
    ['TIME', '86400000000000', '002049'],
    ['TIMESTAMP_NTZ', '9'.repeat(30), '002049'],
    ['TIMESTAMP_TZ', '0 9999', '002049'],
    ['BINARY', 'xyz', '002049'],
    ['VARIANT', '{flour', '002049'],
    ['ARRAY', '{}', '002049'],
    ['OBJECT', '[]', '002049'],
  ])('a %s of %s is an error of the statement', async (type, value, code) => {
    const body = JSON.stringify({ sqlText: 'SELECT ?', bindings: { 1: { type, value } } });
    const answered = await post(
      `/queries/v1/query-request?requestId=${encodeURIComponent(type + value)}`,
      body,
      await login(),
    );
    expect(answered).toMatchObject({ status: 200, body: { success: false, code } });
  });

  it.each([
    ['of different lengths', [['1', '2'], ['1']]],
    ['of nothing', [[], []]],
  ])('arrays %s are an error of the statement', async (_, [first, second]) => {
    const bindings = { 1: { type: 'FIXED', value: first }, 2: { type: 'FIXED', value: second } };
    const body = JSON.stringify({ sqlText: 'INSERT INTO BAKERY.OVEN.NONE VALUES (?, ?)', bindings });
    const answered = await post(QUERY, body, await login());
    expect(answered.body).toMatchObject({ success: false, code: '002049' });
  });

  it.each([
    ['brackets', `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
    ['a sum', `SELECT ${'1+'.repeat(50_000)}1`],
    ['queries in queries', `${'SELECT * FROM ('.repeat(5000)}SELECT 1${')'.repeat(5000)}`],
    [
      'blocks in blocks',
      `EXECUTE IMMEDIATE $$ ${'BEGIN '.repeat(9000)} RETURN 1; ${'END; '.repeat(9000)} $$`,
    ],
    ['a text of 15 MB', `SELECT '${'x'.repeat(15_000_000)}'`],
  ])('%s that no stack holds are refused by name', async (_, sqlText) => {
    const { body } = await post(QUERY, JSON.stringify({ sqlText }), await login());
    expect(body).toMatchObject({ success: false, code: '000002' });
    expect(body.message).toContain('this long or nested this deeply');
    await stillServes();
  });

  it('an address with a slash too many is understood', async () => {
    const { body } = await post(
      '//queries//v1/query-request?requestId=3',
      '{"sqlText":"SELECT 1"}',
      await login(),
    );
    expect(body).toMatchObject({ success: true });
  });

  it('a token nobody was given is refused', async () => {
    const { body } = await post(QUERY, '{"sqlText":"SELECT 1"}', { Authorization: 'Snowflake Token="x"' });
    expect(body).toMatchObject({ success: false, code: '390104' });
  });
});

describe('large requests', () => {
  it('a gzipped body is read', async () => {
    const { body } = await post(QUERY, gzipSync('{"sqlText":"SELECT 1 AS N"}'), {
      ...(await login()),
      'Content-Encoding': 'gzip',
    });
    expect(body.data).toMatchObject({ rowset: [['1']] });
  });

  it('a statement of 40 MB is refused with 413', async () => {
    const body = JSON.stringify({ sqlText: `SELECT '${'x'.repeat(40 * 1024 * 1024)}'` });
    const answered = await post(QUERY, body, await login());
    expect(answered).toMatchObject({ status: 413, body: { message: 'the request is larger than 16 MiB' } });
    await stillServes();
  });

  it('so is a small body that inflates to one', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    expect(await post(QUERY, bomb, await login())).toMatchObject({ status: 413 });
    await stillServes();
  });

  it('through the driver it is an error, at once', async () => {
    const connection = await connectTo(bakery.server);
    const sqlText = `SELECT '${'x'.repeat(20 * 1024 * 1024)}' AS T`;
    await expect(run(connection, sqlText)).rejects.toMatchObject({ name: 'RequestFailedError' });
    await expect(run(connection, 'SELECT 1 AS N')).resolves.toMatchObject({ rows: [{ N: 1 }] });
    await disconnect(connection);
  });
});

describe('clients that go away', () => {
  it('in the middle of a request', async () => {
    const socket = tcpConnect(bakery.server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(`POST ${QUERY} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"sql`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.destroy();
    await stillServes();
  });

  it('in the middle of a statement: it runs to its end, and its result is there for who asks again', async () => {
    const headers = await login();
    await post(
      '/queries/v1/query-request?requestId=0',
      '{"sqlText":"CREATE TABLE BAKERY.OVEN.LEFT_ALONE (N INT)"}',
      headers,
    );
    const body = '{"sqlText":"INSERT INTO BAKERY.OVEN.LEFT_ALONE VALUES (1)"}';
    const options = { method: 'POST', port: bakery.server.port, host: '127.0.0.1', path: QUERY, headers };
    const sending = request(options);
    sending.on('error', () => {});
    sending.end(body, () => setTimeout(() => sending.destroy(), 1));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const again = await post(QUERY, body, headers);
    expect(again.body).toMatchObject({ success: true, data: { rowset: [['1']] } });
    const { body: count } = await post(
      '/queries/v1/query-request?requestId=2',
      '{"sqlText":"SELECT COUNT(*) FROM BAKERY.OVEN.LEFT_ALONE"}',
      headers,
    );
    expect(count.data).toMatchObject({ rowset: [['1']] });
  });
});

describe('only this machine', () => {
  it('other addresses of the machine do not answer', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .filter((address) => address && !address.internal && address.family === 'IPv4');
    const refused = await Promise.all(outside.map((address) => isRefused(address!.address)));
    expect(refused).toEqual(outside.map(() => true));
    expect(await isRefused('127.0.0.1')).toBe(false);
  });

  async function isRefused(host: string): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = tcpConnect({ port: bakery.server.port, host, timeout: 1000 });
      socket.on('connect', () => resolve(false));
      socket.on('error', () => resolve(true));
      socket.on('timeout', () => resolve(true));
      socket.on('connect', () => socket.destroy());
    });
  }

  it('a name that a page could point here is refused', async () => {
    const answered = await post('/session/v1/login-request', '{"data":{}}', { Host: 'bakery.example.com' });
    expect(answered.status).toBe(403);
  });

  it('a name in capitals is the same name', async () => {
    const answered = await post('/session/v1/login-request', '{"data":{}}', { Host: 'LocalHost' });
    expect(answered.status).toBe(200);
  });

  it.each(['https://bakery.example.com', 'null'])('a page of %s is refused', async (origin) => {
    const answered = await post('/session/v1/login-request', '{"data":{}}', { Origin: origin });
    expect(answered.status).toBe(403);
  });
});

describe('many', () => {
  const query = async (headers: Record<string, string>, sqlText: string) =>
    (
      await post(
        `/queries/v1/query-request?requestId=${encodeURIComponent(sqlText)}`,
        JSON.stringify({ sqlText }),
        headers,
      )
    ).body;

  it('two hundred sessions at once each get their own answer', async () => {
    const sessions = await Promise.all(Array.from({ length: 200 }, login));
    const answers = await Promise.all(sessions.map((headers, n) => query(headers, `SELECT ${n}`)));
    expect(answers.map(({ data }) => data?.rowset)).toEqual(sessions.map((_, n) => [[String(n)]]));
    await Promise.all(sessions.map((headers) => post('/session?delete=true', '{}', headers)));
  });

  it('requests on one connection are answered in their order', async () => {
    const headers = await login();
    const message = (n: number): string => {
      const body = `{"sqlText":"SELECT ${n} AS PIPELINED"}`;
      return (
        `POST /queries/v1/query-request?requestId=pipe${n} HTTP/1.1\r\nHost: localhost\r\n` +
        `Authorization: ${headers.Authorization}\r\nContent-Length: ${body.length}\r\n` +
        `${n === 3 ? 'Connection: close\r\n' : ''}\r\n${body}`
      );
    };
    const text = await new Promise<string>((resolve, reject) => {
      let got = '';
      const socket = tcpConnect(bakery.server.port, '127.0.0.1');
      socket.on('data', (chunk) => (got += String(chunk)));
      socket.on('error', reject);
      socket.on('close', () => resolve(got));
      socket.write(message(1) + message(2) + message(3));
    });
    expect([...text.matchAll(/"rowset":\[\["(\d)"\]\]/g)].map(([, n]) => n)).toEqual(['1', '2', '3']);
  });

  it('closings of one session at once close it once', async () => {
    const headers = await login();
    const closings = await Promise.all(
      Array.from({ length: 20 }, () => post('/session?delete=true', '{}', headers)),
    );
    expect(closings[0]!.body.success).toBe(true);
    expect(await query(headers, 'SELECT 1')).toMatchObject({ code: '390104' });
  });

  it('a session closed in the middle of a query cancels it', async () => {
    const headers = await login();
    const heavy = query(
      headers,
      'SELECT COUNT(*) FROM TABLE(GENERATOR(ROWCOUNT => 1000000)) A, TABLE(GENERATOR(ROWCOUNT => 1000000)) B WHERE RANDOM() = 1',
    );
    // Until it runs: the close would overtake it on a busy machine.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await post('/session?delete=true', '{}', headers);
    expect(await heavy).toMatchObject({ success: false, code: '000604' });
    await stillServes();
  });
});

it('a session whose client never came back ends with its master token', async () => {
  const other = await openBakery({ tokenSeconds: 0 });
  const closed = jest.fn();
  const open = other.account.openSession.bind(other.account);
  jest.spyOn(other.account, 'openSession').mockImplementation((options) => {
    const session = open(options);
    const close = session.close.bind(session);
    session.close = () => {
      closed();
      return close();
    };
    return session;
  });
  const enter = (): Promise<unknown> =>
    fetch(`${other.server.url}/session/v1/login-request`, { method: 'POST', body: '{"data":{}}' });
  await enter();
  expect(closed).not.toHaveBeenCalled();
  await new Promise((resolve) => setTimeout(resolve, 5));
  await enter();
  expect(closed).toHaveBeenCalledTimes(1);
  await other.close();
});

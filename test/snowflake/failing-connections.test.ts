/**
 * Every way in which a connection fails, each through a server on the loopback interface that misbehaves: exit code 4,
 * a sentence that names the cause, below a minute, and nothing of the password.
 */
import '../local/server/quiet-driver';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestListener } from 'node:http';
import { tableStatements } from '../../src/local/index';
import type { ConnectionOptions } from '../../src/snowflake/driver';
import { loginTimeout } from '../../src/snowflake/failure/login';
import { newFolder, removeProgram, type Ended } from '../cli/program';
import { openBakery } from '../local/server/account';
import { applyOver, newProject, SECRET, shownOf, toPort, type Keys } from './misbehaving/connection';
import {
  answering,
  answeringSecurely,
  closedPort,
  json,
  leavingAt,
  onSocket,
  refusing,
  silent,
  text,
  type Misbehaving,
} from './misbehaving/server';

beforeAll(newProject);
afterAll(removeProgram);

/** How the connection fails, and what has to be read of it. */
interface Case {
  /** Keys of the connection besides, or instead of, those of `toPort`. */
  keys?: Keys;
  env?: (port: number) => Record<string, string>;
  says: RegExp;
  hints: RegExp;
}

async function expectFailure(
  started: () => Promise<Misbehaving>,
  { keys = {}, env, says, hints }: Case,
): Promise<Ended> {
  const server = await started();
  try {
    const ended = await applyOver(toPort(server.port, keys), { env: env?.(server.port) ?? {} });
    expect(ended.stderr + ended.stdout).toMatch(says);
    expect(ended.stderr + ended.stdout).toMatch(hints);
    expect(ended.stderr).not.toMatch(/\bat .*\.js:\d+|a fault of dbt-auto-restart|UnhandledPromise/);
    expect(shownOf(ended)).toEqual([]);
    expect(ended.code).toBe(4);
    expect(ended.seconds).toBeLessThan(60);
    return ended;
  } finally {
    await server.close();
  }
}

const gone = async (): Promise<Misbehaving> => ({
  port: await closedPort(),
  asked: [],
  close: async () => {},
});

describe('nobody is there', () => {
  it('a port that refuses', async () => {
    await expectFailure(gone, {
      says: /127\.0\.0\.1:\d+ refuses connections \(ECONNREFUSED\)/,
      hints: /check host and port/,
    });
  });

  it('a host that is not known', async () => {
    await expectFailure(gone, {
      keys: { host: 'org-bakery.invalid' },
      says: /there is no host org-bakery\.invalid/,
      hints: /ORG-ACCOUNT with a hyphen/,
    });
  });

  it('a server that never answers: told after the twenty seconds that a login has, and meanwhile', async () => {
    const ended = await expectFailure(() => answering(silent), {
      says: /no answer to the login within 20 s/,
      hints: /login_timeout of the connection gives more time/,
    });
    expect(ended.stderr).toMatch(/waiting for ORG-BAKERY to answer the login \(\d+ s\)/);
  });

  it('a server that never answers, with less time', async () => {
    await expectFailure(() => answering(silent), {
      keys: { login_timeout: 3 },
      says: /no answer to the login within 3 s/,
      hints: /firewall/,
    });
  });
});

describe('what answers is not Snowflake', () => {
  const listener: [string, RequestListener][] = [
    ['a web page', text('<html>Please log in to the guest network</html>')],
    ['nothing at all', text('')],
    ['JSON that is cut off', text('{"data": {', 200, 'application/json')],
    ['JSON of something else', json(['loaf'])],
    ['a success without a session', json({ success: true })],
    ['a success with nothing in it', json({ success: true, data: null })],
    ['null', json(null)],
    ['a redirect that never ends', (_, outgoing) => outgoing.writeHead(302, { location: '/login' }).end()],
  ];
  it.each(listener)('%s', async (_, answer) => {
    await expectFailure(() => answering(answer), {
      says: /what answers at 127\.0\.0\.1:\d+ is not Snowflake/,
      hints: /check account, host and port/,
    });
  });

  it('another protocol', async () => {
    await expectFailure(
      () => onSocket((socket) => socket.on('data', () => socket.end('SSH-2.0-OpenSSH_9\r\n'))),
      {
        says: /is not Snowflake/,
        hints: /check account, host and port/,
      },
    );
  });

  it('a connection that is closed at once', async () => {
    await expectFailure(() => onSocket((socket) => socket.on('data', () => socket.destroy())), {
      says: /closed the connection without an answer/,
      hints: /firewall/,
    });
  });
});

describe('the server does not feel well', () => {
  it.each([500, 503, 429])('HTTP %d', async (status) => {
    await expectFailure(() => answering(text('', status)), {
      says: new RegExp(`answers with HTTP ${status}`),
      hints: /try again in some minutes/,
    });
  });

  it.each([403, 404])('no such account: HTTP %d', async (status) => {
    await expectFailure(() => answering(text('Forbidden', status)), {
      says: new RegExp(`no such account at 127\\.0\\.0\\.1:\\d+ \\(HTTP ${status}\\)`),
      hints: /ORG-ACCOUNT, or a locator with its region/,
    });
  });
});

describe('TLS', () => {
  it('a server that does not speak it', async () => {
    await expectFailure(() => answering(silent), {
      keys: { protocol: 'https' },
      says: /does not speak TLS/,
      hints: /protocol = "http"/,
    });
  });

  it('a certificate that nobody signed', async () => {
    const [key, cert] = certificate();
    await expectFailure(() => answeringSecurely({ key: key!, cert: cert! }, silent), {
      keys: { protocol: 'https' },
      says: /cannot be trusted: its certificate is signed by itself/,
      hints: /NODE_EXTRA_CA_CERTS/,
    });
  });

  function certificate(): string[] {
    const folder = newFolder();
    const files = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=127.0.0.1'];
    execFileSync('openssl', [...args, '-keyout', files[0]!, '-out', files[1]!], { stdio: 'ignore' });
    return files.map((file) => readFileSync(file, 'utf8'));
  }
});

describe('the proxy', () => {
  const account = { host: 'org-bakery.snowflakecomputing.com', port: 443, protocol: 'https' };
  const through = (port: number) => ({
    HTTPS_PROXY: `http://baker:${encodeURIComponent(SECRET)}@127.0.0.1:${port}`,
  });
  const answeringConnect = (line: string) =>
    onSocket((socket) =>
      socket.on('data', () => socket.end(`HTTP/1.1 ${line}\r\ncontent-length: 0\r\n\r\n`)),
    );

  it('refuses connections', async () => {
    await expectFailure(gone, {
      keys: account,
      env: through,
      says: /the proxy 127\.0\.0\.1:\d+ \(HTTPS_PROXY\) refuses connections/,
      hints: /NO_PROXY exempts hosts/,
    });
  });

  it('wants to know who asks', async () => {
    await expectFailure(() => answeringConnect('407 Proxy Authentication Required'), {
      keys: account,
      env: through,
      says: /the proxy 127\.0\.0\.1:\d+ wants to know who asks \(HTTP 407\)/,
      hints: /put user and password into HTTPS_PROXY/,
    });
  });

  it('forbids the account', async () => {
    await expectFailure(() => answeringConnect('403 Forbidden'), {
      keys: account,
      env: through,
      says: /HTTP 403/,
      hints: /the proxy 127\.0\.0\.1:\d+ \(HTTPS_PROXY\) forbids it/,
    });
  });

  it('never answers', async () => {
    await expectFailure(() => onSocket(() => {}), {
      keys: { ...account, login_timeout: 3 },
      env: through,
      says: /no answer to the login within 3 s, through the proxy 127\.0\.0\.1:\d+ \(HTTPS_PROXY\)/,
      hints: /firewall/,
    });
  });

  it('is no address', async () => {
    await expectFailure(gone, {
      keys: account,
      env: () => ({ HTTPS_PROXY: `http://baker:${SECRET}@@:xx` }),
      says: /HTTPS_PROXY holds no address of a proxy/,
      hints: /write HTTPS_PROXY=/,
    });
  });

  it('is not asked for a host that NO_PROXY exempts, nor for this machine', async () => {
    const proxy = await answering(silent);
    const env = {
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
      HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
    };
    const exempt = { ...env, NO_PROXY: 'invalid' };
    const ended = await applyOver(toPort(443, { host: 'org-bakery.invalid', protocol: 'https' }), {
      env: exempt,
    });
    expect(ended.stderr).toMatch(/there is no host org-bakery\.invalid/);
    await expectFailure(gone, {
      env: () => env,
      says: /127\.0\.0\.1:\d+ refuses/,
      hints: /check host and port/,
    });
    expect(proxy.asked).toEqual([]);
    await proxy.close();
  });
});

describe('Snowflake refuses the login', () => {
  const ROLE = "Role 'MILLER' specified in the connect string is not granted to this user.";
  it.each<[string, string, string, Keys, RegExp]>([
    [
      'a wrong password',
      '390100',
      'Incorrect username or password was specified.',
      {},
      /check user BAKER and the password/,
    ],
    [
      'a locked user',
      '390102',
      'Your user account has been temporarily locked.',
      {},
      /is disabled or locked/,
    ],
    [
      'an expired OAuth token',
      '390318',
      'OAuth access token expired.',
      { authenticator: 'oauth', token: SECRET },
      /get a new OAuth token/,
    ],
    [
      'a token of a program that is not valid',
      '394400',
      'Programmatic access token is invalid.',
      { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: SECRET },
      /wrong, expired or disabled/,
    ],
    [
      'a network policy',
      '390422',
      'Incoming request with IP/Token 203.0.113.7 is not allowed to access Snowflake.',
      {},
      /a network policy does not allow/,
    ],
    [
      'a second factor that nobody has',
      '394508',
      'Multi-factor authentication is required for this account.',
      {},
      /set passcode[\s\S]*service user/,
    ],
    ['a role that is not granted', '390189', ROLE, { role: 'MILLER' }, /GRANT ROLE MILLER TO USER BAKER/],
    [
      'a warehouse that is not there',
      '390201',
      'The requested warehouse does not exist or not authorized.',
      { warehouse: 'OVEN_WH' },
      /check warehouse OVEN_WH/,
    ],
    [
      'a code of tomorrow',
      '399999',
      'Something that was not heard of before.',
      {},
      /check user, authenticator and credentials/,
    ],
  ])('%s', async (_, code, message, keys, hints) => {
    const words = message.replace(/\.$/, '').replaceAll(/[()/.]/g, '.');
    await expectFailure(() => answering(refusing(code, message)), {
      keys,
      says: new RegExp(`cannot connect to ORG-BAKERY: ${words} \\(${code}\\)`),
      hints,
    });
  });

  it('repeating the password in its message', async () => {
    await expectFailure(() => answering(refusing('390100', `password ${SECRET} is wrong`)), {
      says: /\*\*\*\*/,
      hints: /check user, authenticator and credentials|password/,
    });
  });

  it('a second factor that nobody confirms', async () => {
    await expectFailure(() => answering(silent), {
      keys: { authenticator: 'username_password_mfa', login_timeout: 3 },
      says: /nobody confirmed the second factor \(MFA\) within 3 s/,
      hints: /set passcode; in a pipeline use workload identity/,
    });
  });

  it('a browser that nobody sits at', () => {
    const options = { account: 'ORG-BAKERY', authenticator: 'EXTERNALBROWSER' } as ConnectionOptions;
    const address = new URL('https://org-bakery.snowflakecomputing.com');
    expect(loginTimeout(20, undefined, { options, address, proxy: null, secrets: [] })).toMatchObject({
      code: 'CONNECTION',
      message: 'cannot connect to ORG-BAKERY: nobody finished the login in the browser within 20 s',
      hint: expect.stringContaining('in a pipeline use workload identity'),
    });
  });
});

describe('in the middle of the work', () => {
  /** In front of an account of its own: an apply that breaks off leaves its lock there. */
  async function leavingHalfWay(afterwards: RequestListener | 'closed'): Promise<Misbehaving> {
    const bakery = await openBakery();
    const owner = bakery.account.openSession({ user: 'OWNER', database: 'BAKERY', schema: 'OVEN' });
    const log = tableStatements('o2c', 'BAKERY', 'OVEN');
    for (const sql of ['CREATE ROLE BAKER', 'CREATE WAREHOUSE FLOUR_WH', ...log]) await owner.execute(sql);
    await owner.close();
    const server = await leavingAt(HALF_WAY, bakery.server.port, afterwards);
    return { ...server, close: async () => void (await Promise.all([server.close(), bakery.close()])) };
  }
  const error = (code: string, message: string): RequestListener =>
    json({ success: false, code, message, data: { errorCode: code, queryId: '01b2-7', line: -1, pos: -1 } });

  /** Something has been made by then, and something is left to do. */
  const HALF_WAY = /CREATE[^"]* VIEW [^"]*V_AUTO_RESTART_RUNS/;

  it('the server goes away: what was done, what was not, how to go on', async () => {
    const ways: [RequestListener | 'closed', RegExp][] = [
      ['closed', /went away in the middle: it cannot be reached \(ECONNREFUSED\)/],
      [silent, /went away in the middle: it does not answer/],
      [text('', 500), /went away in the middle: it answers with HTTP 500/],
      [text('<html>'), /went away in the middle: what answers now is not Snowflake/],
    ];
    const all = ways.map(async ([afterwards, says]) => {
      const { stdout } = await expectFailure(() => leavingHalfWay(afterwards), {
        keys: { role: 'BAKER' },
        says,
        hints: /may have run: look for its query in QUERY_HISTORY; the same command again does what is left/,
      });
      expect(stdout).toMatch(/^done /m);
      expect(stdout).toMatch(/^failed .*view BAKERY/m);
      expect(stdout).toMatch(/^not run /m);
    });
    await Promise.all(all);
  });

  it.each<[string, string, string, RegExp]>([
    [
      'there is no warehouse',
      '000606',
      'No active warehouse selected in the current session.',
      /add warehouse = /,
    ],
    [
      'the role may not',
      '003001',
      "Insufficient privileges to operate on schema 'OVEN'.",
      /set role in the connection/,
    ],
    ['the session is gone', '390114', 'Authentication token has expired.', /may have run/],
  ])('%s', async (_, code, message, hints) => {
    const words = message.replace(/\.$/, '');
    await expectFailure(() => leavingHalfWay(error(code, message)), {
      keys: { role: 'BAKER' },
      says: new RegExp(words),
      hints,
    });
  });
});

/**
 * Secrets never appear: recognisable ones stand wherever a connection can hold them, the server repeats in its answer
 * all that it was sent, and every output, error, JSON, stack and file is searched.
 */
import '../local/server/quiet-driver';
import { execSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { removeProgram, startIn } from '../cli/program';
import { openBakery } from '../local/server/account';
import { applyOver, newProject, SECRET, toPort, writeConnections, type Keys } from './misbehaving/connection';
import { answering, closedPort, text, type Misbehaving } from './misbehaving/server';

beforeAll(newProject);
afterAll(removeProgram);

/** Refuses, and repeats what it was sent, head and body. */
const repeating: RequestListener = async (incoming, outgoing) => {
  const body = Buffer.concat(await incoming.toArray());
  const sent = (body[0] === 0x1f ? gunzipSync(body) : body).toString();
  const message = `I was sent ${incoming.url} ${JSON.stringify(incoming.headers)} ${sent}`;
  outgoing.end(JSON.stringify({ success: false, code: '390100', message, data: null }));
};

/** As it is, in an address, in JSON and in base64; of a key each of its lines. */
function spellings(secret: string): string[] {
  const lines = secret.includes('-----') ? secret.split('\n').filter((line) => line.length > 40) : [secret];
  return lines.flatMap((line) => [
    line,
    encodeURIComponent(line),
    JSON.stringify(line).slice(1, -1),
    Buffer.from(line).toString('base64'),
  ]);
}

/** What of the secrets stands in a text. */
const found = (shown: string, secrets: readonly string[]): string[] =>
  secrets.flatMap(spellings).filter((spelling) => shown.includes(spelling));

/** Everything in the folder but what the test itself wrote there. */
function filesIn(folder: string, own: readonly string[]): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => !own.includes(file) && statSync(join(folder, file)).isFile())
    .map((file) => readFileSync(join(folder, file), 'latin1'))
    .join('\n');
}

interface Held {
  keys?: Keys;
  env?: Record<string, string>;
  files?: Record<string, string>;
  /** Beside SECRET, which is always looked for. */
  secrets?: string[];
}

async function expectNothing(server: Misbehaving, { keys = {}, env = {}, files = {}, secrets = [] }: Held) {
  for (const args of [[], ['--json']]) {
    const folder = newProject();
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const debug = { DEBUG: 'dbt-auto-restart', ...env };
    const ended = await applyOver(toPort(server.port, keys), { args, env: debug, folder });
    expect(ended.code).toBe(4);
    const own = ['.snowflake/connections.toml', ...Object.keys(files)];
    const shown = `${ended.stdout}\n${ended.stderr}\n${filesIn(folder, own)}`;
    expect(found(shown, [SECRET, ...secrets])).toEqual([]);
  }
}

const pem = (passphrase?: string): string =>
  execSync(
    `openssl genrsa 2048 2>/dev/null | openssl pkcs8 -topk8 ${
      passphrase === undefined ? '-nocrypt' : `-v2 aes256 -passout 'pass:${passphrase}'`
    }`,
    { encoding: 'utf8' },
  );
const KEY = pem();
const ENCRYPTED = pem('Fl0ur-and-water');

describe('a server that repeats what it was sent is not repeated', () => {
  it.each<[string, Held]>([
    ['password', {}],
    [
      'password and passcode',
      { keys: { authenticator: 'username_password_mfa', passcode: 'Pa55c0de-77' }, secrets: ['Pa55c0de-77'] },
    ],
    ['OAuth token', { keys: { authenticator: 'oauth', token: 'T0ken-of-rye' }, secrets: ['T0ken-of-rye'] }],
    [
      'token in a file',
      {
        keys: { authenticator: 'oauth', token_file_path: '~/token' },
        files: { token: 'F1le-token-77\n' },
        secrets: ['F1le-token-77'],
      },
    ],
    ['token of a program', { keys: { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: SECRET } }],
    ['key pair', { keys: { private_key_raw: KEY }, secrets: [KEY] }],
    [
      'key in a file, encrypted',
      {
        keys: { private_key_file: '~/key.p8', private_key_passphrase: 'Fl0ur-and-water' },
        files: { 'key.p8': ENCRYPTED },
        secrets: [ENCRYPTED, 'Fl0ur-and-water'],
      },
    ],
    [
      'tokens of a session',
      {
        keys: { session_token: 'S3ss10n-token', master_token: 'M4ster-token' },
        secrets: ['S3ss10n-token', 'M4ster-token'],
      },
    ],
  ])('%s', async (_, held) => {
    const server = await answeringRaw(repeating);
    await expectNothing(server, held);
    await server.close();
  });
});

/** The body is left for the listener. */
async function answeringRaw(listener: RequestListener): Promise<Misbehaving> {
  const { createServer } = await import('node:http');
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    asked: [],
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}

describe('what is wrong in the connection is said without what it holds', () => {
  it.each<[string, Held]>([
    ['a key that is damaged', { keys: { private_key_raw: KEY.replace(/\n.{64}\n/, '\n') }, secrets: [KEY] }],
    [
      'a passphrase that is wrong',
      {
        keys: { private_key_raw: ENCRYPTED, private_key_passphrase: 'Wr0ng-flour' },
        secrets: [ENCRYPTED, 'Wr0ng-flour'],
      },
    ],
    [
      'a passphrase in a variable',
      {
        keys: { private_key_raw: ENCRYPTED },
        env: { PRIVATE_KEY_PASSPHRASE: 'Wr0ng-flour' },
        secrets: [ENCRYPTED, 'Wr0ng-flour'],
      },
    ],
    ['a key that is mistyped', { keys: { password: '', pasword: SECRET } }],
    ['a password in the host', { keys: { host: `https://baker:${SECRET}@oven.example` } }],
    [
      'a password in the account',
      { keys: { account: `https://baker:${encodeURIComponent(SECRET)}@oven.example` } },
    ],
    ['a password in the address', { keys: { access_url: `http//baker:${encodeURIComponent(SECRET)}@oven` } }],
    ['a secret where a switch belongs', { keys: { passcode_in_password: SECRET } }],
    [
      'the secret of a client, and a server that is not there',
      {
        keys: {
          authenticator: 'oauth_client_credentials',
          oauth_client_id: 'oven',
          oauth_client_secret: SECRET,
          oauth_token_request_url: 'https://127.0.0.1:1/token',
        },
      },
    ],
    [
      'a proxy of the connection',
      {
        keys: {
          protocol: 'https',
          proxy_host: '127.0.0.1',
          proxy_port: 1,
          proxy_user: 'baker',
          proxy_password: 'Pr0xy-rye',
          login_timeout: 2,
        },
        secrets: ['Pr0xy-rye'],
      },
    ],
    [
      'a proxy of the environment',
      {
        keys: { host: 'oven.invalid', protocol: 'https', login_timeout: 2 },
        env: { HTTPS_PROXY: `http://baker:${encodeURIComponent(SECRET)}@127.0.0.1:1` },
      },
    ],
    [
      'SNOWFLAKE_CONNECTIONS that is no TOML',
      { env: { SNOWFLAKE_CONNECTIONS: `[oven]\npassword = "${SECRET}` } },
    ],
    [
      'the bearer of a job',
      {
        keys: { authenticator: 'WORKLOAD_IDENTITY', workload_identity_provider: 'OIDC' },
        env: {
          ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:1/',
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'B3arer-rye',
        },
        secrets: ['B3arer-rye'],
      },
    ],
  ])('%s', async (_, held) => {
    await expectNothing(
      { port: await closedPort(), asked: [], close: async () => {} },
      { ...held, keys: { login_timeout: 1, ...held.keys } },
    );
  });

  it('a file that is no TOML', async () => {
    const folder = newProject();
    writeConnections(folder, {});
    writeFileSync(join(folder, '.snowflake', 'connections.toml'), `[oven]\npassword = "${SECRET}\n`);
    const ended = await startIn(folder, ['apply', '--connection', 'oven', '--yes'], {
      DEBUG: 'dbt-auto-restart',
    });
    expect(ended).toMatchObject({ code: 4, stderr: expect.stringContaining('it is not valid TOML') });
    expect(found(ended.stderr + ended.stdout, [SECRET])).toEqual([]);
  });
});

it('where all goes well there is nothing of it in any output or file either', async () => {
  const bakery = await openBakery();
  const owner = bakery.account.openSession({ user: 'OWNER', database: 'BAKERY', schema: 'OVEN' });
  for (const sql of ['CREATE ROLE BAKER', 'CREATE WAREHOUSE FLOUR_WH']) await owner.execute(sql);
  await owner.close();
  const folder = newProject();
  writeConnections(folder, { oven: toPort(bakery.server.port, { role: 'BAKER' }) });
  const connection = ['--connection', 'oven'];
  for (const args of [
    ['plan', ...connection, '--out', 'plan.json'],
    ['plan', ...connection, '--json'],
    ['plan', ...connection, '--markdown'],
    ['apply', ...connection, '--yes', '--json'],
    ['apply', ...connection, '--yes'],
  ]) {
    const ended = await startIn(folder, args, { DEBUG: 'dbt-auto-restart' });
    expect(found(ended.stdout + ended.stderr, [SECRET])).toEqual([]);
    expect(ended.code).not.toBe(4);
  }
  expect(found(filesIn(folder, ['.snowflake/connections.toml']), [SECRET])).toEqual([]);
  await bakery.close();
});

it('a web page that repeats the request in an error is not shown', async () => {
  const server = await answering(text(`<html>${SECRET}</html>`));
  await expectNothing(server, {});
  await server.close();
});

import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AutoRestartError } from '../../src/errors';
import { resolveConnection } from '../../src/snowflake/connection/resolve';
import { connectionNames, type ConnectionSources } from '../../src/snowflake/connection/sources';
import { readConnection, snowflakeFolder } from '../../src/snowflake/read-connection';

const NOTHING: ConnectionSources = {
  name: null,
  flags: {},
  env: {},
  connectionsToml: null,
  configToml: null,
};

const bakery = { account: 'ORG-BAKERY', user: 'BAKER', password: 'rye-bread' };

const resolve = (sources: Partial<ConnectionSources>) => resolveConnection({ ...NOTHING, ...sources });

function refusal(sources: Partial<ConnectionSources>): AutoRestartError {
  try {
    resolve(sources);
  } catch (error) {
    return error as AutoRestartError;
  }
  throw new Error('nothing was refused');
}

describe('which connection is meant', () => {
  it('the one that is asked for', () => {
    const resolved = resolve({ name: 'oven', connectionsToml: { oven: bakery, shop: {} } });
    expect(resolved.name).toBe('oven');
    expect(resolved.options).toMatchObject({
      account: 'ORG-BAKERY',
      username: 'BAKER',
      password: 'rye-bread',
    });
  });

  it('else the one of SNOWFLAKE_DEFAULT_CONNECTION_NAME', () => {
    const env = { SNOWFLAKE_DEFAULT_CONNECTION_NAME: 'oven' };
    const configToml = { default_connection_name: 'shop', connections: { shop: {}, oven: bakery } };
    expect(resolve({ env, configToml }).name).toBe('oven');
  });

  it('else default_connection_name of config.toml, even when the connections stand in connections.toml', () => {
    const resolved = resolve({
      connectionsToml: { oven: bakery },
      configToml: { default_connection_name: 'oven', connections: { oven: { account: 'OTHER' } } },
    });
    expect(resolved.name).toBe('oven');
    expect(resolved.options.account).toBe('ORG-BAKERY');
  });

  it('else the one called default', () => {
    expect(resolve({ connectionsToml: { default: bakery } }).name).toBe('default');
  });

  it('else, without any name, what the SNOWFLAKE_ variables say', () => {
    const env = { SNOWFLAKE_ACCOUNT: 'ORG-BAKERY', SNOWFLAKE_USER: 'BAKER', SNOWFLAKE_PASSWORD: 'rye-bread' };
    const resolved = resolve({ env });
    expect(resolved.name).toBeNull();
    expect(resolved.options).toMatchObject({ account: 'ORG-BAKERY', username: 'BAKER' });
  });

  it('connections.toml hides the connections of config.toml', () => {
    const sources = { connectionsToml: { oven: bakery }, configToml: { connections: { shop: bakery } } };
    expect(refusal({ name: 'shop', ...sources }).hint).toContain('only that one counts');
  });

  it('a connection may stand in the environment alone', () => {
    const env = {
      SNOWFLAKE_CONNECTIONS_PROD_EU_ACCOUNT: 'ORG-EU',
      SNOWFLAKE_CONNECTIONS_PROD_EU_USER: 'CI',
      SNOWFLAKE_CONNECTIONS_PROD_EU_PRIVATE_KEY_FILE: '/keys/ci.p8',
    };
    expect(resolve({ name: 'prod_eu', env }).options).toMatchObject({
      account: 'ORG-EU',
      privateKeyPath: '/keys/ci.p8',
      authenticator: 'SNOWFLAKE_JWT',
    });
    expect(connectionNames({ ...NOTHING, env })).toEqual(['PROD_EU']);
  });

  it('a name that is nowhere is refused, with the nearest one and all that are known', () => {
    const error = refusal({ name: 'oven', connectionsToml: { ovens: bakery, shop: bakery } });
    expect(error.code).toBe('CONNECTION');
    expect(error.message).toBe("there is no connection 'oven'");
    expect(error.hint).toBe("did you mean 'ovens'? known connections: ovens, shop");
  });

  it('with nothing at all it says how to add one', () => {
    const error = refusal({});
    expect(error.message).toBe('no connection was named, and there is no default one');
    expect(error.hint).toContain('snow connection add');
  });
});

describe('what the connection says', () => {
  const env = {
    SNOWFLAKE_CONNECTIONS_OVEN_ROLE: 'FROM_NAMED_VARIABLE',
    SNOWFLAKE_CONNECTIONS_OVEN_WAREHOUSE: 'FROM_NAMED_VARIABLE',
    SNOWFLAKE_ROLE: 'FROM_VARIABLE',
    SNOWFLAKE_DATABASE: 'FROM_VARIABLE',
    SNOWFLAKE_SCHEMA: 'FROM_VARIABLE',
  };
  const flags = { role: 'FROM_FLAG' };
  const connectionsToml = {
    oven: { ...bakery, role: 'FROM_FILE', warehouse: 'FROM_FILE', database: 'FROM_FILE' },
  };

  it('flags win over the named variable, that over the file, that over the general variable', () => {
    expect(resolve({ name: 'oven', flags, env, connectionsToml }).options).toMatchObject({
      role: 'FROM_FLAG',
      warehouse: 'FROM_NAMED_VARIABLE',
      database: 'FROM_FILE',
      schema: 'FROM_VARIABLE',
    });
  });

  it('aliases of one option do not beat a stronger layer', () => {
    const resolved = resolve({
      name: 'oven',
      env: { SNOWFLAKE_CONNECTIONS_OVEN_PRIVATE_KEY_PATH: '/strong.p8' },
      connectionsToml: { oven: { ...bakery, private_key_file: '/weak.p8' } },
    });
    expect(resolved.options.privateKeyPath).toBe('/strong.p8');
  });

  it('keys it does not know are ignored, and noted', () => {
    const resolved = resolve({ name: 'oven', connectionsToml: { oven: { ...bakery, flavour: 'rye' } } });
    expect(resolved.notes).toEqual(["connection oven: 'flavour' is not known here and was ignored"]);
    expect(resolved.options).not.toHaveProperty('flavour');
  });

  it('numbers and switches are typed, as text too', () => {
    const table = { ...bakery, port: 8080, protocol: 'http', client_session_keep_alive: 'true' };
    expect(resolve({ name: 'oven', connectionsToml: { oven: table } }).options).toMatchObject({
      port: 8080,
      clientSessionKeepAlive: true,
    });
  });

  it('a switch that is neither true nor false is refused', () => {
    const table = { ...bakery, client_session_keep_alive: 'perhaps' };
    expect(refusal({ name: 'oven', connectionsToml: { oven: table } }).message).toBe(
      "'client_session_keep_alive' must be a boolean, not 'perhaps'",
    );
  });

  it.each([
    [
      'a key file',
      { private_key_file: '/k.p8', private_key_file_pwd: 'pw' },
      { authenticator: 'SNOWFLAKE_JWT', privateKeyPass: 'pw' },
    ],
    [
      'a token of a program',
      { authenticator: 'programmatic_access_token', token: 'pat' },
      { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: 'pat' },
    ],
    [
      'an OAuth token in a file',
      { authenticator: 'oauth', token_file_path: '/t' },
      { authenticator: 'OAUTH', tokenFilePath: '/t' },
    ],
    [
      'workload identity',
      { authenticator: 'workload_identity', workload_identity_provider: 'AWS' },
      { workloadIdentityProvider: 'AWS' },
    ],
    ['the browser', { authenticator: 'externalbrowser' }, { authenticator: 'EXTERNALBROWSER' }],
    [
      'Okta',
      { authenticator: 'https://bakery.okta.com', password: 'rye' },
      { authenticator: 'https://bakery.okta.com' },
    ],
  ])('logs in with %s', (_, keys, options) => {
    const table = { account: 'ORG-BAKERY', user: 'BAKER', ...keys };
    expect(resolve({ name: 'oven', connectionsToml: { oven: table } }).options).toMatchObject(options);
  });

  it('what is lacking is named in the words of the file', () => {
    const error = refusal({ name: 'oven', connectionsToml: { oven: { authenticator: 'SNOWFLAKE_JWT' } } });
    expect(error.message).toBe(
      "connection 'oven' has no account, no user, no private_key_file or private_key_raw",
    );
    expect(error.hint).toContain('SNOWFLAKE_CONNECTIONS_OVEN_PRIVATE_KEY_FILE');
  });

  it('a token without an authenticator is not taken for a password', () => {
    const error = refusal({
      name: 'oven',
      connectionsToml: { oven: { account: 'A', user: 'B', token: 't' } },
    });
    expect(error.hint).toBe('say what the token is: authenticator = "OAUTH" or "PROGRAMMATIC_ACCESS_TOKEN"');
  });
});

describe('what cannot be meant is refused by name', () => {
  const of = (keys: object): Partial<ConnectionSources> => ({
    name: 'oven',
    connectionsToml: { oven: { ...bakery, ...keys } },
  });

  it.each<[string, object, string, RegExp]>([
    [
      'an authenticator that is mistyped',
      { authenticator: 'SNOWFLAK_JWT' },
      "authenticator 'SNOWFLAK_JWT' is not known here",
      /did you mean SNOWFLAKE_JWT/,
    ],
    [
      'a provider of workload identity',
      { authenticator: 'workload_identity', workload_identity_provider: 'AWZ' },
      "workload_identity_provider 'AWZ' is not known here",
      /did you mean AWS/,
    ],
    [
      'a URL as host',
      { host: 'http://127.0.0.1:8090' },
      "host 'http://127.0.0.1:8090' is no host name",
      /port = 8090, protocol = "http"/,
    ],
    ['a protocol', { host: 'x', protocol: 'ftp' }, "protocol 'ftp' is not known here", /http or https/],
    ['a port that is none', { port: 70000 }, '70000 is no port', /1 to 65535/],
    ['an address', { access_url: 'bakery' }, "access_url 'bakery' is no address", /https:/],
    [
      'an account with a space',
      { account: 'ORG BAKERY' },
      "account 'ORG BAKERY' is no account identifier",
      /ORG-ACCOUNT/,
    ],
    [
      'the address of another server as account',
      { account: 'https://bakery.example.com/' },
      "account 'https://bakery.example.com/' is no account identifier",
      /host = "bakery\.example\.com"/,
    ],
    [
      'a table where a text belongs',
      { role: { name: 'BAKER' } },
      "'role' must be a text, not a table or list",
      /^$/,
    ],
  ])('%s', (_, keys, message, hint) => {
    const error = refusal(of(keys));
    expect(error.message).toBe(message);
    expect(error.hint ?? '').toMatch(hint);
    expect(error.where).toBe('connections.toml [oven]');
  });

  it('what was mistyped is told beside what is missing', () => {
    const connectionsToml = {
      oven: { account: 'ORG-BAKERY', user: 'BAKER', pasword: 'rye', timezone: 'UTC' },
    };
    const error = refusal({ name: 'oven', connectionsToml });
    expect(error.message).toBe("connection 'oven' has no password");
    expect(error.hint).toMatch(/'pasword' is not known here and was ignored: did you mean password\?/);
    expect(error.hint).toMatch(/'timezone' is for Snowflake's Python clients/);
    expect(error.hint).not.toContain('rye');
  });

  it('a variable that is mistyped, too', () => {
    const env = { SNOWFLAKE_CONNECTIONS_OVEN_PASWORD: 'rye', SNOWFLAKE_CONNECTIONS_OVEN_EU_ACCOUNT: 'OTHER' };
    const notes = resolve({ name: 'oven', connectionsToml: { oven: bakery }, env }).notes.join('\n');
    expect(notes).toMatch(/'SNOWFLAKE_CONNECTIONS_OVEN_PASWORD' is not known .* did you mean password/);
    expect(notes).not.toContain('EU_ACCOUNT');
  });

  it('a secret that the job may not see is told from one that was forgotten', () => {
    const env = { SNOWFLAKE_CONNECTIONS_OVEN_PASSWORD: '' };
    const error = refusal({ name: 'oven', connectionsToml: { oven: bakery }, env });
    expect(error.hint).toMatch(/SNOWFLAKE_CONNECTIONS_OVEN_PASSWORD is set and empty/);
  });
});

describe('the account', () => {
  it.each([
    ['ORG-BAKERY', { account: 'ORG-BAKERY' }],
    ['xy12345.eu-central-1', { account: 'xy12345.eu-central-1' }],
    [
      'org-bakery.snowflakecomputing.com',
      { account: 'org-bakery', host: 'org-bakery.snowflakecomputing.com' },
    ],
    [
      'https://org-bakery.snowflakecomputing.com/',
      { account: 'org-bakery', host: 'org-bakery.snowflakecomputing.com' },
    ],
    [
      'https://xy12345.eu-central-1.snowflakecomputing.com:443',
      { account: 'xy12345.eu-central-1', host: 'xy12345.eu-central-1.snowflakecomputing.com' },
    ],
    [
      'org-bakery.privatelink.snowflakecomputing.com',
      { account: 'org-bakery.privatelink', host: 'org-bakery.privatelink.snowflakecomputing.com' },
    ],
    [
      'xy12345.cn-northwest-1.snowflakecomputing.cn',
      { account: 'xy12345.cn-northwest-1', host: 'xy12345.cn-northwest-1.snowflakecomputing.cn' },
    ],
    ['https://app.snowflake.com/org/bakery/#/homepage', { account: 'org-bakery' }],
  ])('as it is copied from somewhere: %s', (account, expected) => {
    const { options } = resolve({ name: 'oven', connectionsToml: { oven: { ...bakery, account } } });
    expect({ account: options.account, host: options.host }).toEqual({ host: undefined, ...expected });
  });

  it('a host of its own wins over the one in the account', () => {
    const account = 'https://org-bakery.snowflakecomputing.com';
    const { options } = resolve({
      name: 'oven',
      connectionsToml: { oven: { ...bakery, account, host: 'oven.example' } },
    });
    expect(options).toMatchObject({ account: 'org-bakery', host: 'oven.example' });
  });
});

describe('plain HTTP', () => {
  const notes = (keys: object) =>
    resolve({ name: 'oven', connectionsToml: { oven: { ...bakery, ...keys } } }).notes;

  it('to another machine is a warning', () => {
    expect(notes({ host: 'oven.example', protocol: 'http' })).toEqual([
      'connections.toml [oven]: protocol "http" to oven.example: password, tokens and results travel there unencrypted',
    ]);
    expect(notes({ access_url: 'http://oven.example:80' })).toHaveLength(1);
  });

  it.each([
    { host: '127.0.0.1', protocol: 'http' },
    { host: 'localhost', protocol: 'http' },
    { host: 'oven.example' },
    {},
  ])('is none to this machine, nor is HTTPS: %j', (keys) => expect(notes(keys)).toEqual([]));
});

describe('reading the files', () => {
  const newHome = (): string => mkdtempSync(join(tmpdir(), 'bakery-'));

  function write(home: string, file: string, text: string, mode = 0o600): void {
    mkdirSync(join(home, '.snowflake'), { recursive: true });
    writeFileSync(join(home, '.snowflake', file), text);
    chmodSync(join(home, '.snowflake', file), mode);
  }

  it('reads config.toml of ~/.snowflake', async () => {
    const home = newHome();
    write(
      home,
      'config.toml',
      'default_connection_name = "oven"\n[connections.oven]\naccount = "ORG-BAKERY"\nuser = "BAKER"\npassword = "rye"\n',
    );
    const resolved = await readConnection({ name: null, env: {}, home });
    expect(resolved).toMatchObject({ name: 'oven', notes: [], options: { account: 'ORG-BAKERY' } });
  });

  it('SNOWFLAKE_HOME moves the folder, if it is there', () => {
    const home = newHome();
    mkdirSync(join(home, 'sf'));
    expect(snowflakeFolder({ SNOWFLAKE_HOME: join(home, 'sf') }, '/home/baker')).toBe(join(home, 'sf'));
    expect(snowflakeFolder({ SNOWFLAKE_HOME: '~/sf' }, home)).toBe(join(home, 'sf'));
    expect(snowflakeFolder({ SNOWFLAKE_HOME: '~/none', XDG_CONFIG_HOME: '/xdg' }, home)).toBe(
      '/xdg/snowflake',
    );
  });

  it('a file that others can read is noted', async () => {
    const home = newHome();
    write(home, 'connections.toml', '[oven]\naccount = "A"\nuser = "B"\npassword = "rye"\n', 0o644);
    const resolved = await readConnection({ name: 'oven', env: {}, home });
    expect(resolved.notes).toEqual([
      `others can read ${join(home, '.snowflake', 'connections.toml')}: chmod 0600`,
    ]);
  });

  it('a file that is not TOML is refused with its line, and without its content', async () => {
    const home = newHome();
    write(home, 'connections.toml', '[oven]\npassword = "hunter2\n');
    const reading = readConnection({ name: 'oven', env: {}, home });
    await expect(reading).rejects.toMatchObject({
      code: 'CONNECTION',
      where: expect.stringMatching(/toml:2$/),
    });
    await expect(reading).rejects.not.toThrow('hunter2');
  });

  it('an encrypted key given as text is decrypted for the driver', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const cipher = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'flour' } as const;
    const env = {
      SNOWFLAKE_ACCOUNT: 'ORG-BAKERY',
      SNOWFLAKE_USER: 'BAKER',
      SNOWFLAKE_PRIVATE_KEY_RAW: privateKey.export(cipher).toString().replaceAll('\n', '\\n'),
      PRIVATE_KEY_PASSPHRASE: 'flour',
    };
    const { options } = await readConnection({ name: null, env, home: newHome() });
    expect(options.privateKey).toBe(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  });

  it('a damaged key is refused without showing it', async () => {
    const env = {
      SNOWFLAKE_ACCOUNT: 'A',
      SNOWFLAKE_USER: 'B',
      SNOWFLAKE_PRIVATE_KEY_RAW: '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----',
    };
    const reading = readConnection({ name: null, env, home: newHome() });
    await expect(reading).rejects.toThrow('private_key_raw cannot be read: the PEM text is damaged');
  });

  describe('a token', () => {
    const oauth = { SNOWFLAKE_ACCOUNT: 'A', SNOWFLAKE_AUTHENTICATOR: 'oauth' };

    it('is read from its file, without the line break at its end', async () => {
      const home = newHome();
      writeFileSync(join(home, 'token'), 'rye-token\n');
      const env = { ...oauth, SNOWFLAKE_TOKEN_FILE_PATH: '~/token' };
      expect((await readConnection({ name: null, env, home })).options).toMatchObject({ token: 'rye-token' });
    });

    it.each([
      ['~/none', "token_file_path '~/none': there is no such file"],
      ['~/empty', "token_file_path '~/empty' is empty"],
      ['~', "token_file_path '~': it is a folder"],
    ])('that is not in its file is refused: %s', async (path, message) => {
      const home = newHome();
      writeFileSync(join(home, 'empty'), ' \n');
      const env = { ...oauth, SNOWFLAKE_TOKEN_FILE_PATH: path };
      await expect(readConnection({ name: null, env, home })).rejects.toMatchObject({ message });
    });
  });

  describe('workload identity in a job of GitHub Actions', () => {
    const job = {
      SNOWFLAKE_ACCOUNT: 'A',
      SNOWFLAKE_AUTHENTICATOR: 'WORKLOAD_IDENTITY',
      SNOWFLAKE_WORKLOAD_IDENTITY_PROVIDER: 'oidc',
    };
    const reading = (env: Record<string, string>) =>
      readConnection({ name: null, env: { ...job, ...env }, home: newHome() });

    it('asks for the ID token itself', async () => {
      const seen: (string | undefined)[] = [];
      const server = createServer((incoming, outgoing) => {
        seen.push(incoming.url, incoming.headers.authorization);
        outgoing.end(JSON.stringify({ value: 'id-token-of-the-job' }));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const env = {
        ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer-rye',
      };
      const { options } = await reading(env);
      expect(options).toMatchObject({ token: 'id-token-of-the-job', workloadIdentityProvider: 'OIDC' });
      expect(seen).toEqual(['/token?api-version=2&audience=snowflakecomputing.com', 'Bearer bearer-rye']);
      await new Promise((resolve) => server.close(resolve));
      await expect(reading(env)).rejects.toMatchObject({
        code: 'CONNECTION',
        message: expect.stringMatching(/^GitHub gave no ID token for workload identity/),
      });
    });

    it('says what the job lacks', async () => {
      await expect(reading({ GITHUB_ACTIONS: 'true' })).rejects.toMatchObject({
        hint: 'the job needs `permissions: id-token: write`',
      });
      await expect(reading({})).rejects.toMatchObject({
        hint: expect.stringContaining('set SNOWFLAKE_TOKEN'),
      });
    });

    it('takes the token that another pipeline gives', async () => {
      expect((await reading({ SNOWFLAKE_TOKEN: 'gitlab' })).options).toMatchObject({ token: 'gitlab' });
    });
  });
});

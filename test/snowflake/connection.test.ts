import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AutoRestartError } from '../../src/errors';
import { connectionNames, resolveConnection, type ConnectionSources } from '../../src/snowflake/connection';
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
    expect(refusal({ name: 'shop', ...sources }).hint).toContain('known connections: oven');
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
    ['Okta', { authenticator: 'https://bakery.okta.com' }, { authenticator: 'https://bakery.okta.com' }],
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

  it('SNOWFLAKE_HOME moves the folder', () => {
    expect(snowflakeFolder({ SNOWFLAKE_HOME: '/etc/snowflake' }, '/home/baker')).toBe('/etc/snowflake');
    expect(snowflakeFolder({ SNOWFLAKE_HOME: '~/sf' }, '/home/baker')).toBe('/home/baker/sf');
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

  it('a wrong passphrase is refused without showing the key', async () => {
    const env = {
      SNOWFLAKE_ACCOUNT: 'A',
      SNOWFLAKE_USER: 'B',
      SNOWFLAKE_PRIVATE_KEY_RAW: '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----',
    };
    const reading = readConnection({ name: null, env, home: newHome() });
    await expect(reading).rejects.toThrow('private_key_raw is no private key, or its passphrase is wrong');
  });
});

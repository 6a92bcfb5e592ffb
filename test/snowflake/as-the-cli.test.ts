/**
 * What the Snowflake CLI takes: each case of cli/cases.json and cli/keys.json here, and against the real CLI by
 * `make python-clients`; docs/connecting.md has a row for each.
 */
import { execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AutoRestartError } from '../../src/errors';
import { CONNECTION_KEYS, keyOf } from '../../src/snowflake/connection/keys';
import { withReadableKey } from '../../src/snowflake/connection/private-key';
import { readConnection } from '../../src/snowflake/read-connection';
import cases from './cli/cases.json';
import keys from './cli/keys.json';

interface Case {
  name: string;
  files: Record<string, string>;
  env?: Record<string, string>;
  connection: string | null;
  /** What the CLI makes of it; `null`: there is no such connection. */
  resolves: Record<string, string | number | boolean> | null;
  /** Keys that the CLI hands on and that are not used here. */
  unused?: string[];
  /** For a connection that is not there. */
  hint?: string;
}

/** Resolved before keys and tokens are read: their files are not there. */
async function resolved({ files, env = {}, connection }: Case) {
  const home = mkdtempSync(join(tmpdir(), 'bakery-'));
  execSync('openssl genrsa 2048 2>/dev/null | openssl pkcs8 -topk8 -nocrypt -out key.p8', { cwd: home });
  writeFileSync(join(home, 'token'), 'oauth-token\n');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text, { mode: 0o600 });
  }
  const variables = Object.entries(env).map(([name, value]) => [name, value.replace('$HOME', home)]);
  return readConnection({ name: connection, env: Object.fromEntries(variables), home });
}

/** What reading its file makes of a key: another option. */
const READ: Readonly<Record<string, string>> = { private_key_file: 'privateKey', token_file_path: 'token' };

describe('a connection is what the Snowflake CLI makes of it', () => {
  it.each(cases as unknown as Case[])('$name', async (one) => {
    if (one.resolves === null) {
      await expect(resolved(one)).rejects.toMatchObject({
        code: 'CONNECTION',
        hint: expect.stringContaining(one.hint!),
      });
      return;
    }
    const { options, notes } = await resolved(one);
    const found = options as unknown as Record<string, unknown>;
    for (const [key, value] of Object.entries(one.resolves)) {
      if (one.unused?.includes(key)) {
        expect(notes.join('\n')).toContain(key);
      } else if (READ[key] !== undefined) {
        expect(found[READ[key]]).toBeTruthy();
      } else if (key !== 'private_key_passphrase') {
        const { option } = CONNECTION_KEYS[keyOf(key)!]!;
        const expected = key === 'authenticator' ? String(value).toUpperCase() : value;
        expect([key, found[option]]).toEqual([key, value === '' ? undefined : expected]);
      }
    }
  });
});

it('docs/connecting.md has a row for each', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'connecting.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (.*?) +\|/gm)].map(([, first]) => first);
  expect([...cases, ...keys].map(({ name }) => name).filter((name) => !rows.includes(name))).toEqual([]);
});

describe('a private key', () => {
  const home = mkdtempSync(join(tmpdir(), 'bakery-'));
  const start = process.cwd();
  beforeAll(() => {
    process.chdir(home);
    for (const command of [
      'openssl genrsa 2048 2>/dev/null | openssl pkcs8 -topk8 -nocrypt -out key.p8',
      'openssl pkcs8 -topk8 -v2 aes256 -in key.p8 -passout pass:flour -out encrypted.p8',
      'openssl pkey -in key.p8 -pubout -out public.pem',
      "tr '\\n' ' ' < key.p8 > one-line.p8",
      "tr -d '\\n' < key.p8 > joined.p8",
      "{ echo '-----BEGIN OPENSSH PRIVATE KEY-----'; echo b3BlbnNzaA==; echo '-----END OPENSSH PRIVATE KEY-----'; } > openssh",
    ]) {
      execSync(command, { cwd: home, shell: '/bin/sh' });
    }
  });
  afterAll(() => process.chdir(start));

  it.each(keys)('$name', async ({ file, passphrase, variable, works, says }) => {
    const env = {
      SNOWFLAKE_ACCOUNT: 'ORG-BAKERY',
      SNOWFLAKE_USER: 'BAKER',
      SNOWFLAKE_PRIVATE_KEY_FILE: file,
      ...(variable === undefined ? {} : { PRIVATE_KEY_PASSPHRASE: variable }),
      ...(passphrase === undefined ? {} : { SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: passphrase }),
    };
    const reading = readConnection({ name: null, env, home });
    if (works) {
      const key = readFileSync('key.p8', 'utf8');
      expect((await reading).options.privateKey).toBe(key);
    } else {
      await expect(reading).rejects.toMatchObject({
        code: 'CONNECTION',
        message: expect.stringContaining(says!),
      });
    }
  });

  const pemOf = (command: string) => execSync(command, { cwd: home, encoding: 'utf8', shell: '/bin/sh' });
  const reading = (privateKey: string, privateKeyPass?: string): string => {
    const options = { account: 'ORG-BAKERY', privateKey, ...(privateKeyPass ? { privateKeyPass } : {}) };
    try {
      withReadableKey(options, home);
      return 'read';
    } catch (error) {
      const { message, hint } = error as AutoRestartError;
      return `${message}: ${hint}`;
    }
  };

  it.each([
    ['PKCS#1', 'openssl rsa -in key.p8 -traditional 2>/dev/null', undefined],
    [
      'PKCS#1, encrypted',
      'openssl rsa -in key.p8 -traditional -aes256 -passout pass:flour 2>/dev/null',
      'flour',
    ],
    ['with carriage returns', "sed 's/$/\\r/' key.p8", undefined],
    ['with something above it', "{ echo 'Bag Attributes'; cat key.p8; }", undefined],
    ['encrypted, its lines joined', "tr '\\n' ' ' < encrypted.p8", 'flour'],
  ])('is read where the CLI is stricter too: %s', (_, command, passphrase) => {
    expect(reading(pemOf(command), passphrase)).toBe('read');
  });

  it('is called undecipherable for every wrong passphrase, whatever bytes that makes of it', () => {
    const [pkcs8, pkcs1] = [
      pemOf('cat encrypted.p8'),
      pemOf('openssl rsa -in key.p8 -traditional -aes256 -passout pass:flour 2>/dev/null'),
    ];
    for (let n = 0; n < 1200; n += 1) {
      for (const pem of [pkcs8, pkcs1]) expect(reading(pem, `wrong ${n}`)).toMatch(/the passphrase is wrong/);
    }
  });

  it('is called encrypted with a cipher that is not supported where it is', () => {
    const pem = pemOf(
      'openssl pkcs8 -topk8 -v1 PBE-MD5-DES -provider legacy -provider default -in key.p8 -passout pass:flour',
    );
    expect(reading(pem, 'flour')).toMatch(/a cipher that is not supported: encrypt it anew/);
  });

  it.each([
    [
      'EC',
      'openssl ecparam -name prime256v1 -genkey -noout',
      /is an EC key; Snowflake takes RSA keys only: a new one: openssl/,
    ],
    ['Ed25519', 'openssl genpkey -algorithm ed25519', /is an Ed25519 key/],
    ['1024 bits', 'openssl genrsa 1024 2>/dev/null', /has 1024 bits; Snowflake takes 2048 and more/],
    ['base64 of a PEM text', 'base64 -w0 key.p8', /has no -----BEGIN.*: it is the base64 of a PEM text/],
    ['anything', 'echo rye-bread', /is no private key: it has no -----BEGIN/],
    ['nothing but a line break', 'echo', /is empty/],
    ['cut off', 'head -5 key.p8', /is cut off: its -----END line is missing/],
    ['damaged', "sed '3d' key.p8", /cannot be read: the PEM text is damaged/],
    [
      'a certificate',
      "echo '-----BEGIN CERTIFICATE-----'; echo; echo '-----END CERTIFICATE-----'",
      /is no private key but a certificate/,
    ],
  ])('that cannot work is refused in words: %s', (_, command, says) => {
    const answer = reading(pemOf(command));
    expect(answer).toMatch(says);
    expect(answer).toMatch(/^private_key_raw /);
    expect(answer).not.toMatch(/ossl|DECODER|unsupported|MII|rye-bread/i);
  });
});

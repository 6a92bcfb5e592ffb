/**
 * Private keys, made ready for the driver: an RSA key of at least 2048 bits, decrypted, as PKCS#8. What cannot work is
 * said in words here; the driver would say it in those of OpenSSL, after it has connected.
 * https://docs.snowflake.com/en/user-guide/key-pair-auth
 */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { AutoRestartError } from '../../errors';
import type { ConnectionOptions } from '../driver';
import { readNamedFile } from './path';

const MAKE_ONE = 'openssl genrsa 2048 | openssl pkcs8 -topk8 -inform PEM -nocrypt -out key.p8';

/** @throws AutoRestartError CONNECTION for what is no private key, is of another kind, or stays encrypted */
export function withReadableKey(options: ConnectionOptions, home: string): ConnectionOptions {
  const { privateKeyPath, privateKey, privateKeyPass, ...rest } = options;
  if (!privateKeyPath && !privateKey) return options;
  const from = privateKeyPath ? `private_key_file '${privateKeyPath}'` : 'private_key_raw';
  const text = privateKeyPath ? readNamedFile('private_key_file', privateKeyPath, home) : privateKey!;
  const pem = inLines(text);
  refuseOtherText(pem, from);
  const key = decrypt(pem, privateKeyPass, from);
  refuseOtherKey(key, from);
  return { ...rest, privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/**
 * In variables and secrets the lines of a key are often joined, by nothing, by spaces or by `\n` as two characters:
 * the CLI reads most of that, OpenSSL does not.
 */
function inLines(text: string): string {
  const pem = `${text.replaceAll('\\n', '\n').replaceAll('\r\n', '\n').trim()}\n`;
  const joined = /^(-----BEGIN [A-Z ]+-----)([\s\w+/=]*)(-----END [A-Z ]+-----)\s*$/.exec(pem);
  if (joined === null) return pem;
  const [, first, body = '', last] = joined;
  return [first, ...(body.replaceAll(/\s/g, '').match(/.{1,64}/g) ?? []), last, ''].join('\n');
}

function refuse(from: string, reason: string, hint: string): never {
  throw new AutoRestartError('CONNECTION', `${from} ${reason}`, { hint });
}

/** What can be told from the text. */
function refuseOtherText(pem: string, from: string): void {
  const [, label] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem) ?? [];
  if (pem.trim() === '') refuse(from, 'is empty', 'it must hold the whole PEM text');
  if (label === undefined) {
    refuse(from, 'is no private key: it has no -----BEGIN ... PRIVATE KEY----- line', noHeaderHint(pem));
  }
  if (label === 'OPENSSH PRIVATE KEY') {
    refuse(from, 'is a key of OpenSSH', 'Snowflake wants PKCS#8: ssh-keygen -p -m PKCS8 -f FILE converts it');
  }
  if (!label.endsWith('PRIVATE KEY')) {
    refuse(from, `is no private key but a ${label.toLowerCase()}`, 'the private half belongs here');
  }
  if (!pem.includes(`-----END ${label}-----`)) {
    refuse(from, 'is cut off: its -----END line is missing', 'it must hold the whole PEM text');
  }
  if (pem.trim().split('\n').length < 3) {
    refuse(
      from,
      'has its lines joined: the PEM text stands on one line',
      'keep the line breaks, or write each as \\n; a secret of several lines keeps them when it is quoted: "$(cat key.p8)"',
    );
  }
}

function noHeaderHint(pem: string): string {
  const decoded = Buffer.from(pem, 'base64').toString('latin1');
  return decoded.includes('-----BEGIN')
    ? 'it is the base64 of a PEM text: decode it first (base64 -d)'
    : 'it must be the whole PEM text, its first and last line too';
}

function decrypt(pem: string, passphrase: string | undefined, from: string): KeyObject {
  const isEncrypted = /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(pem);
  if (isEncrypted && !passphrase) {
    refuse(
      from,
      'is encrypted, and there is no passphrase',
      'set private_key_passphrase in the connection, or PRIVATE_KEY_PASSPHRASE',
    );
  }
  try {
    return createPrivateKey({ key: pem, ...(isEncrypted ? { passphrase: passphrase! } : {}) });
  } catch (error) {
    // The error is not handed on as a cause: its text is OpenSSL's, and says nothing that helps.
    const { code } = error as { code?: string };
    if (!isEncrypted) refuse(from, 'cannot be read: the PEM text is damaged', `a new key: ${MAKE_ONE}`);
    if (/^ERR_OSSL_(EVP_)?UNSUPPORTED$/.test(code ?? '') && !isCipherKnown(pem)) {
      refuse(
        from,
        'is encrypted with a cipher that is not supported',
        'encrypt it anew: openssl pkcs8 -topk8 -v2 aes256',
      );
    }
    return refuse(
      from,
      'cannot be decrypted: the passphrase is wrong, or the PEM text is damaged',
      'the passphrase is PRIVATE_KEY_PASSPHRASE if that is set, else private_key_passphrase of the connection',
    );
  }
}

/** AES in CBC mode with 128, 192 and 256 bits, and triple DES: their object identifiers, as DER writes them. */
const CIPHERS = ['608648016503040102', '608648016503040116', '60864801650304012a', '2a864886f70d0307'];

/**
 * OpenSSL says "unsupported" of ciphers, and of what a wrong passphrase made of the key too: one wrong passphrase in a few
 * hundred leaves bytes that end as padding does.
 */
function isCipherKnown(pem: string): boolean {
  const named = /^DEK-Info: (AES-(128|192|256)-CBC|DES-EDE3-CBC),/m.test(pem);
  const der = Buffer.from(pem.replaceAll(/-----.*?-----/g, ''), 'base64').toString('hex');
  return named || CIPHERS.some((oid) => der.includes(oid));
}

const KINDS: Readonly<Record<string, string>> = { ec: 'EC', ed25519: 'Ed25519', dsa: 'DSA' };

function refuseOtherKey(key: KeyObject, from: string): void {
  const kind = key.asymmetricKeyType ?? '';
  if (kind !== 'rsa') {
    refuse(from, `is an ${KINDS[kind] ?? kind} key; Snowflake takes RSA keys only`, `a new one: ${MAKE_ONE}`);
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < 2048) refuse(from, `has ${bits} bits; Snowflake takes 2048 and more`, `a new one: ${MAKE_ONE}`);
}

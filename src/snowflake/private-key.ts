/** Private keys the way snowflake-sdk takes them. */
import { createPrivateKey } from 'node:crypto';
import { AutoRestartError } from '../errors';
import type { ConnectionOptions } from './driver';

/**
 * The driver decrypts a key it reads from a file, but not one that is given as text: that is done here.
 * @throws AutoRestartError CONNECTION for a text that is no private key, or a wrong passphrase
 */
export function withReadableKey(options: ConnectionOptions): ConnectionOptions {
  if (!options.privateKey) return options;
  try {
    // In an environment variable the lines of a key are often joined by `\n` as two characters.
    const key = options.privateKey.replaceAll('\\n', '\n');
    const readable = createPrivateKey({ key, passphrase: options.privateKeyPass });
    return { ...options, privateKey: readable.export({ type: 'pkcs8', format: 'pem' }).toString() };
  } catch {
    throw new AutoRestartError(
      'CONNECTION',
      'private_key_raw is no private key, or its passphrase is wrong',
      {
        hint: 'it must be the whole PEM text; an encrypted key needs private_key_passphrase',
      },
    );
  }
}

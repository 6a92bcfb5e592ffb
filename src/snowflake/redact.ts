/** Keeps secrets out of everything that is shown: messages of errors, output, reports. */

const HIDDEN = '****';

/** What a secret looks like wherever it stands: keys, tokens, `password = ...`. */
const PATTERNS: [RegExp, string][] = [
  [
    /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]*?(?:-----END (?:[A-Z]+ )*PRIVATE KEY-----|$)/g,
    `(private key ${HIDDEN})`,
  ],
  // User and password of an address.
  [/(\/\/[^\s/:@]*):[^\s@]+@/g, `$1:${HIDDEN}@`],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, HIDDEN],
  [
    /\b(password|passcode|passphrase|private_key_(?:raw|passphrase|file_pwd)|(?:access_|session_|master_)?token|client_secret)(["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&}]+)/gi,
    `$1$2${HIDDEN}`,
  ],
];

/** `text` without `secrets` (values known to be secret) and without what looks like one. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
  const hidden = known.reduce((result, secret) => result.replaceAll(secret, HIDDEN), text);
  return PATTERNS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), hidden);
}

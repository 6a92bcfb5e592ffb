/**
 * What looks like a secret. The values of a config stand in generated SQL, in git and in Snowflake's query history, so
 * a secret has no place in it.
 */

/** A name in the form in which it is looked at: `apiToken`, `api-token` and `API_TOKEN` are one. */
function words(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toUpperCase();
}

const ALWAYS = /SECRET|PASSWORD|PASSWD|PASSPHRASE|(^|_)PWD(_|\d*$)/;
const FOR_TEXTS =
  /CREDENTIAL|TOKENS?(_|\d*$)|(^|_)(PAT|JWT|BEARER|AUTHORIZATION)(_|\d*$)|(PRIVATE|API|ACCESS|ACCOUNT|SIGNING|ENCRYPTION|SHARED|MASTER)_?KEYS?(_|\d*$)/;
/** `token_column: 'TOKEN'` names a column, `--token-file` a file. */
const ABOUT_SECRETS = /_(COLUMNS?|COLS?|FIELDS?|COUNTS?|LIMIT|TABLE|MODEL|FILE|PATH)$/;

/** @returns whether a value of that name is probably a secret; a number only where people do have numbers for one */
export function isSecretName(name: string, value: 'text' | 'number' = 'text'): boolean {
  const wanted = words(name);
  if (ABOUT_SECRETS.test(wanted)) return false;
  return ALWAYS.test(wanted) || (value === 'text' && FOR_TEXTS.test(wanted));
}

/** What it is, and what it looks like. */
const SHAPES: readonly (readonly [what: string, shape: RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/],
  ['a certificate', /-----BEGIN [A-Z0-9 ]+-----/],
  ['a JSON web token', /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{20,})/],
  ['a GitLab token', /\bglpat-[\w-]{16,}/],
  ['a Slack token', /\bxox[abeoprs]-[\w-]{10,}/],
  ['a Slack webhook', /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/],
  ['a Google API key', /\bAIza[\w-]{35}/],
  ['a Stripe key', /\b[prs]k_(?:live|test)_[A-Za-z0-9]{16,}/],
  ['a SendGrid key', /\bSG\.[\w-]{16,}\.[\w-]{16,}/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{30,}/],
  ['a dbt token', /\bdbt[cu]_[\w-]{20,}/],
  ['an API key', /\bsk-[A-Za-z0-9_-]{20,}/],
  ['a shared access signature', /[?&]sig=[A-Za-z0-9%+/=]{20,}/],
  ['a password in an address', /\b[a-z][a-z\d+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/i],
  ['an authorization header', /\b(?:Bearer (?=\S*\d)[\w+/=.~-]{16,}|Basic [A-Za-z0-9+/]{12,}={1,2})/],
  [
    'a password',
    /\b(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key)["']?\s*[:=]\s*["']?(?=\S*[\d!@#$%^&*])\S{6,}/i,
  ],
];

/** @returns what a text holds that looks like a secret, `a JSON web token`; `null` for nothing */
export function secretIn(text: string): string | null {
  return SHAPES.find(([, shape]) => shape.test(text))?.[0] ?? null;
}

/** The text as an error may show it. */
export function withoutSecrets(text: string): string {
  return secretIn(text) === null ? text : '(it looks like a secret and is not shown)';
}

/** One failing connection, as its user has it: a project, a connections.toml, the command as a process. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BAKERY, newFolder, runIn, startIn, type Ended } from '../../cli/program';

/** Recognisable, and of the length and letters that real ones have. */
export const SECRET = 'S3cret/rye+77=';

export type Keys = Record<string, string | number | boolean>;

/** A folder with a valid project in it, generated once and copied. */
let prepared: string | undefined;

export function newProject(): string {
  prepared ??= prepare();
  const folder = newFolder();
  cpSync(prepared, folder, { recursive: true });
  return folder;
}

function prepare(): string {
  const folder = newFolder(BAKERY);
  expect(runIn(folder, ['generate'])).toMatchObject({ code: 0 });
  return folder;
}

/** `apply --connection oven`, where [oven] is to a server on `port` with these keys. */
export async function applyOver(
  keys: Keys,
  {
    env = {},
    args = [],
    folder = newProject(),
  }: { env?: Record<string, string>; args?: string[]; folder?: string } = {},
): Promise<Ended & { seconds: number }> {
  writeConnections(folder, { oven: keys });
  return startIn(folder, ['apply', '--connection', 'oven', '--yes', ...args], env);
}

export function writeConnections(folder: string, connections: Record<string, Keys>): void {
  const sections = Object.entries(connections).map(([name, keys]) =>
    [`[${name}]`, ...Object.entries(keys).map(([key, value]) => `${key} = ${JSON.stringify(value)}`)].join(
      '\n',
    ),
  );
  mkdirSync(join(folder, '.snowflake'), { recursive: true });
  writeFileSync(join(folder, '.snowflake', 'connections.toml'), sections.join('\n'), { mode: 0o600 });
}

/** To a server on the loopback interface, with the password that must not be seen. */
export const toPort = (port: number, more: Keys = {}): Keys => ({
  account: 'ORG-BAKERY',
  user: 'BAKER',
  password: SECRET,
  host: '127.0.0.1',
  port,
  protocol: 'http',
  ...more,
});

/** What was shown of the secret, in any of the ways it may be written. */
export function shownOf(ended: Ended, secrets: readonly string[] = [SECRET]): string[] {
  const shown = ended.stdout + ended.stderr;
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
    .filter((secret) => shown.includes(secret));
}

/** Reads what `resolveConnection` needs: the environment and the files of the Snowflake CLI. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AutoRestartError } from '../errors';
import { expandHome } from './connection/path';
import { withReadableKey } from './connection/private-key';
import { resolveConnection, withNotes, type ResolvedConnection } from './connection/resolve';
import type { Environment, TomlTable } from './connection/sources';
import { withToken } from './connection/token';

export interface ReadConnectionOptions {
  /** `null` for the default connection. */
  name: string | null;
  /** Keys given on the command line. @default none */
  flags?: Record<string, string>;
  /** @default process.env */
  env?: Environment;
  /** @default the user's home */
  home?: string;
}

/**
 * The connection, ready for the driver: keys and tokens are read, `~` is the home.
 * @throws AutoRestartError CONNECTION when it is nowhere, is not complete, or a file cannot be read
 */
export async function readConnection({
  name,
  flags = {},
  env = process.env,
  home = homedir(),
}: ReadConnectionOptions): Promise<ResolvedConnection> {
  const folder = snowflakeFolder(env, home);
  const files = ['connections.toml', 'config.toml'].map((file) => join(folder, file));
  const [connectionsToml = null, configToml = null] = await Promise.all(files.map(readToml));
  const connectionsVariable = await parseToml(env.SNOWFLAKE_CONNECTIONS, 'SNOWFLAKE_CONNECTIONS');
  const aboutFiles = [...homeNote(env, home, folder), ...files.flatMap(permissionNote)];
  const sources = { name, flags, env, connectionsToml, configToml, connectionsVariable };
  const resolved = resolveConnection(sources);
  const notes = [...aboutFiles, ...resolved.notes];
  try {
    const withKey = withReadableKey(resolved.options, home);
    return { ...resolved, options: await withToken(withKey, env, home), notes };
  } catch (error) {
    throw error instanceof AutoRestartError ? withNotes(error, notes) : error;
  }
}

/**
 * SNOWFLAKE_HOME or ~/.snowflake where that is there, else the place of the operating system.
 * https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-cli#location-of-the-toml-configuration-file
 */
export function snowflakeFolder(env: Environment, home: string): string {
  const wanted = env.SNOWFLAKE_HOME ? expandHome(env.SNOWFLAKE_HOME, home) : join(home, '.snowflake');
  if (existsSync(wanted)) return wanted;
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'snowflake');
  if (process.platform === 'win32') return join(home, 'AppData', 'Local', 'snowflake');
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'snowflake');
}

function homeNote({ SNOWFLAKE_HOME: wanted }: Environment, home: string, folder: string): string[] {
  if (!wanted || expandHome(wanted, home) === folder) return [];
  return [`SNOWFLAKE_HOME ${wanted} is not there: connections are looked for in ${folder}`];
}

async function readToml(file: string): Promise<TomlTable | null> {
  if (!existsSync(file)) return null;
  try {
    return await parseToml(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof AutoRestartError) throw error;
    throw new AutoRestartError('CONNECTION', `cannot read ${file}: ${(error as Error).message}`, {
      where: file,
    });
  }
}

async function parseToml(text: string | undefined, from: string): Promise<TomlTable | null> {
  if (text === undefined) return null;
  const { parse, TomlError } = await import('smol-toml');
  try {
    return parse(text);
  } catch (error) {
    const where = error instanceof TomlError ? `${from}:${error.line}` : from;
    // smol-toml's message quotes the lines around the mistake: they may hold a password.
    throw new AutoRestartError('CONNECTION', `cannot read ${from}: it is not valid TOML`, { where });
  }
}

/** The CLI wants these files to be the owner's alone. */
function permissionNote(file: string): string[] {
  if (process.platform === 'win32' || !existsSync(file)) return [];
  const { mode } = statSync(file);
  if ((mode & 0o022) !== 0) return [`others can change ${file}: chmod 0600`];
  return (mode & 0o077) !== 0 ? [`others can read ${file}: chmod 0600`] : [];
}

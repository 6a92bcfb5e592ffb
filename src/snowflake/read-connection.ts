/** Reads what `resolveConnection` needs: the environment and the files of the Snowflake CLI. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AutoRestartError } from '../errors';
import { resolveConnection, type ResolvedConnection, type TomlTable } from './connection';
import { withReadableKey } from './private-key';

export interface ReadConnectionOptions {
  /** `null` for the default connection. */
  name: string | null;
  /** Keys given on the command line. @default none */
  flags?: Record<string, string>;
  /** @default process.env */
  env?: Record<string, string | undefined>;
  /** @default the user's home */
  home?: string;
}

/**
 * The connection, ready for the driver.
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
  const [connectionsToml, configToml] = await Promise.all(files.map(readToml));
  const resolved = resolveConnection({
    name,
    flags,
    env,
    connectionsToml: connectionsToml ?? null,
    configToml: configToml ?? null,
  });
  return {
    ...resolved,
    options: withReadableKey(resolved.options),
    notes: [...files.flatMap(permissionNote), ...resolved.notes],
  };
}

/** https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-cli#location-of-the-toml-configuration-file */
export function snowflakeFolder(env: Record<string, string | undefined>, home: string): string {
  if (env.SNOWFLAKE_HOME) return env.SNOWFLAKE_HOME.replace(/^~(?=$|\/)/, home);
  const dotFolder = join(home, '.snowflake');
  if (existsSync(dotFolder)) return dotFolder;
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'snowflake');
  if (process.platform === 'win32') return join(home, 'AppData', 'Local', 'snowflake');
  return join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'snowflake');
}

async function readToml(file: string): Promise<TomlTable | null> {
  if (!existsSync(file)) return null;
  const { parse, TomlError } = await import('smol-toml');
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const where = error instanceof TomlError ? `${file}:${error.line}` : file;
    // smol-toml's message quotes the lines around the mistake: they may hold a password.
    const reason = error instanceof TomlError ? 'it is not valid TOML' : (error as Error).message;
    throw new AutoRestartError('CONNECTION', `cannot read ${file}: ${reason}`, { where });
  }
}

/** The CLI wants these files to be the owner's alone. */
function permissionNote(file: string): string[] {
  if (process.platform === 'win32' || !existsSync(file)) return [];
  const open = (statSync(file).mode & 0o077) !== 0;
  return open ? [`others can read ${file}: chmod 0600`] : [];
}

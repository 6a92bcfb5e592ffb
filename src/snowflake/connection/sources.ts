/** Where connections are written: the files of the Snowflake CLI and the environment. Pure: both come in as values. */
import { KEY_NAMES, keyOf } from './keys';

export interface ConnectionSources {
  /** The connection asked for, by `--connection` or in the config; `null` for the default one. */
  name: string | null;
  /** Keys given on the command line: the strongest. */
  flags: Readonly<Record<string, string>>;
  env: Environment;
  /** connections.toml, parsed; `null` where there is no such file. It hides the connections of config.toml. */
  connectionsToml: TomlTable | null;
  /** config.toml, parsed; `null` where there is no such file. */
  configToml: TomlTable | null;
  /** SNOWFLAKE_CONNECTIONS, parsed: the text of a connections.toml. It hides both files. @default null */
  connectionsVariable?: TomlTable | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;
export type TomlTable = Readonly<Record<string, unknown>>;
/** By the one name of each key. A key that is there and empty hides weaker layers, as in the CLI. */
export type Layer = Readonly<Record<string, unknown>>;

type Files = Pick<ConnectionSources, 'connectionsToml' | 'configToml' | 'connectionsVariable'>;

/** The connections that count, by name, and where they stand. */
export function connectionsOf(sources: Files): { from: string; tables: Readonly<Record<string, TomlTable>> } {
  const { connectionsVariable, connectionsToml, configToml } = sources;
  if (connectionsVariable) return { from: 'SNOWFLAKE_CONNECTIONS', tables: tablesIn(connectionsVariable) };
  if (connectionsToml) return { from: 'connections.toml', tables: tablesIn(connectionsToml) };
  return { from: 'config.toml', tables: tablesIn(tableOf(configToml?.connections)) };
}

const isTable = (value: unknown): value is TomlTable =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const tableOf = (value: unknown): TomlTable => (isTable(value) ? value : {});

function tablesIn(table: TomlTable): Record<string, TomlTable> {
  return Object.fromEntries(
    Object.entries(table).filter((entry): entry is [string, TomlTable] => isTable(entry[1])),
  );
}

/**
 * A section of that name, written as the other of the two files writes it.
 * @returns what to write instead, or `undefined`
 */
export function misplacedSection({ connectionsToml, configToml }: Files, name: string): string | undefined {
  if (isTable(tableOf(connectionsToml?.connections)[name])) {
    return `connections.toml has [connections.${name}]: in that file the section is [${name}]`;
  }
  if (connectionsToml === null && isTable(configToml?.[name])) {
    return `config.toml has [${name}]: in that file the section is [connections.${name}]`;
  }
  if (connectionsToml !== null && isTable(tableOf(configToml?.connections)[name])) {
    return `config.toml has [connections.${name}], but as there is a connections.toml only that one counts`;
  }
  return undefined;
}

// --------------------------------------------------------------------------------------- environment

export const environmentPrefix = (name: string): string => `SNOWFLAKE_CONNECTIONS_${name.toUpperCase()}_`;

/** SNOWFLAKE_CONNECTIONS_<NAME>_<KEY>. */
export function namedVariables(env: Environment, name: string): Layer {
  const prefix = environmentPrefix(name);
  const found: Record<string, string> = {};
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(prefix) || value === undefined) continue;
    const key = keyOf(variable.slice(prefix.length));
    if (key !== undefined) found[key] ??= value;
  }
  return found;
}

/** SNOWFLAKE_<KEY>; an empty one is none. */
export function generalVariables(env: Environment): Layer {
  const found: Record<string, string> = {};
  for (const written of KEY_NAMES) {
    const value = env[`SNOWFLAKE_${written.toUpperCase()}`];
    if (value) found[keyOf(written)!] ??= value;
  }
  return found;
}

/** Variables that begin with the connection's prefix and name no key, nor belong to a longer name. */
export function unknownVariables(env: Environment, name: string): string[] {
  const prefix = environmentPrefix(name);
  return Object.keys(env).filter(
    (variable) =>
      variable.startsWith(prefix) &&
      keyOf(variable.slice(prefix.length)) === undefined &&
      nameInVariable(variable) === null,
  );
}

/** Every connection that has a name, in the files or in the environment. */
export function connectionNames(sources: Omit<ConnectionSources, 'name'>): string[] {
  const inFiles = Object.keys(connectionsOf(sources).tables);
  const known = new Set(inFiles.map((name) => name.toUpperCase()));
  const inEnvironment = Object.keys(sources.env).flatMap((variable) => nameInVariable(variable) ?? []);
  return [...inFiles, ...new Set(inEnvironment.filter((name) => !known.has(name)))].sort();
}

/** `SNOWFLAKE_CONNECTIONS_PROD_EU_PRIVATE_KEY_FILE` belongs to `PROD_EU`. */
function nameInVariable(variable: string): string | null {
  const rest = /^SNOWFLAKE_CONNECTIONS_(.+)$/.exec(variable)?.[1];
  if (rest === undefined) return null;
  const byLength = [...KEY_NAMES].sort((a, b) => b.length - a.length);
  const key = byLength.find((known) => rest.endsWith(`_${known.toUpperCase()}`));
  return key === undefined ? null : rest.slice(0, -key.length - 1);
}

/**
 * Which connection is meant and what it says, found the way the Snowflake CLI finds it. Pure: what was read from
 * disk and from the environment comes in as values.
 * https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
 */
import { distance } from 'fastest-levenshtein';
import { AutoRestartError } from '../errors';
import { CONNECTION_KEYS, type ConnectionKey } from './connection-keys';
import type { ConnectionOptions } from './driver';

export interface ConnectionSources {
  /** The connection asked for, by `--connection` or in the config; `null` for the default one. */
  name: string | null;
  /** Keys given on the command line: the strongest. */
  flags: Readonly<Record<string, string>>;
  env: Readonly<Record<string, string | undefined>>;
  /** connections.toml, parsed; `null` where there is no such file. It hides the connections of config.toml. */
  connectionsToml: TomlTable | null;
  /** config.toml, parsed; `null` where there is no such file. */
  configToml: TomlTable | null;
}

export type TomlTable = Readonly<Record<string, unknown>>;

export interface ResolvedConnection {
  /** `null` when it is made of SNOWFLAKE_<KEY> variables and flags alone. */
  name: string | null;
  /** For snowflake-sdk's createConnection. */
  options: ConnectionOptions;
  /** What was found and not used. */
  notes: string[];
}

/**
 * Flags, then SNOWFLAKE_CONNECTIONS_<NAME>_<KEY>, then the file, then SNOWFLAKE_<KEY>.
 * @throws AutoRestartError CONNECTION for a connection that is nowhere, or is not complete
 */
export function resolveConnection(sources: ConnectionSources): ResolvedConnection {
  const file = connectionsInFiles(sources);
  const name = chooseName(sources, file);
  const ofEnvironment = name === null ? {} : fromEnvironment(sources.env, environmentPrefix(name));
  const inFile = fromFile((name === null ? undefined : file[name]) ?? {});
  const layers = [
    sources.flags,
    ofEnvironment,
    inFile.known,
    fromEnvironment(sources.env, 'SNOWFLAKE_'),
    { private_key_passphrase: sources.env.PRIVATE_KEY_PASSPHRASE },
  ];
  const options = withAuthenticator(toOptions(layers, name));
  checkComplete(options, name);
  return {
    name,
    options: options as unknown as ConnectionOptions,
    notes: inFile.unknown.map((key) => `connection ${name}: '${key}' is not known here and was ignored`),
  };
}

/** Every connection that has a name, in the files or in the environment. */
export function connectionNames(sources: Omit<ConnectionSources, 'name'>): string[] {
  const inEnvironment = Object.keys(sources.env).flatMap((variable) => nameInVariable(variable) ?? []);
  const inFiles = Object.keys(connectionsInFiles(sources));
  const known = new Set(inFiles.map((name) => name.toUpperCase()));
  return [...inFiles, ...new Set(inEnvironment.filter((name) => !known.has(name)))].sort();
}

function connectionsInFiles({
  connectionsToml,
  configToml,
}: Pick<ConnectionSources, 'connectionsToml' | 'configToml'>): Record<string, TomlTable> {
  const tables = connectionsToml ?? (configToml?.connections as TomlTable | undefined) ?? {};
  return Object.fromEntries(
    Object.entries(tables).filter((entry): entry is [string, TomlTable] => isTable(entry[1])),
  );
}

const isTable = (value: unknown): value is TomlTable =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// ------------------------------------------------------------------------------------------------ name

function chooseName(sources: ConnectionSources, file: Record<string, TomlTable>): string | null {
  const fallback = sources.configToml?.default_connection_name;
  const chosen =
    sources.name ??
    sources.env.SNOWFLAKE_DEFAULT_CONNECTION_NAME ??
    (typeof fallback === 'string' ? fallback : null);
  const name = chosen ?? 'default';
  if (name in file || hasVariables(sources.env, name)) return name;
  if (chosen === null && (sources.flags.account ?? sources.env.SNOWFLAKE_ACCOUNT)) return null;
  throw missing(name, chosen !== null, connectionNames(sources));
}

function missing(name: string, wasNamed: boolean, known: string[]): AutoRestartError {
  const nearest = known.find((other) => distance(other.toLowerCase(), name.toLowerCase()) <= 2);
  const list = known.length > 0 ? `known connections: ${known.join(', ')}` : 'no connection is set up';
  return new AutoRestartError(
    'CONNECTION',
    wasNamed ? `there is no connection '${name}'` : 'no connection was named, and there is no default one',
    {
      hint: nearest
        ? `did you mean '${nearest}'? ${list}`
        : `${list}; add one with \`snow connection add\`, or set SNOWFLAKE_CONNECTIONS_${name.toUpperCase()}_ACCOUNT, _USER, ...`,
    },
  );
}

// --------------------------------------------------------------------------------------- environment

const environmentPrefix = (name: string): string => `SNOWFLAKE_CONNECTIONS_${name.toUpperCase()}_`;

function hasVariables(env: ConnectionSources['env'], name: string): boolean {
  return Object.keys(fromEnvironment(env, environmentPrefix(name))).length > 0;
}

function fromEnvironment(env: ConnectionSources['env'], prefix: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const key of Object.keys(CONNECTION_KEYS)) {
    const value = env[prefix + key.toUpperCase()];
    if (value !== undefined && value !== '') found[key] = value;
  }
  return found;
}

/** `SNOWFLAKE_CONNECTIONS_PROD_EU_PRIVATE_KEY_FILE` belongs to `PROD_EU`. */
function nameInVariable(variable: string): string | null {
  const rest = /^SNOWFLAKE_CONNECTIONS_(.+)$/.exec(variable)?.[1];
  if (rest === undefined) return null;
  const keys = Object.keys(CONNECTION_KEYS).sort((a, b) => b.length - a.length);
  const key = keys.find((known) => rest.endsWith(`_${known.toUpperCase()}`));
  return key === undefined ? null : rest.slice(0, -key.length - 1);
}

// -------------------------------------------------------------------------------------------- options

function fromFile(table: TomlTable): { known: Record<string, unknown>; unknown: string[] } {
  const entries = Object.entries(table);
  return {
    known: Object.fromEntries(entries.filter(([key]) => key.toLowerCase() in CONNECTION_KEYS)),
    unknown: entries.map(([key]) => key).filter((key) => !(key.toLowerCase() in CONNECTION_KEYS)),
  };
}

type Options = Record<string, unknown>;

function toOptions(layers: readonly Readonly<Record<string, unknown>>[], name: string | null): Options {
  const options: Options = {};
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer)) {
      const known = CONNECTION_KEYS[key.toLowerCase()];
      if (!known || value === undefined || value === '' || known.option in options) continue;
      options[known.option] = convert(known, value, key, name);
    }
  }
  return options;
}

function convert({ type }: ConnectionKey, value: unknown, key: string, name: string | null): unknown {
  if (type === 'text') return String(value);
  if (type === 'list') return Array.isArray(value) ? value.map(String) : String(value).split(',');
  if (type === 'number' && Number.isInteger(Number(value))) return Number(value);
  if (type === 'boolean' && /^(true|false|1|0)$/i.test(String(value)))
    return /^(true|1)$/i.test(String(value));
  throw new AutoRestartError('CONNECTION', `'${key}' must be a ${type}, not '${String(value)}'`, {
    where: `connection ${name ?? 'from the environment'}`,
  });
}

/** The driver wants to be told what the CLI concludes from the key that is there. */
function withAuthenticator(options: Options): Options {
  const named = options.authenticator as string | undefined;
  if (named !== undefined) return { ...options, authenticator: isUrl(named) ? named : named.toUpperCase() };
  const hasKey = options.privateKeyPath !== undefined || options.privateKey !== undefined;
  return hasKey ? { ...options, authenticator: 'SNOWFLAKE_JWT' } : options;
}

const isUrl = (authenticator: string): boolean => /^https:\/\//i.test(authenticator);

/** What each authenticator cannot do without; the driver's own messages name options nobody wrote. */
const NEEDS: Record<string, [string[], string][]> = {
  SNOWFLAKE: [[['password'], 'password']],
  USERNAME_PASSWORD_MFA: [[['password'], 'password']],
  SNOWFLAKE_JWT: [[['privateKeyPath', 'privateKey'], 'private_key_file or private_key_raw']],
  OAUTH: [[['token', 'tokenFilePath'], 'token or token_file_path']],
  PROGRAMMATIC_ACCESS_TOKEN: [[['token', 'tokenFilePath', 'password'], 'token or token_file_path']],
  WORKLOAD_IDENTITY: [[['workloadIdentityProvider'], 'workload_identity_provider']],
};

const WITHOUT_USER = /^(OAUTH|EXTERNALBROWSER|PROGRAMMATIC_ACCESS_TOKEN|WORKLOAD_IDENTITY)/;

function checkComplete(options: Options, name: string | null): void {
  const authenticator = (options.authenticator as string | undefined) ?? 'SNOWFLAKE';
  const lacking: string[] = [];
  if (!options.account) lacking.push('account');
  if (!options.username && !WITHOUT_USER.test(authenticator)) lacking.push('user');
  for (const [anyOf, words] of NEEDS[authenticator] ?? []) {
    if (!anyOf.some((key) => options[key] !== undefined)) lacking.push(words);
  }
  if (lacking.length === 0) return;
  const which = name === null ? 'the connection of the SNOWFLAKE_ variables' : `connection '${name}'`;
  throw new AutoRestartError('CONNECTION', `${which} has no ${lacking.join(', no ')}`, {
    hint: hintFor(options, name),
  });
}

function hintFor(options: Options, name: string | null): string {
  if (options.token ?? options.tokenFilePath) {
    return 'say what the token is: authenticator = "OAUTH" or "PROGRAMMATIC_ACCESS_TOKEN"';
  }
  const prefix = name === null ? 'SNOWFLAKE_' : environmentPrefix(name);
  return `add it to the connection or set ${prefix}ACCOUNT, ${prefix}USER, ${prefix}PRIVATE_KEY_FILE, ...`;
}

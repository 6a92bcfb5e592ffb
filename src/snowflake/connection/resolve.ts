/**
 * Which connection is meant and what it says, found the way the Snowflake CLI finds it. Pure: what was read from
 * disk and from the environment comes in as values.
 * https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
 */
import { nearest } from '../../config/nearest';
import { AutoRestartError } from '../../errors';
import type { ConnectionOptions } from '../driver';
import { redact } from '../redact';
import { lackingOf, withAuthenticator } from './authenticator';
import { KEYS_OF_OTHER_CLIENTS, KEY_NAMES, keyOf } from './keys';
import { toOptions } from './options';
import {
  connectionNames,
  connectionsOf,
  environmentPrefix,
  generalVariables,
  misplacedSection,
  namedVariables,
  unknownVariables,
  type ConnectionSources,
  type Layer,
  type TomlTable,
} from './sources';

export interface ResolvedConnection {
  /** `null` when it is made of SNOWFLAKE_<KEY> variables and flags alone. */
  name: string | null;
  /** For snowflake-sdk's createConnection. */
  options: ConnectionOptions;
  /** What was found and not used, and what is dangerous. */
  notes: string[];
}

/**
 * Flags, then SNOWFLAKE_CONNECTIONS_<NAME>_<KEY>, then the file, then SNOWFLAKE_<KEY>.
 * @throws AutoRestartError CONNECTION for a connection that is nowhere, or is not complete
 */
export function resolveConnection(sources: ConnectionSources): ResolvedConnection {
  const { from, tables } = connectionsOf(sources);
  const name = chooseName(sources, tables);
  const table = name === null ? {} : (tables[name] ?? {});
  const where =
    name === null
      ? 'the SNOWFLAKE_ variables'
      : name in tables
        ? `${from} [${name}]`
        : environmentPrefix(name);
  const unknown = unknownKeys(sources, name, table);
  try {
    const named = name === null ? {} : namedVariables(sources.env, name);
    const layers = [passphrase(sources), sources.flags, named, inFile(table), generalVariables(sources.env)];
    const { options, notes } = toOptions(layers, where);
    const complete = withAuthenticator(options, where);
    refuseIncomplete(complete, name, named);
    return { name, options: complete as unknown as ConnectionOptions, notes: [...unknown, ...notes] };
  } catch (error) {
    throw error instanceof AutoRestartError ? withNotes(withoutSecrets(error), unknown) : error;
  }
}

/** What was noted is told beside what is wrong: a mistyped key is often why something is missing. */
export function withNotes(error: AutoRestartError, notes: readonly string[]): AutoRestartError {
  if (notes.length === 0) return error;
  const { code, message, where, hint, cause } = error;
  const all = [...notes, ...(hint === undefined ? [] : [hint])].join('; ');
  return new AutoRestartError(code, message, { ...(where === undefined ? {} : { where }), hint: all, cause });
}

/** A password may stand where none belongs: in a host, in an address. */
function withoutSecrets({ code, message, where, hint }: AutoRestartError): AutoRestartError {
  const details = {
    ...(where === undefined ? {} : { where }),
    ...(hint === undefined ? {} : { hint: redact(hint) }),
  };
  return new AutoRestartError(code, redact(message), details);
}

/** The CLI lets this variable win over everything. */
function passphrase({ env }: ConnectionSources): Layer {
  const value = env.PRIVATE_KEY_PASSPHRASE;
  return value === undefined ? {} : { private_key_passphrase: value };
}

function inFile(table: TomlTable): Layer {
  const entries = Object.entries(table).map(([written, value]) => [keyOf(written), value] as const);
  return Object.fromEntries(entries.filter(([key]) => key !== undefined));
}

// ------------------------------------------------------------------------------------------------ name

function chooseName(sources: ConnectionSources, tables: Readonly<Record<string, TomlTable>>): string | null {
  const fallback = sources.configToml?.default_connection_name;
  const chosen =
    sources.name ??
    sources.env.SNOWFLAKE_DEFAULT_CONNECTION_NAME ??
    (typeof fallback === 'string' ? fallback : null);
  const name = chosen ?? 'default';
  if (Object.hasOwn(tables, name) || Object.keys(namedVariables(sources.env, name)).length > 0) return name;
  if (chosen === null && (sources.flags.account ?? sources.env.SNOWFLAKE_ACCOUNT)) return null;
  throw missing(sources, name, chosen !== null);
}

function missing(sources: ConnectionSources, name: string, wasNamed: boolean): AutoRestartError {
  const known = connectionNames(sources);
  const guess = nearest(name, known);
  const list = known.length > 0 ? `known connections: ${known.join(', ')}` : 'no connection is set up';
  const variables = environmentPrefix(name);
  const hint =
    misplacedSection(sources, name) ??
    (guess !== undefined
      ? `did you mean '${guess}'? ${list}`
      : `${list}; add one with \`snow connection add\`, or set ${variables}ACCOUNT, ${variables}USER, ...`);
  return new AutoRestartError(
    'CONNECTION',
    wasNamed ? `there is no connection '${name}'` : 'no connection was named, and there is no default one',
    { hint },
  );
}

// ------------------------------------------------------------------------------------- what was written

function unknownKeys({ env }: ConnectionSources, name: string | null, table: TomlTable): string[] {
  if (name === null) return [];
  const prefix = environmentPrefix(name);
  const inTable = Object.keys(table).filter((written) => keyOf(written) === undefined);
  return [
    ...inTable.map((written) => unknownNote(name, written, written)),
    ...unknownVariables(env, name).map((variable) =>
      unknownNote(name, variable, variable.slice(prefix.length).toLowerCase()),
    ),
  ];
}

function unknownNote(name: string, written: string, key: string): string {
  if (KEYS_OF_OTHER_CLIENTS.has(key)) {
    return `connection ${name}: '${written}' is for Snowflake's Python clients and was ignored`;
  }
  const guess = nearest(key, KEY_NAMES);
  const question = guess === undefined ? '' : `: did you mean ${guess}?`;
  return `connection ${name}: '${written}' is not known here and was ignored${question}`;
}

function refuseIncomplete(options: Layer, name: string | null, named: Layer): void {
  const lacking = lackingOf(options);
  if (lacking.length === 0) return;
  const which = name === null ? 'the connection of the SNOWFLAKE_ variables' : `connection '${name}'`;
  throw new AutoRestartError('CONNECTION', `${which} has no ${lacking.join(', no ')}`, {
    hint: hintFor(options, name, named),
  });
}

function hintFor(options: Layer, name: string | null, named: Layer): string {
  const prefix = name === null ? 'SNOWFLAKE_' : environmentPrefix(name);
  const empty = Object.keys(named).filter((key) => named[key] === '');
  if (empty.length > 0) {
    const variables = empty.map((key) => prefix + key.toUpperCase()).join(', ');
    return `${variables} is set and empty: that counts as none (a secret that this job may not see?)`;
  }
  if (options.token ?? options.tokenFilePath) {
    return 'say what the token is: authenticator = "OAUTH" or "PROGRAMMATIC_ACCESS_TOKEN"';
  }
  return `add it to the connection or set ${prefix}ACCOUNT, ${prefix}USER, ${prefix}PRIVATE_KEY_FILE, ...`;
}

/**
 * CREATE, ALTER, DROP, SHOW and DESCRIBE of notification integrations.
 * https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration,
 * https://docs.snowflake.com/en/sql-reference/sql/alter-notification-integration,
 * https://docs.snowflake.com/en/sql-reference/sql/drop-integration,
 * https://docs.snowflake.com/en/sql-reference/sql/show-notification-integrations,
 * https://docs.snowflake.com/en/sql-reference/sql/desc-notification-integration
 */
import type { StatementHandler } from '../engine/contract';
import { visible } from '../engine/privileges';
import { readCreate } from '../engine/statements/create-clause';
import { invalidProperty } from '../engine/statements/object-properties';
import { words } from '../reference/words';
import { alreadyExists, SnowflakeError, unsupported } from '../errors';
import type { Token } from '../sql/lexer';
import { likePattern } from '../catalog/like-pattern';
import { showIdentifier } from '../catalog/names';
import { TokenReader } from '../sql/token-reader';
import { type QueryResult, type ResultColumn, TIMESTAMP_LTZ, VARCHAR } from '../values';
import { type Integration, integrationNamed, integrationsOf, type IntegrationType } from './integrations';

type Answer = Omit<QueryResult, 'queryId'>;

/** https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration */
const PROPERTIES = words(`
  ALLOWED_RECIPIENTS AWS_SNS_ROLE_ARN AWS_SNS_TOPIC_ARN AZURE_EVENT_GRID_TOPIC_ENDPOINT AZURE_STORAGE_QUEUE_PRIMARY_URI
  AZURE_TENANT_ID COMMENT DEFAULT_RECIPIENTS DEFAULT_SUBJECT DIRECTION ENABLED GCP_PUBSUB_SUBSCRIPTION_NAME
  GCP_PUBSUB_TOPIC_NAME NOTIFICATION_PROVIDER TYPE USE_PRIVATELINK_ENDPOINT WEBHOOK_BODY_TEMPLATE WEBHOOK_HEADERS
  WEBHOOK_SECRET WEBHOOK_URL`);

const TYPES: readonly string[] = ['WEBHOOK', 'EMAIL', 'QUEUE'] satisfies IntegrationType[];

export const createIntegration: StatementHandler = {
  name: 'CREATE NOTIFICATION INTEGRATION',
  matches: (tokens) =>
    begins(tokens, 'CREATE', 'NOTIFICATION', 'INTEGRATION') ||
    begins(tokens, 'CREATE', 'OR', 'REPLACE', 'NOTIFICATION', 'INTEGRATION'),
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    const { orReplace: replace } = readCreate(reader);
    reader.expect('NOTIFICATION', 'INTEGRATION');
    const ifNotExists = reader.accept('IF', 'NOT', 'EXISTS');
    const name = reader.identifier();
    const { TYPE, ENABLED, ...properties } = readProperties(reader);
    const { catalog, clock } = session.account;
    const exists = integrationsOf(catalog).get(name) !== undefined;
    if (exists && ifNotExists) return status(`${name} already exists, statement succeeded.`);
    if (exists && !replace) throw alreadyExists(name);
    const type = typeOf(TYPE);
    const enabled = enabledOf(ENABLED);
    const createdOn = Number(clock.now());
    await integrationsOf(catalog).set(name, { name, type, enabled, properties, createdOn });
    return status(`Integration ${name} successfully created.`);
  },
};

export const alterIntegration: StatementHandler = {
  name: 'ALTER NOTIFICATION INTEGRATION',
  matches: (tokens) => begins(tokens, 'ALTER', 'NOTIFICATION', 'INTEGRATION'),
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.expect('ALTER', 'NOTIFICATION', 'INTEGRATION');
    const ifExists = reader.accept('IF', 'EXISTS');
    const name = reader.identifier();
    if (reader.sees('UNSET')) throw unsupported('ALTER NOTIFICATION INTEGRATION ... UNSET');
    reader.expect('SET');
    const { ENABLED, ...properties } = readProperties(reader);
    const integrations = integrationsOf(session.account.catalog);
    if (ifExists && !integrations.get(name)) return status('Statement executed successfully.');
    const before = integrationNamed(name, session);
    await integrations.set(before.name, {
      ...before,
      enabled: ENABLED === undefined ? before.enabled : enabledOf(ENABLED),
      properties: { ...before.properties, ...properties },
    });
    return status('Statement executed successfully.');
  },
};

export const dropIntegration: StatementHandler = {
  name: 'DROP INTEGRATION',
  matches: (tokens) =>
    begins(tokens, 'DROP', 'INTEGRATION') || begins(tokens, 'DROP', 'NOTIFICATION', 'INTEGRATION'),
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.expect('DROP');
    reader.accept('NOTIFICATION');
    reader.expect('INTEGRATION');
    const ifExists = reader.accept('IF', 'EXISTS');
    const name = reader.identifier();
    reader.end();
    const integrations = integrationsOf(session.account.catalog);
    if (ifExists && !integrations.get(name)) {
      return status(`Drop statement executed successfully (${name} already dropped).`);
    }
    await integrations.delete(integrationNamed(name, session).name);
    return status(`${name} successfully dropped.`);
  },
};

export const showIntegrations: StatementHandler = {
  name: 'SHOW NOTIFICATION INTEGRATIONS',
  matches: (tokens) =>
    begins(tokens, 'SHOW', 'INTEGRATIONS') || begins(tokens, 'SHOW', 'NOTIFICATION', 'INTEGRATIONS'),
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.expect('SHOW');
    const notification = reader.accept('NOTIFICATION');
    reader.expect('INTEGRATIONS');
    const like = reader.accept('LIKE') ? likePattern(reader.string()) : /^/;
    reader.end();
    const names = ['name', 'type', 'category', 'enabled', 'comment'];
    const columns: ResultColumn[] = names.map((name) => ({ name, type: VARCHAR }));
    columns.push({ name: 'created_on', type: TIMESTAMP_LTZ });
    if (notification) columns.push({ name: 'direction', type: VARCHAR });
    const isVisible = visible(session, 'INTEGRATION');
    const shown = [...integrationsOf(session.account.catalog).values()].filter(
      ({ name }) => like.test(name) && isVisible(showIdentifier(name)),
    );
    return { columns, rows: shown.map((each) => rowOf(each).slice(0, columns.length)) };
  },
};

export const describeIntegration: StatementHandler = {
  name: 'DESCRIBE NOTIFICATION INTEGRATION',
  matches: (tokens) =>
    ['DESC', 'DESCRIBE'].some(
      (verb) => begins(tokens, verb, 'INTEGRATION') || begins(tokens, verb, 'NOTIFICATION', 'INTEGRATION'),
    ),
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.next();
    reader.accept('NOTIFICATION');
    reader.expect('INTEGRATION');
    const integration = integrationNamed(reader.identifier(), session);
    reader.end();
    const { enabled, properties } = integration;
    const columns = ['property', 'property_type', 'property_value', 'property_default'];
    return {
      columns: columns.map((name) => ({ name, type: VARCHAR })),
      rows: [
        ['ENABLED', 'Boolean', String(enabled), 'false'],
        ['DIRECTION', 'String', directionOf(integration), 'INBOUND'],
        ...Object.entries(properties)
          .filter(([name]) => name !== 'DIRECTION')
          .map(([name, value]) => [name, value.startsWith('(') ? 'List' : 'String', value, '']),
      ],
    };
  },
};

function rowOf(integration: Integration) {
  const { name, type, enabled, properties, createdOn } = integration;
  const shownType = type === 'QUEUE' ? `QUEUE - ${properties['NOTIFICATION_PROVIDER'] ?? ''}` : type;
  const comment = properties['COMMENT'] ?? '';
  return [
    ...[name, shownType, 'NOTIFICATION', String(enabled), comment],
    ...[BigInt(createdOn), directionOf(integration)],
  ];
}

/** Only a queue can be inbound, and is unless it says otherwise. */
function directionOf({ type, properties }: Integration): string {
  return type === 'QUEUE' ? (properties['DIRECTION'] ?? 'INBOUND').toUpperCase() : 'OUTBOUND';
}

/** `NAME = value`, in any order, to the end. */
function readProperties(reader: TokenReader): Record<string, string> {
  const properties: Record<string, string> = {};
  while (!reader.done) {
    const name = reader.identifier();
    if (name === 'TAG') throw unsupported('tags of an integration');
    if (!PROPERTIES.has(name)) throw invalidProperty(name, 'INTEGRATION');
    reader.expect('=');
    properties[name] = readValue(reader);
    reader.accept(',');
  }
  return properties;
}

function readValue(reader: TokenReader): string {
  const first = reader.next();
  if (first.kind === 'string' || first.kind === 'dollar') return first.value;
  let last = first;
  if (first.text === '(') while (last.text !== ')' || last.kind !== 'symbol') last = reader.next();
  else while (reader.accept('.')) last = reader.next();
  return reader.text.slice(first.start, last.end);
}

function typeOf(value: string | undefined): IntegrationType {
  if (value === undefined) throw missing('TYPE');
  const type = value.toUpperCase();
  if (TYPES.includes(type)) return type as IntegrationType;
  throw invalid(value, 'TYPE');
}

function enabledOf(value: string | undefined): boolean {
  if (value === undefined) throw missing('ENABLED');
  if (/^(true|false)$/i.test(value)) return value.toUpperCase() === 'TRUE';
  throw invalid(value, 'ENABLED');
}

function missing(option: string): SnowflakeError {
  return new SnowflakeError('002029', '42601', `SQL compilation error:\nMissing option(s): [${option}]`);
}

function invalid(value: string, option: string): SnowflakeError {
  return new SnowflakeError(
    '001423',
    '22023',
    `SQL compilation error:\ninvalid value '${value}' for property '${option}'`,
  );
}

function begins(tokens: readonly Token[], ...words: string[]): boolean {
  return words.every((word, index) => tokens[index]?.kind === 'word' && tokens[index].value === word);
}

function status(text: string): Answer {
  return { columns: [{ name: 'status', type: VARCHAR }], rows: [[text]] };
}

/**
 * Sending: nothing leaves the machine; what would have been sent is kept.
 * https://docs.snowflake.com/en/sql-reference/stored-procedures/system_send_snowflake_notification,
 * https://docs.snowflake.com/en/sql-reference/stored-procedures/system_send_email
 */
import { createHash } from 'node:crypto';
import type { BuiltInProcedure, Catalog, Collection, Session, SystemFunction } from '../engine/contract';
import { SnowflakeError, unsupported } from '../errors';
import { BOOLEAN, type TypedValue, VARCHAR } from '../values';
import { type Integration, integrationNamed, type IntegrationType, listOf } from './integrations';

export interface SentNotification {
  /** A number, in order of sending. */
  number: number;
  id: string;
  /** Microseconds UTC. */
  createdOn: number;
  source: string;
  integration: string;
  contentType: string;
  content: string;
  subject: string | null;
  recipients: string[];
}

export function sentOf(catalog: Catalog): Collection<SentNotification> {
  return catalog.collection<SentNotification>('notifications');
}

/** https://docs.snowflake.com/en/user-guide/notifications/snowflake-notifications */
const CONTENT: Record<IntegrationType, readonly string[]> = {
  WEBHOOK: ['text/plain'],
  EMAIL: ['text/plain', 'text/html'],
  QUEUE: ['application/json'],
};

export const sendSnowflakeNotification: BuiltInProcedure = {
  name: 'SYSTEM$SEND_SNOWFLAKE_NOTIFICATION',
  returns: VARCHAR,
  call: async ([message, configuration], session) => {
    const [contentType, content] = onlyEntry(message, 'message');
    const [name, options] = onlyEntry(configuration, 'integration configuration');
    const integration = usable(name, session);
    if (typeof content !== 'string') throw invalid('message', String(message?.value));
    if (!CONTENT[integration.type].includes(contentType))
      throw failed(`Integration ${integration.name} of type ${integration.type} takes no ${contentType}.`);
    const { subject } = Object(options) as { subject?: string };
    const recipients =
      integration.type === 'EMAIL' ? allowed(addresses(Object(options), integration), integration) : [];
    await keep('SYSTEM$SEND_SNOWFLAKE_NOTIFICATION', integration, session, {
      ...{ contentType, content, recipients },
      subject: subject ?? integration.properties['DEFAULT_SUBJECT'] ?? null,
    });
    return 'Enqueued notifications';
  },
};

export const sendEmail: BuiltInProcedure = {
  name: 'SYSTEM$SEND_EMAIL',
  returns: BOOLEAN,
  call: async (args, session) => {
    const [name, to, subject, content, contentType = 'text/plain'] = args.map(({ value }) => value);
    for (const value of [name, to, subject, content])
      if (typeof value !== 'string') throw invalid('SYSTEM$SEND_EMAIL', String(value ?? null));
    const integration = usable(String(name), session);
    if (integration.type !== 'EMAIL') throw failed(`Integration ${integration.name} is not of type EMAIL.`);
    if (!CONTENT.EMAIL.includes(String(contentType))) throw invalid('mime type', String(contentType));
    const recipients = allowed(
      String(to)
        .split(',')
        .map((each) => each.trim()),
      integration,
    );
    await keep('SYSTEM$SEND_EMAIL', integration, session, {
      ...{ contentType: String(contentType), content: String(content), recipients },
      subject: String(subject),
    });
    return true;
  },
};

/** `SYSTEM$LOCAL_NOTIFICATIONS()`: what was sent, as a JSON array; Snowflake's history does not hold the texts. */
export const localNotifications: SystemFunction = {
  name: 'SYSTEM$LOCAL_NOTIFICATIONS',
  returns: { kind: 'ARRAY' },
  call: (_args, { account }) => JSON.stringify([...sentOf(account.catalog).values()]),
};

/** To whom an email goes: copies too. */
function addresses(options: Record<string, unknown>, { properties }: Integration): string[] {
  const named = ['toAddress', 'ccAddress', 'bccAddress'].flatMap((field) => options[field] ?? []);
  const wrong = named.find((each) => typeof each !== 'string');
  if (wrong !== undefined) throw invalid('address', JSON.stringify(wrong));
  return options.toAddress === undefined
    ? [...listOf(properties['DEFAULT_RECIPIENTS']), ...(named as string[])]
    : (named as string[]);
}

function usable(name: string, session: Session): Integration {
  const integration = integrationNamed(name, session);
  if (integration.enabled) return integration;
  throw failed(`Integration ${integration.name} is not enabled.`);
}

function allowed(recipients: readonly string[], { name, properties }: Integration): string[] {
  const narrowed = properties['ALLOWED_RECIPIENTS'];
  const wrong = recipients.find((each) => narrowed !== undefined && !listOf(narrowed).includes(each));
  if (recipients.length === 0) throw failed(`Integration ${name} has no recipients.`);
  if (wrong !== undefined) throw failed(`Email recipients in the given list are not allowed: ${wrong}`);
  return [...recipients];
}

type Message = Pick<SentNotification, 'contentType' | 'content' | 'subject' | 'recipients'>;

async function keep(
  source: string,
  { name }: Integration,
  { account }: Session,
  message: Message,
): Promise<void> {
  const sent = sentOf(account.catalog);
  const number = sent.size + 1;
  const hex = createHash('sha256').update(`notification ${number}`).digest('hex');
  const id = hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const createdOn = Number(account.clock.now());
  await sent.set(String(number), { number, id, createdOn, source, integration: name, ...message });
}

/** JSON text of an object with one key; Snowflake takes arrays of such objects too. */
function onlyEntry(argument: TypedValue | undefined, what: string): [string, unknown] {
  const text = String(argument?.value ?? null);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(what, text);
  }
  if (Array.isArray(value))
    throw unsupported(`SYSTEM$SEND_SNOWFLAKE_NOTIFICATION with an array for the ${what}`);
  const [entry, second] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (!entry || second) throw invalid(what, text);
  return entry;
}

function invalid(what: string, value: string): SnowflakeError {
  return failed(`Invalid value [${value}] for the ${what}.`);
}

function failed(message: string): SnowflakeError {
  return new SnowflakeError('394204', '22023', message);
}

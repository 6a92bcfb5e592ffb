/** Clients that have logged in: their tokens, and the engine's session of each. */
import { randomBytes } from 'node:crypto';
import type { LocalSnowflake, Session, SessionOptions } from '../engine/contract';
import { success, type Answer } from './answers';
import { sessionParameters, wireParameters } from './parameters';

export interface ClientSession {
  readonly id: number;
  readonly session: Session;
  readonly masterToken: string;
  token: string;
  /** In milliseconds since 1970. */
  tokenExpiresAt: number;
  /** When it last asked for anything, in milliseconds since 1970. */
  lastUsedAt: number;
  /** Ends when the session's last statement does; the next one starts then. */
  lastStatement: Promise<void>;
}

export class Sessions {
  private readonly byToken = new Map<string, ClientSession>();
  private readonly byMasterToken = new Map<string, ClientSession>();

  /** `tokenSeconds`: how long a session token lasts before the client has to renew it. */
  constructor(
    private readonly account: LocalSnowflake,
    private readonly tokenSeconds: number,
  ) {}

  /** Anyone may log in: the server listens on loopback only, and nothing here is secret. */
  open(options: SessionOptions): ClientSession {
    const session = this.account.openSession(options);
    const client: ClientSession = {
      id: Number(session.id),
      session,
      masterToken: newToken(),
      token: '',
      tokenExpiresAt: 0,
      lastUsedAt: Date.now(),
      lastStatement: Promise.resolve(),
    };
    this.byMasterToken.set(client.masterToken, client);
    this.renew(client);
    return client;
  }

  find(token: string | undefined): ClientSession | undefined {
    return token === undefined ? undefined : used(this.byToken.get(token));
  }

  findByMaster(token: string | undefined): ClientSession | undefined {
    return token === undefined ? undefined : used(this.byMasterToken.get(token));
  }

  /**
   * Those of clients that went away without a word: Snowflake ends a session that was idle for four hours, as long as
   * its master token lasts. https://docs.snowflake.com/en/user-guide/session-policies
   */
  idle(): ClientSession[] {
    const since = Date.now() - this.masterSeconds * 1000;
    return this.all().filter(({ lastUsedAt }) => lastUsedAt < since);
  }

  renew(client: ClientSession): void {
    this.byToken.delete(client.token);
    client.token = newToken();
    client.tokenExpiresAt = Date.now() + this.tokenSeconds * 1000;
    this.byToken.set(client.token, client);
  }

  async close(client: ClientSession): Promise<void> {
    this.byToken.delete(client.token);
    this.byMasterToken.delete(client.masterToken);
    await client.session.close();
  }

  all(): ClientSession[] {
    return [...this.byMasterToken.values()];
  }

  /** What a client is told after it has logged in. */
  loginAnswer(client: ClientSession): Answer {
    const { session } = client;
    return success({
      ...this.tokens(client),
      displayUserName: session.user,
      serverVersion: 'local',
      firstLogin: false,
      remMeToken: null,
      remMeValidityInSeconds: 0,
      healthCheckInterval: 45,
      newClientForUpgrade: null,
      sessionId: client.id,
      parameters: wireParameters(session.parameters),
      sessionInfo: {
        databaseName: session.database ?? null,
        schemaName: session.schema ?? null,
        warehouseName: session.warehouse ?? null,
        roleName: session.role,
      },
      idToken: null,
      idTokenValidityInSeconds: 0,
      responseData: null,
    });
  }

  /** What a client is told after it has renewed its session token. */
  renewAnswer(client: ClientSession): Answer {
    const { token, masterToken, validityInSeconds, masterValidityInSeconds } = this.tokens(client);
    return success({
      sessionToken: token,
      validityInSecondsST: validityInSeconds,
      masterToken,
      validityInSecondsMT: masterValidityInSeconds,
      sessionId: client.id,
    });
  }

  private tokens(client: ClientSession) {
    return {
      token: client.token,
      validityInSeconds: this.tokenSeconds,
      masterToken: client.masterToken,
      masterValidityInSeconds: this.masterSeconds,
    };
  }

  private get masterSeconds(): number {
    return this.tokenSeconds * 4;
  }
}

function used(client: ClientSession | undefined): ClientSession | undefined {
  if (client) client.lastUsedAt = Date.now();
  return client;
}

const newToken = (): string => randomBytes(24).toString('hex');

/** Login as the drivers send it: names in the query string, the rest in the body. */
export function sessionOptions(
  query: URLSearchParams,
  data: Readonly<Record<string, unknown>>,
): SessionOptions {
  const options: SessionOptions = { parameters: sessionParameters(data.SESSION_PARAMETERS) };
  const names = {
    user: textOf(data.LOGIN_NAME),
    accountName: textOf(data.ACCOUNT_NAME),
    role: query.get('roleName'),
    database: query.get('databaseName'),
    schema: query.get('schemaName'),
    warehouse: query.get('warehouse'),
  };
  for (const [key, name] of Object.entries(names)) {
    if (name) options[key as keyof typeof names] = fold(name);
  }
  return options;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A name from outside SQL is folded like one in it: upper case unless quoted. */
function fold(name: string): string {
  const quoted = /^"((?:[^"]|"")*)"$/.exec(name);
  return quoted ? quoted[1]!.replaceAll('""', '"') : name.toUpperCase();
}

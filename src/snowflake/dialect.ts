/**
 * Snowflake for knex: a client over snowflake-sdk. Identifiers are names as Snowflake stores them (upper case unless
 * they were quoted), so they are quoted only where they have to be.
 * https://docs.snowflake.com/en/sql-reference/identifiers-syntax
 */
import knex from 'knex';
import { RESERVED_WORDS } from '../model/names';
import { closeConnection, execute, type Connection, type ConnectionOptions } from './driver';
import { SnowflakeStatementError, statementError } from './errors';
import { login, type LoginOptions } from './login';
import { secretsOf } from './secrets';
import { ConnectionLost, whileAlive } from './watch';

/** What knex hands to a client and gets back from it. */
export interface DialectQuery {
  sql: string;
  bindings?: readonly unknown[];
  method?: string;
  pluck?: string;
  output?: (this: unknown, response: unknown) => unknown;
  response?: Record<string, unknown>[];
  queryId?: string;
  rowsAffected?: number;
}

// knex's own type of Client leaves out most of what a dialect overrides.
const Client = knex.Client as unknown as new (config: object) => {
  connectionSettings: ConnectionOptions;
  query(connection: Connection, query: DialectQuery): Promise<DialectQuery>;
  acquireConnection(): Promise<Connection>;
  releaseConnection(connection: Connection): Promise<void>;
  destroy(): Promise<void>;
};

export class SnowflakeClient extends Client {
  /** Once the server went away nothing more is asked of it. */
  private isLost = false;
  private readonly loginOptions: LoginOptions;

  constructor(config: object, loginOptions: LoginOptions) {
    super(config);
    this.loginOptions = loginOptions;
  }

  wrapIdentifierImpl(name: string): string {
    if (name === '*') return name;
    const plain = /^[A-Z_][A-Z0-9_$]*$/.test(name) && !RESERVED_WORDS.has(name);
    return plain ? name : `"${name.replaceAll('"', '""')}"`;
  }

  /** Loaded with the first connection, not when a query is only built. */
  _driver(): undefined {
    return undefined;
  }

  poolDefaults() {
    return { min: 0, max: 1, propagateCreateError: true };
  }

  async acquireRawConnection(): Promise<Connection> {
    // knex hides the password from copies.
    const { password } = this.connectionSettings;
    const options = { ...this.connectionSettings, ...(password === undefined ? {} : { password }) };
    return login(options, this.loginOptions);
  }

  async destroyRawConnection(connection: Connection): Promise<void> {
    if (!this.isLost) await closeConnection(connection);
  }

  validateConnection(connection: Connection): boolean {
    return !this.isLost && connection.isUp();
  }

  /** @throws SnowflakeStatementError, without the statement that knex puts before its message */
  override async query(connection: Connection, query: DialectQuery): Promise<DialectQuery> {
    try {
      return await super.query(connection, query);
    } catch (error) {
      throw error instanceof SnowflakeStatementError ? statementError(error.cause, this.secrets()) : error;
    }
  }

  async _query(connection: Connection, query: DialectQuery): Promise<DialectQuery> {
    try {
      if (this.isLost) throw new ConnectionLost();
      const result = await whileAlive(connection, execute(connection, query.sql, query.bindings ?? []));
      return Object.assign(query, {
        response: result.rows,
        queryId: result.queryId,
        rowsAffected: result.rowsAffected,
      });
    } catch (thrown) {
      this.isLost ||= thrown instanceof ConnectionLost;
      throw new SnowflakeStatementError('', {
        snowflakeCode: '',
        sqlState: null,
        queryId: null,
        place: null,
        cause: thrown,
      });
    }
  }

  processResponse(query: DialectQuery, runner: unknown): unknown {
    const rows = query.response ?? [];
    if (query.output) return query.output.call(runner, rows);
    switch (query.method) {
      case 'first':
        return rows[0];
      case 'pluck':
        return rows.map((row) => row[query.pluck ?? '']);
      case 'insert':
      case 'update':
      case 'del':
      case 'counter':
        return query.rowsAffected;
      default:
        return rows;
    }
  }

  private secrets(): string[] {
    return secretsOf(this.connectionSettings);
  }
}

Object.assign(SnowflakeClient.prototype, { dialect: 'snowflake', driverName: 'snowflake-sdk' });

/** knex prints what it does not like; here it must not. */
const silent = { debug: nothing, warn: nothing, error: nothing, deprecate: nothing };
function nothing(): void {}

/** In milliseconds: longer than any login takes by its own limit, so that the pool never speaks first. */
const NEVER = 24 * 3_600_000;

/** One pooled connection: what runs on it shares a session. */
export function createSnowflakeClient(
  connection: ConnectionOptions,
  loginOptions: LoginOptions = {},
): SnowflakeClient {
  const config = {
    client: SnowflakeClient,
    connection,
    pool: { min: 0, max: 1, createTimeoutMillis: NEVER },
    acquireConnectionTimeout: NEVER,
    log: silent,
  };
  return new SnowflakeClient(config, loginOptions);
}

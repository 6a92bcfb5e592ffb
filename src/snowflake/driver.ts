/** snowflake-sdk, loaded when it is first needed, and kept quiet. */
import type * as SnowflakeSdk from 'snowflake-sdk';
import type { Connection, ConnectionOptions as DriverOptions, RowStatement } from 'snowflake-sdk';

export type { Connection };

/** What a connection says beyond the driver's options. */
export interface OwnOptions {
  /** Seconds that a login may take. @default 20; 120 where somebody at a terminal has to do something */
  loginTimeout?: number;
  /** `ALL` or `NONE`, set after the login. https://docs.snowflake.com/en/sql-reference/sql/use-secondary-roles */
  secondaryRoles?: string;
}

export type ConnectionOptions = DriverOptions & OwnOptions;

export interface DriverResult {
  rows: Record<string, unknown>[];
  queryId: string;
  /** -1 for what is no DML. */
  rowsAffected: number;
}

type Driver = typeof SnowflakeSdk;

/**
 * Loading the driver asks the metadata services of three clouds where it runs, and every login reports how the
 * connection was written down. Neither is needed here; who wants them sets the variable.
 */
async function loadDriver(useEnvProxy: boolean): Promise<Driver> {
  process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION ??= 'true';
  process.env.SF_TELEMETRY_DISABLE_CONNECTION_SHAPE ??= 'true';
  const loaded = await import('snowflake-sdk');
  const driver = (loaded as unknown as { default?: Driver }).default ?? loaded;
  driver.configure({ logLevel: 'OFF', additionalLogToConsole: false, useEnvProxy } as never);
  return driver;
}

/** What the sessions of this product are called in QUERY_HISTORY, unless the connection says otherwise. */
export const QUERY_TAG = 'dbt-auto-restart';

/**
 * One login, tried once.
 * @param useEnvProxy whether the proxy of the environment is on the way
 * @throws the driver's error
 */
export async function openConnection(options: ConnectionOptions, useEnvProxy: boolean): Promise<Connection> {
  const driver = await loadDriver(useEnvProxy);
  const own = { ...options };
  delete own.loginTimeout;
  delete own.secondaryRoles;
  const connection = driver.createConnection({
    application: 'dbt-auto-restart',
    queryTag: QUERY_TAG,
    sfRetryMaxLoginRetries: 0,
    // Who opened the session goes on with it afterwards.
    ...('sessionToken' in own ? { serverSessionKeepAlive: true } : {}),
    ...own,
  } as DriverOptions);
  // With the tokens of a session it is up without a login.
  if (connection.isUp()) return connection;
  await new Promise<void>((resolve, reject) => {
    connection.connectAsync((error) => (error ? reject(error) : resolve())).catch(reject);
  });
  return connection;
}

/** A server that is gone need not be waited for. */
const CLOSE_TIMEOUT_MS = 5000;

/** Ends the session; one that is already gone is closed too. */
export async function closeConnection(connection: Connection): Promise<void> {
  if (!connection.isUp()) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, CLOSE_TIMEOUT_MS);
    connection.destroy(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Asks the server for a sign of life, once. @throws the driver's error */
export async function askForLife(connection: Connection): Promise<void> {
  await (connection as unknown as { heartbeatAsync(): Promise<unknown> }).heartbeatAsync();
}

/** Sends one statement as it is. @throws the driver's error */
export async function execute(
  connection: Connection,
  sqlText: string,
  binds: readonly unknown[],
): Promise<DriverResult> {
  return new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      ...(binds.length > 0 ? { binds: binds as never } : {}),
      complete: (error, statement, rows) => {
        if (error) reject(error);
        else resolve({ rows: rows ?? [], ...factsOf(statement) });
      },
    });
  });
}

function factsOf(statement: RowStatement): { queryId: string; rowsAffected: number } {
  return { queryId: statement.getQueryId(), rowsAffected: statement.getNumUpdatedRows() ?? -1 };
}

/** snowflake-sdk, loaded when it is first needed, and kept quiet. */
import type * as SnowflakeSdk from 'snowflake-sdk';
import type { Connection, ConnectionOptions as DriverOptions, RowStatement } from 'snowflake-sdk';

export type { Connection };

/** Options of snowflake-sdk's createConnection that this product sets. */
export type ConnectionOptions = DriverOptions;

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
async function loadDriver(isLocal: boolean): Promise<Driver> {
  process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION ??= 'true';
  process.env.SF_TELEMETRY_DISABLE_CONNECTION_SHAPE ??= 'true';
  const loaded = await import('snowflake-sdk');
  const driver = (loaded as unknown as { default?: Driver }).default ?? loaded;
  // With a proxy in the environment the driver would send even requests to 127.0.0.1 there.
  driver.configure({ logLevel: 'OFF', additionalLogToConsole: false, useEnvProxy: !isLocal } as never);
  return driver;
}

/** Logins that are tried again when nobody answers: some seconds rather than the driver's minutes. */
const LOGIN_RETRIES = 3;

/** @throws the driver's error */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const driver = await loadDriver(isLoopback(options.accessUrl));
  const connection = driver.createConnection({
    sfRetryMaxLoginRetries: LOGIN_RETRIES,
    ...options,
  } as ConnectionOptions);
  await new Promise<void>((resolve, reject) => {
    connection.connectAsync((error) => (error ? reject(error) : resolve())).catch(reject);
  });
  return connection;
}

const isLoopback = (accessUrl: string | undefined): boolean =>
  accessUrl !== undefined && ['127.0.0.1', 'localhost'].includes(new URL(accessUrl).hostname);

/** Ends the session; one that is already gone is closed too. */
export async function closeConnection(connection: Connection): Promise<void> {
  if (!connection.isUp()) return;
  await new Promise<void>((resolve) => connection.destroy(() => resolve()));
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

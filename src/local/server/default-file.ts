/** Where the account lives unless said otherwise, from the folder of the config. */
export const DEFAULT_FILE = '.auto-restart/local.duckdb';

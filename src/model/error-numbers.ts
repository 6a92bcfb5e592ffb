/**
 * Numbers of Snowflake's errors that a rerun of the same statement cannot mend, as named sets for `permanentErrors`, and those that it can,
 * which are refused there. Snowflake publishes no list of its numbers (its driver's maintainers say so:
 * https://github.com/snowflakedb/gosnowflake/issues/1195): these are the ones that dbt's users meet, each set with the page of what it is
 * about. Whatever stands in no set is retried.
 */

export interface ErrorSet {
  numbers: readonly string[];
  what: string;
  page: string;
}

const DOCS = 'https://docs.snowflake.com/en';

/** Somebody has to change something first. */
export const PERMANENT_SETS = {
  syntax: {
    numbers: ['001003'],
    what: 'the statement is no SQL',
    page: `${DOCS}/sql-reference/constructs`,
  },
  'unknown-identifier': {
    numbers: ['000904'],
    what: 'a column or alias that does not exist',
    page: `${DOCS}/sql-reference/identifiers-syntax`,
  },
  'missing-object': {
    numbers: ['002003', '002043'],
    what: 'an object that does not exist, or that the role may not see',
    page: `${DOCS}/user-guide/security-access-control-troubleshooting`,
  },
  'missing-privilege': {
    numbers: ['003001', '003041'],
    what: 'the role lacks a privilege',
    page: `${DOCS}/user-guide/security-access-control-privileges`,
  },
  'wrong-types': {
    numbers: ['001007', '001044', '002023'],
    what: 'operands or arguments of types that do not go together',
    page: `${DOCS}/sql-reference/data-type-conversion`,
  },
  grouping: {
    numbers: ['000979'],
    what: 'a column that is neither grouped nor aggregated',
    page: `${DOCS}/sql-reference/constructs/group-by`,
  },
} as const satisfies Record<string, ErrorSet>;

/** They go away by themselves, or when load or quota allow. */
export const TRANSIENT_SETS = {
  timeout: {
    numbers: ['000630', '000604'],
    what: 'the statement was cancelled or ran into a timeout',
    page: `${DOCS}/sql-reference/parameters`,
  },
  lock: {
    numbers: ['000625'],
    what: 'another transaction holds the lock',
    page: `${DOCS}/sql-reference/transactions`,
  },
  connection: {
    numbers: ['250001', '250003', '390114', '390318'],
    what: 'the connection or its token was lost',
    page: `${DOCS}/developer-guide/node-js/nodejs-driver-connect`,
  },
  'resource-monitor': {
    numbers: ['090073'],
    what: 'a resource monitor has suspended the warehouse',
    page: `${DOCS}/user-guide/resource-monitors`,
  },
  internal: {
    numbers: ['000603'],
    what: "an error of Snowflake's own",
    page: `${DOCS}/user-guide/query-history`,
  },
} as const satisfies Record<string, ErrorSet>;

/** The set that a number is in; `null` for one that is in none. */
export function transientSetOf(number: string): string | null {
  const found = Object.entries(TRANSIENT_SETS).find(([, { numbers }]) =>
    (numbers as readonly string[]).includes(number),
  );
  return found?.[0] ?? null;
}

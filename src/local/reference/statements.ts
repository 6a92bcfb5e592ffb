/**
 * Statements that Snowflake has: the words that they begin with, and the kinds of objects.
 * https://docs.snowflake.com/en/sql-reference/sql-all (October 2026)
 */
import { words } from './words';

export const VERBS = words(`
  ALTER BEGIN CALL COMMENT COMMIT COPY CREATE DELETE DESC DESCRIBE DROP EXECUTE EXPLAIN GET GRANT INSERT LIST LS MERGE PUT
  REMOVE REVOKE RM ROLLBACK SELECT SET SHOW START TRUNCATE UNDROP UNSET UPDATE USE VALIDATE WITH`);

/** First words of the names of kinds: `MASKING` of MASKING POLICY. */
const KINDS = words(`
  ACCOUNT AGENT AGGREGATION ALERT API APPLICATION ARTIFACT AUTHENTICATION BACKUP BUDGET CATALOG COMPUTE CONNECTION CONTACT
  CORTEX DATA DATABASE DATASET DBT DCM DYNAMIC EVENT EXPERIMENT EXTERNAL FAILOVER FEATURE FILE FUNCTION GATEWAY GIT HYBRID
  ICEBERG IMAGE INDEX INTEGRATION INTERACTIVE JOIN LISTING MAINTENANCE MANAGED MASKING MATERIALIZED MCP MODEL MULTI NETWORK
  NOTEBOOK NOTIFICATION ONLINE OPENFLOW ORGANIZATION PACKAGES PASSWORD PIPE POSTGRES PRIVACY PROCEDURE PROJECTION
  PROVISIONED REPLICATION RESOURCE ROLE ROW SCHEMA SECRET SECURITY SEMANTIC SEQUENCE SERVICE SESSION SHARE SNAPSHOT STAGE
  STORAGE STREAM STREAMLIT TABLE TAG TASK TYPE USER VIEW WAREHOUSE WORKSPACE`);

/** Whether it begins the name of a kind of object: `MASKING`. */
export const isKindOfSnowflake = (word: string): boolean => KINDS.has(word);

/** Those of SHOW beside the kinds in the plural. */
const LISTED = words(`
  AVAILABLE BUILTIN CALLER CLASSES CLASS COLUMNS CONSTRAINTS DELEGATED ENDPOINTS FUTURE GLOBAL GRANTS IMPORTED INSTANCES LOCKS OBJECTS
  PARAMETERS PRIMARY REFERENCES REGIONS RELEASE RUN RUNS SHARED SPECIFICATIONS TELEMETRY TERSE TRANSACTIONS UNIQUE
  VARIABLES VERSIONS`);

/** What may stand between CREATE and the kind. */
const MODIFIERS = words(
  `OR REPLACE ALTER LOCAL GLOBAL TEMP TEMPORARY TRANSIENT VOLATILE SECURE RECURSIVE AGGREGATE`,
);

const EXECUTED = words('ALERT DBT DCM IMMEDIATE JOB MANAGED NOTEBOOK SERVICE TASK');
const DESCRIBED = words('HISTORY RESULT SEARCH TRANSACTION');

/**
 * Index of the first word that no statement of Snowflake's has there; `undefined` where the statement is one of them,
 * as far as its beginning tells.
 */
export function strangeWord(values: readonly string[]): number | undefined {
  const [verb = ''] = values;
  if (!VERBS.has(verb)) return 0;
  const at = verb === 'CREATE' ? 1 + values.slice(1).findIndex((value) => !MODIFIERS.has(value)) : 1;
  const word = values[at] ?? '';
  return isKnown(verb, word) ? undefined : at;
}

function isKnown(verb: string, word: string): boolean {
  switch (verb) {
    case 'CREATE':
    case 'ALTER':
    case 'DROP':
    case 'UNDROP':
      return KINDS.has(word);
    case 'SHOW':
      return LISTED.has(word) || KINDS.has(word) || KINDS.has(singular(word));
    case 'DESC':
    case 'DESCRIBE':
      return KINDS.has(word) || DESCRIBED.has(word);
    case 'EXECUTE':
      return EXECUTED.has(word);
    default:
      return true;
  }
}

function singular(word: string): string {
  if (word === 'POLICIES') return 'POLICY';
  return word.endsWith('IES')
    ? `${word.slice(0, -3)}Y`
    : word.replace(/E?S$/, (end) => (end === 'ES' && KINDS.has(word.slice(0, -2)) ? '' : end.slice(0, -1)));
}

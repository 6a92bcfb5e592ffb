/** The number by which clients know what kind of statement a result belongs to (snowflake-sdk `statement_type.js`). */
import type { Token } from '../sql/lexer';

const SELECT = 0x1000;
const SESSION_CONTROL = 0x4000;
const TRANSACTION = 0x5000;
const DDL = 0x6000;
/** A text of several statements. */
export const MULTI_STATEMENT = 0xa000;

const BY_FIRST_WORD: Record<string, number> = {
  SELECT,
  WITH: SELECT,
  VALUES: SELECT,
  INSERT: 0x3100,
  UPDATE: 0x3200,
  DELETE: 0x3300,
  MERGE: 0x3400,
  BEGIN: TRANSACTION,
  COMMIT: TRANSACTION,
  ROLLBACK: TRANSACTION,
  CREATE: DDL,
  ALTER: DDL,
  DROP: DDL,
  UNDROP: DDL,
  TRUNCATE: DDL,
  COMMENT: DDL,
  GRANT: DDL,
  REVOKE: DDL,
};

export function statementTypeId(tokens: readonly Token[]): number {
  const [first, second] = tokens;
  if (!first) return SELECT;
  if (first.text === '(') return SELECT;
  if (first.value === 'ALTER' && second?.value === 'SESSION') return SESSION_CONTROL;
  if (first.value === 'BEGIN' && second && !/^(TRANSACTION|WORK|NAME)$/.test(second.value))
    return SESSION_CONTROL;
  return BY_FIRST_WORD[first.value] ?? SESSION_CONTROL;
}

/**
 * The look of queries that were built rather than written: the view's SELECT. sql-formatter's Snowflake dialect takes
 * tasks and Scripting blocks apart, so those keep the look of their templates.
 */
import { type DialectOptions, formatDialect, snowflake } from 'sql-formatter';

/** Functions sql-formatter does not know, and would part from their brackets. */
const dialect: DialectOptions = {
  ...snowflake,
  tokenizerOptions: {
    ...snowflake.tokenizerOptions,
    reservedFunctionNames: [...snowflake.tokenizerOptions.reservedFunctionNames, 'ARRAY_SORT'],
    // Scripting's binds; what stands here is never a Snowflake path, which has no colon before a word.
    paramTypes: { custom: [{ regex: ':(?:v_[a-z_]+|PROJECT_NAME)' }] },
  },
};

/**
 * @param sql one query, without the closing semicolon
 * @param expressionWidth longest expression in brackets that stays on one line, in characters
 */
export function formatQuery(sql: string, { expressionWidth = 100 } = {}): string {
  return formatDialect(sql, { dialect, tabWidth: 4, keywordCase: 'upper', expressionWidth }).trim();
}

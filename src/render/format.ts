/**
 * The look of queries that were built rather than written. sql-formatter's Snowflake dialect takes tasks and Scripting
 * blocks apart, so those keep the look of their templates.
 *
 * It is the slowest part of generating: most of its time goes into patterns for 300 clauses of DDL and 600 functions.
 * A query has ten clauses, and a word before a bracket is a function unless it is a keyword.
 */
import { type DialectOptions, formatDialect, snowflake } from 'sql-formatter';

const dialect: DialectOptions = {
  ...snowflake,
  tokenizerOptions: {
    ...snowflake.tokenizerOptions,
    reservedClauses: [
      'WITH',
      'FROM',
      'WHERE',
      'GROUP BY',
      'HAVING',
      'QUALIFY',
      'PARTITION BY',
      'ORDER BY',
      'LIMIT',
    ],
    reservedFunctionNames: [],
    // Scripting's binds; what stands here is never a Snowflake path, which has no colon before a word.
    paramTypes: { custom: [{ regex: ':(?:v_[a-z_]+|PROJECT_NAME)' }] },
  },
};

/**
 * @param sql one query, without the closing semicolon
 * @param expressionWidth longest expression in brackets that stays on one line, in characters
 */
export function formatQuery(sql: string, { expressionWidth = 100 } = {}): string {
  const text = formatDialect(sql, { dialect, tabWidth: 4, keywordCase: 'upper', expressionWidth });
  return text
    .replace(WORD_AND_BRACKET, (whole, word?: string) =>
      word === undefined || KEYWORDS.has(word.toUpperCase()) ? whole : `${word}(`,
    )
    .trim();
}

/** Strings and quoted names are passed over. */
const WORD_AND_BRACKET = /'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"]|"")*"|\b([A-Za-z_]\w*) \(/g;

const KEYWORDS = new Set(
  (
    'ALL AND AS BETWEEN BY CASE DISTINCT ELSE EXCEPT EXISTS FROM GROUP HAVING IN INTERSECT IS JOIN LATERAL LIKE NOT ON OR ' +
    'OVER QUALIFY SELECT THEN UNION USING VALUES WHEN WHERE WITH'
  ).split(' '),
);

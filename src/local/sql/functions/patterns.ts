/**
 * Patterns of regular expressions, as far as Snowflake's and DuckDB's differ.
 * https://docs.snowflake.com/en/sql-reference/functions-regexp
 */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { literalOf, textOf } from './types';

/** An escaped letter, a class, a quantifier that is lazy, what begins a group. */
const TOKEN = /\\.|\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]|([*+?}]\?)|(\((?!\?(?!P<)))/gsu;

/** How many groups a pattern has. @throws NotModelled for lazy quantifiers, which Snowflake has not */
function groupsIn(pattern: string, name: string): number {
  let groups = 0;
  for (const [, lazy, group] of pattern.matchAll(TOKEN)) {
    if (lazy) throw unsupported(`${name} with the non-greedy ${lazy}`);
    if (group) groups += 1;
  }
  return groups;
}

/** Groups of a literal pattern, undefined where it is computed. @throws NotModelled */
export function groupsOf(pattern: Lowered, name: string): number | undefined {
  const literal = literalOf(pattern);
  return literal === undefined ? undefined : groupsIn(literal, name);
}

/** Matches nothing at all. */
const NOTHING = '[^\\s\\S]';
const HOLDS_TEXT = /'(?:[^']|'')+' *\|\||\|\| *'(?:[^']|'')+'/;

/** The pattern of what is searched for: an empty one matches nothing, not even an empty text. */
export function searched(flags: string, pattern: Lowered): string {
  const literal = literalOf(pattern);
  if (literal === '') return quoteLiteral(NOTHING);
  const text = textOf(pattern);
  if (literal !== undefined || HOLDS_TEXT.test(text)) return flagged(flags, pattern);
  return `CASE WHEN ${text} = '' THEN ${quoteLiteral(NOTHING)} ELSE ${flagged(flags, pattern)} END`;
}

/** A computed pattern is looked at for lazy quantifiers when it is there. */
export function flagged(flags: string, pattern: Lowered): string {
  const prefix = flags === '' ? '' : `(?${flags})`;
  const literal = literalOf(pattern);
  if (literal !== undefined) return quoteLiteral(`${prefix}${literal}`);
  const text = `sf_greedy(${textOf(pattern)})`;
  return prefix === '' ? text : `('${prefix}' || ${text})`;
}

/**
 * Groups by number and backslashes: what a page says of a replacement. @throws NotModelled for anything
 * else
 */
export function checkReplacement(by: Lowered, groups: number | undefined): void {
  const literal = literalOf(by) ?? '';
  for (const [, next] of literal.matchAll(/\\(.?)/gsu)) {
    if (next !== '\\' && !/\d/.test(next!)) throw unsupported(`REGEXP_REPLACE by a text with \\${next}`);
    if (groups !== undefined && Number(next) > groups)
      throw unsupported(`REGEXP_REPLACE by the group ${next} of ${groups}`);
  }
}

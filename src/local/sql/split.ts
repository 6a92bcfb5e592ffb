/**
 * Cuts a text into statements where the client asks for several (MULTI_STATEMENT_COUNT): at semicolons outside of
 * literals, `$$` bodies and Scripting blocks.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/blocks
 */
import { tokenize, type Token } from './lexer';

/** Each statement as written, without its semicolon; none for a text of comments. @throws SnowflakeError 001003 */
export function splitStatements(sql: string): string[] {
  const tokens = tokenize(sql);
  const statements: string[] = [];
  for (let start = 0; start < tokens.length;) {
    const end = endOfStatement(tokens, start);
    if (end > start) statements.push(sql.slice(tokens[start]!.start, tokens[end - 1]!.end));
    start = end + 1;
  }
  return statements;
}

/**
 * Index of the semicolon that ends the statement, or of the end of the text. Counts what END closes: BEGIN and CASE.
 * IF, FOR, WHILE, LOOP and REPEAT stand only inside a BEGIN and have an END of their own. `declaring` counts the parts
 * between a DECLARE and its BEGIN: a nested procedure declared there has its own.
 */
function endOfStatement(tokens: readonly Token[], start: number): number {
  let depth = 0;
  let declaring = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    if (token.text === ';' && depth === 0 && declaring === 0) return at;
    if (token.kind !== 'word') continue;
    const inside = depth > 0 || declaring > 0;
    if (token.value === 'END' && depth > 0) {
      if (!endsLoop(tokens[at + 1])) depth -= 1;
      if (tokens[at + 1]?.value === 'CASE') at += 1;
    } else if (token.value === 'CASE') {
      depth += 1;
    } else if (token.value === 'DECLARE' && depth === 0 && (inside || startsBlock(tokens, start, at))) {
      declaring += 1;
    } else if (token.value === 'BEGIN' && !startsTransaction(tokens, at)) {
      if (inside || startsBlock(tokens, start, at)) depth += 1;
      const ofNestedProcedure = tokens[at - 1]?.value === 'AS';
      if (declaring > 0 && depth === 1 && !ofNestedProcedure) declaring -= 1;
    }
  }
  return tokens.length;
}

const endsLoop = (next: Token | undefined): boolean =>
  next?.kind === 'word' && /^(IF|FOR|WHILE|LOOP|REPEAT)$/.test(next.value);

/** The first word of the statement, the body of CREATE PROCEDURE, CREATE TASK, WITH ... AS PROCEDURE, or the action of an alert. */
function startsBlock(tokens: readonly Token[], start: number, at: number): boolean {
  if (at === start) return true;
  const first = tokens[start]!.value;
  const before = tokens[at - 1]!.value;
  if (first === 'ALTER') return before === 'ACTION';
  if (before === 'THEN') return first === 'CREATE' && isAlert(tokens.slice(start, start + 4));
  return before === 'AS' && (first === 'CREATE' || first === 'WITH');
}

/** `CREATE [OR REPLACE | OR ALTER] ALERT`. */
const isAlert = (tokens: readonly Token[]): boolean =>
  tokens[tokens[1]?.value === 'OR' ? 3 : 1]?.value === 'ALERT';

/** https://docs.snowflake.com/en/sql-reference/sql/begin: `BEGIN [ { WORK | TRANSACTION } ] [ NAME <name> ]`. */
function startsTransaction(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  if (!next || next.text === ';') return true;
  if (next.kind !== 'word') return false;
  const named = next.value === 'NAME' && tokens[at + 2]?.kind === 'word';
  return named || next.value === 'TRANSACTION' || next.value === 'WORK';
}

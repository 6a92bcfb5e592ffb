/** IF and CASE. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/branch */
import type { Case, If } from '../ast';
import { parseStatements } from './block';
import { parseCondition } from './condition';
import { expressionUntil, placeOf, type ScriptReader } from './reader';

export function parseIf(reader: ScriptReader): If {
  const place = placeOf(reader);
  reader.expect('IF');
  const branches: If['branches'] = [];
  do {
    const condition = parseCondition(reader, 'THEN');
    reader.expect('THEN');
    branches.push({ condition, statements: parseStatements(reader, 'ELSEIF', 'ELSE', 'END') });
  } while (reader.accept('ELSEIF'));
  const otherwise = reader.accept('ELSE') ? parseStatements(reader, 'END') : [];
  reader.expect('END', 'IF');
  return { is: 'if', branches, otherwise, place };
}

/** Simple (`CASE (x) WHEN 1 THEN`) and searched (`CASE WHEN x = 1 THEN`); it ends with END or END CASE. */
export function parseCase(reader: ScriptReader): Case {
  const place = placeOf(reader);
  reader.expect('CASE');
  const operand = reader.sees('WHEN') ? undefined : expressionUntil(reader, 'WHEN');
  const branches: Case['branches'] = [];
  while (reader.accept('WHEN')) {
    const condition = expressionUntil(reader, 'THEN');
    reader.expect('THEN');
    branches.push({ condition, statements: parseStatements(reader, 'WHEN', 'ELSE', 'END') });
  }
  if (branches.length === 0) reader.fail();
  const otherwise = reader.accept('ELSE') ? parseStatements(reader, 'END') : [];
  reader.expect('END');
  reader.accept('CASE');
  return { is: 'case', operand, branches, otherwise, place };
}

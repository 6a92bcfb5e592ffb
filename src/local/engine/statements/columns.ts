/** The column list of CREATE TABLE. https://docs.snowflake.com/en/sql-reference/sql/create-table */
import { unsupported } from '../../errors';
import type { ColumnRecord } from '../../catalog/objects';
import { parseExpression } from '../../sql/parse/expression';
import type { TokenReader } from '../../sql/token-reader';
import { parseType } from '../../sql/types';

/** Reads up to and over the closing bracket; the opening one has been read. */
export function readColumns(reader: TokenReader): ColumnRecord[] {
  const columns: ColumnRecord[] = [];
  do {
    if (!readTableConstraint(reader, columns)) columns.push(readColumn(reader));
  } while (reader.accept(','));
  reader.expect(')');
  return columns;
}

export function readTableConstraint(reader: TokenReader, columns: readonly ColumnRecord[]): boolean {
  if (reader.sees('INDEX') && reader.peek(2)?.value === '(') throw unsupported('INDEX');
  const named = reader.accept('CONSTRAINT');
  if (named) reader.identifier();
  const primary = reader.accept('PRIMARY', 'KEY');
  const unique = !primary && reader.accept('UNIQUE');
  if (!primary && !unique) {
    if (reader.sees('FOREIGN', 'KEY')) throw unsupported('FOREIGN KEY');
    return named ? reader.fail() : false;
  }
  reader.expect('(');
  do {
    const name = reader.identifier();
    const column = columns.find((each) => each.name === name);
    if (column && primary) column.primaryKey = true;
    if (column && unique) column.uniqueKey = true;
  } while (reader.accept(','));
  reader.expect(')');
  readEnforcement(reader);
  return true;
}

/** Keys are never enforced. */
function readEnforcement(reader: TokenReader): void {
  if (reader.sees('ENFORCED')) throw unsupported('ENFORCED keys');
  while (reader.accept('NOT', 'ENFORCED') || reader.accept('NORELY') || reader.accept('RELY'));
}

export function readColumn(reader: TokenReader): ColumnRecord {
  const column: ColumnRecord = { name: reader.identifier(), type: parseType(reader), nullable: true };
  while (readClause(reader, column));
  return column;
}

function readClause(reader: TokenReader, column: ColumnRecord): boolean {
  if (reader.accept('NOT', 'NULL')) column.nullable = false;
  else if (reader.accept('NULL')) column.nullable = true;
  else if (reader.accept('DEFAULT')) column.default = readDefault(reader);
  else if (reader.accept('COMMENT')) column.comment = reader.string();
  else if (reader.accept('PRIMARY', 'KEY')) Object.assign(column, { primaryKey: true, nullable: false });
  else if (reader.accept('UNIQUE')) column.uniqueKey = true;
  else if (reader.accept('AUTOINCREMENT') || reader.accept('IDENTITY'))
    column.autoincrement = readAutoincrement(reader);
  else if (reader.accept('CONSTRAINT')) reader.identifier();
  else if (reader.sees('REFERENCES') || reader.sees('FOREIGN', 'KEY')) throw unsupported('FOREIGN KEY');
  else if (reader.sees('COLLATE')) throw unsupported('COLLATE');
  else if (reader.sees('AS') || reader.sees('GENERATED')) throw unsupported('computed columns');
  else if (reader.sees('CHECK')) throw unsupported('CHECK');
  else return false;
  if (column.primaryKey || column.uniqueKey) readEnforcement(reader);
  return true;
}

/** The expression's text; where it ends is found by parsing it. */
function readDefault(reader: TokenReader): string {
  const start = reader.peek()?.start ?? reader.fail();
  parseExpression(reader);
  return reader.text.slice(start, reader.tokens[reader.at - 1]!.end);
}

function readAutoincrement(reader: TokenReader): NonNullable<ColumnRecord['autoincrement']> {
  let [start, step] = [1, 1];
  if (reader.accept('(')) {
    start = reader.integer();
    reader.expect(',');
    step = reader.integer();
    reader.expect(')');
  } else {
    if (reader.accept('START')) {
      reader.accept('WITH');
      start = reader.integer();
    }
    if (reader.accept('INCREMENT')) {
      reader.accept('BY');
      step = reader.integer();
    }
  }
  const ordered = reader.accept('ORDER');
  if (!ordered) reader.accept('NOORDER');
  return { sequence: '', start, step, ordered };
}

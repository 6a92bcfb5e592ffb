/** What stands between CREATE and the body. https://docs.snowflake.com/en/sql-reference/sql/create-procedure */
import { SnowflakeError, unsupported } from '../../errors';
import type { TokenReader } from '../../sql/token-reader';
import { parseType } from '../../sql/types';
import { readsOutput } from '../parse/argument-mode';
import { declaredName } from '../parse/reader';
import type { ProcedureArgument, ProcedureRecord, Returns } from './record';

export interface CreateProcedure extends Pick<
  ProcedureRecord,
  'args' | 'returns' | 'nullHandling' | 'executeAs' | 'comment' | 'secure' | 'body'
> {
  parts: string[];
  mode: 'create' | 'replace' | 'alter';
  ifNotExists: boolean;
  copyGrants: boolean;
}

export function parseCreate(reader: TokenReader): CreateProcedure {
  reader.expect('CREATE');
  const mode = reader.accept('OR', 'REPLACE') ? 'replace' : reader.accept('OR', 'ALTER') ? 'alter' : 'create';
  if (reader.accept('TEMP') || reader.accept('TEMPORARY')) throw unsupported('TEMPORARY PROCEDURE');
  const secure = reader.accept('SECURE');
  reader.expect('PROCEDURE');
  const ifNotExists = reader.accept('IF', 'NOT', 'EXISTS');
  const parts = reader.name();
  const args = parseArguments(reader);
  return { mode, secure, ifNotExists, parts, ...parseDefinition(reader, args) };
}

/** From after the arguments to the end of the body; WITH ... AS PROCEDURE has the same. */
export function parseDefinition(
  reader: TokenReader,
  args: ProcedureArgument[],
): Omit<CreateProcedure, 'mode' | 'secure' | 'ifNotExists' | 'parts'> {
  const copyGrants = reader.accept('COPY', 'GRANTS');
  reader.expect('RETURNS');
  const returns = parseReturns(reader);
  const options: Options = { nullHandling: 'CALLED ON NULL INPUT', executeAs: 'OWNER', comment: undefined };
  while (!reader.accept('AS')) parseOption(reader, options);
  return { args, copyGrants, returns, ...options, body: parseBody(reader) };
}

export function parseArguments(reader: TokenReader): ProcedureArgument[] {
  reader.expect('(');
  const args: ProcedureArgument[] = [];
  while (!reader.sees(')')) {
    const arg = parseArgument(reader);
    if (args.some((other) => other.name === arg.name)) throw twice(arg.name);
    if (arg.default === undefined && args.at(-1)?.default !== undefined) throw defaultsComeLast(arg.name);
    args.push(arg);
    if (!reader.accept(',')) break;
  }
  reader.expect(')');
  return args;
}

function parseArgument(reader: TokenReader): ProcedureArgument {
  const name = declaredName(reader);
  const isOut = readsOutput(reader);
  const type = parseType(reader);
  const hasDefault = reader.accept('DEFAULT');
  if (isOut && hasDefault) throw noDefaultOut(name);
  const written = hasDefault ? expressionText(reader) : undefined;
  return { name, type, default: written, ...(isOut ? { out: true } : {}) };
}

function noDefaultOut(name: string): SnowflakeError {
  const message = `Output argument '${name}' cannot have a DEFAULT.`;
  return new SnowflakeError('001003', '42000', `SQL compilation error:\n${message}`);
}

/** Up to the comma or parenthesis that ends the argument. */
function expressionText(reader: TokenReader): string {
  const first = reader.peek() ?? reader.fail();
  let depth = 0;
  let end = first.start;
  for (let token = reader.peek(); token; token = reader.peek()) {
    if (depth === 0 && (token.text === ',' || token.text === ')')) break;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    end = reader.next().end;
  }
  if (end === first.start) reader.fail();
  return reader.text.slice(first.start, end);
}

function twice(name: string): SnowflakeError {
  const message = `Argument '${name}' is declared twice.`;
  return new SnowflakeError('001003', '42000', `SQL compilation error:\n${message}`);
}

function defaultsComeLast(name: string): SnowflakeError {
  const message = `Required argument '${name}' follows an optional argument: arguments with a DEFAULT come last.`;
  return new SnowflakeError('001003', '42000', `SQL compilation error:\n${message}`);
}

function parseReturns(reader: TokenReader): Returns {
  if (!reader.accept('TABLE')) {
    const type = parseType(reader);
    return { is: 'scalar', type, notNull: reader.accept('NOT', 'NULL') };
  }
  reader.expect('(');
  const columns: { name: string; type: ReturnType<typeof parseType> }[] = [];
  while (!reader.sees(')')) {
    columns.push({ name: reader.identifier(), type: parseType(reader) });
    if (!reader.accept(',')) break;
  }
  reader.expect(')');
  return { is: 'table', columns: columns.length > 0 ? columns : 'any' };
}

type Options = Pick<CreateProcedure, 'nullHandling' | 'executeAs' | 'comment'>;

function parseOption(reader: TokenReader, options: Options): void {
  if (reader.accept('LANGUAGE')) {
    const language = reader.identifier();
    if (language !== 'SQL') throw unsupported(`LANGUAGE ${language}`);
  } else if (reader.accept('CALLED', 'ON', 'NULL', 'INPUT')) {
    options.nullHandling = 'CALLED ON NULL INPUT';
  } else if (reader.accept('STRICT') || reader.accept('RETURNS', 'NULL', 'ON', 'NULL', 'INPUT')) {
    options.nullHandling = 'RETURNS NULL ON NULL INPUT';
  } else if (reader.accept('COMMENT')) {
    reader.expect('=');
    options.comment = reader.string();
  } else if (reader.accept('EXECUTE', 'AS')) {
    options.executeAs = parseRights(reader);
  } else if (!reader.accept('VOLATILE')) {
    refuseOption(reader);
  }
}

/** Clauses that Snowflake has for other languages or other features. */
function refuseOption(reader: TokenReader): never {
  const refused = [
    'IMMUTABLE',
    'HANDLER',
    'PACKAGES',
    'IMPORTS',
    'RUNTIME_VERSION',
    'SECRETS',
    'LOG_LEVEL',
    'TRACE_LEVEL',
  ];
  for (const word of refused) if (reader.sees(word)) throw unsupported(`${word} of a procedure`);
  return reader.fail();
}

export function parseRights(reader: TokenReader): ProcedureRecord['executeAs'] {
  if (reader.accept('RESTRICTED')) {
    reader.expect('CALLER');
    return 'RESTRICTED CALLER';
  }
  if (reader.accept('CALLER')) return 'CALLER';
  reader.expect('OWNER');
  return 'OWNER';
}

/** A string, `$$...$$`, or the block itself. */
function parseBody(reader: TokenReader): string {
  const kind = reader.peek()?.kind;
  if (kind !== 'string' && kind !== 'dollar') return reader.rest();
  const body = reader.string();
  reader.accept(';');
  return body;
}

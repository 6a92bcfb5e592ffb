/** From a body's text to its parsed, compiled block, once for each text. */
import { syntaxError } from '../errors';
import { VERBS } from '../reference/statements';
import type { Block } from './ast';
import { checkBlock, type Signature } from './compile/check';
import { isBlockStart, parseBodyBlock } from './parse/block';
import { placeOf, readBody, type ScriptReader } from './parse/reader';
import { parseStatement } from './parse/statements';

/** Procedures are called thousands of times in a rehearsal; the texts of EXECUTE IMMEDIATE blocks may all differ. */
const CACHE_SIZE = 256;
/** By body, then by signature: a body is a long text, which a Map finds at once as long as it is the same object. */
const cache = new Map<string, Map<string, Block>>();

const NO_SIGNATURE: Signature = { parameters: [], returns: undefined };

/**
 * The body as it is run: read, and with every name, type and assignment in it checked, reached or not.
 * @throws SnowflakeError 001003, 000904 and the other compilation errors
 */
export function compile(body: string, signature: Signature = NO_SIGNATURE): Block {
  const key = JSON.stringify(signature);
  const known = cache.get(body)?.get(key);
  if (known) return known;
  const block = parseBody(body);
  checkBlock(block, signature);
  const oldest = cache.keys().next();
  if (cache.size >= CACHE_SIZE && !oldest.done) cache.delete(oldest.value);
  cache.set(body, (cache.get(body) ?? new Map<string, Block>()).set(key, block));
  return block;
}

/**
 * What CREATE PROCEDURE reads of a body: its syntax and its types. Names are looked at when it is called.
 * @throws SnowflakeError 001003
 */
export function parseBody(body: string): Block {
  return readBlock(readBody(body));
}

/** A block, or one statement with its semicolon. */
export function readBlock(reader: ScriptReader): Block {
  if (!isBlockStart(reader)) return readStatement(reader);
  const block = parseBodyBlock(reader);
  while (reader.accept(';'));
  reader.end();
  return block;
}

function readStatement(reader: ScriptReader): Block {
  const place = placeOf(reader);
  const first = reader.peek();
  if (first?.kind !== 'word' || !VERBS.has(first.value)) reader.fail();
  const statement = parseStatement(reader);
  // Snowflake puts a block around it, in which it ends two lines further down.
  if (!reader.accept(';')) throw syntaxError(reader.text.split('\n').length + 2, 4, '<EOF>');
  reader.end();
  return { is: 'block', declarations: [], statements: [statement], handlers: [], place };
}

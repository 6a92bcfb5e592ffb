/** From a body's text to its parsed, checked block, once for each text. */
import type { Block } from './ast';
import { checkBlock } from './check';
import { parseBlock } from './parse/block';
import { readBody } from './parse/reader';

/** Procedures are called thousands of times in a rehearsal; the texts of EXECUTE IMMEDIATE blocks may all differ. */
const CACHE_SIZE = 256;
const cache = new Map<string, Block>();

/**
 * @param parameters names that the body may use besides what it declares: a procedure's arguments
 * @throws SnowflakeError 001003 and the other compilation errors
 */
export function compile(body: string, parameters: readonly string[] = []): Block {
  const key = `${parameters.join(',')}|${body}`;
  const known = cache.get(key);
  if (known) return known;
  const block = parse(body);
  checkBlock(block, parameters);
  const oldest = cache.keys().next();
  if (cache.size >= CACHE_SIZE && !oldest.done) cache.delete(oldest.value);
  cache.set(key, block);
  return block;
}

function parse(body: string): Block {
  const reader = readBody(body);
  const block = parseBlock(reader);
  reader.accept(';');
  reader.end();
  return block;
}

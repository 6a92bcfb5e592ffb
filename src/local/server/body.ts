/** Reads a request's body: JSON, gzipped or not, up to a size. */
import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** 16 MiB; Snowflake's own limit for a statement is 1 MB. https://docs.snowflake.com/en/user-guide/query-size-limits */
const LARGEST_BODY = 16 * 1024 * 1024;

/** A request that is not one: its HTTP status and what is wrong with it. */
export class BadRequest extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'BadRequest';
  }
}

/** @throws BadRequest 413 too large, 400 not JSON or not an object; an empty body is an empty object */
export async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const raw = await readAll(request);
  const text = (isGzip(raw) ? inflate(raw) : raw).toString('utf8');
  if (text.trim() === '') return {};
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadRequest(400, 'the body is no JSON object');
  }
  return value as Record<string, unknown>;
}

/** What is too large is read to its end all the same, and dropped: only then does the client read the answer. */
async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > LARGEST_BODY) throw tooLarge();
  return Buffer.concat(chunks);
}

/** By its first bytes: drivers say `Content-Encoding: gzip` on a retry whose body is plain. */
const isGzip = (raw: Buffer): boolean => raw[0] === 0x1f && raw[1] === 0x8b;

function inflate(raw: Buffer): Buffer {
  try {
    return gunzipSync(raw, { maxOutputLength: LARGEST_BODY });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new BadRequest(400, 'the body is damaged gzip');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest(400, 'the body is not JSON');
  }
}

const tooLarge = (): BadRequest =>
  new BadRequest(413, `the request is larger than ${LARGEST_BODY / 1024 / 1024} MiB`);

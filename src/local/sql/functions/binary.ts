/** Hexadecimal, base64, digests. https://docs.snowflake.com/en/sql-reference/functions-string#encoding-decoding */
import { unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Lowered } from '../compilation';
import { define } from './registry';
import { integer, literalText, textOf, varchar } from './types';

const BINARY: SqlType = { kind: 'BINARY' };

const bytesOf = (value: Lowered): string =>
  value.type.kind === 'BINARY' ? value.sql : `encode(${textOf(value)})`;

/** From and to bytes, by the name of the format. */
interface Format {
  read(text: string): string;
  /** NULL for what cannot be read. */
  tryRead(text: string): string;
  write(bytes: string): string;
}
const FORMATS: Record<'HEX' | 'BASE64' | 'UTF-8', Format> = {
  HEX: {
    read: (text) => `sf_unhex(${text})`,
    tryRead: (text) => `sf_try_unhex(${text})`,
    write: (bytes) => `hex(${bytes})`,
  },
  BASE64: {
    read: (text) => `from_base64(${text})`,
    tryRead: (text) => `TRY(from_base64(${text}))`,
    write: (bytes) => `to_base64(${bytes})`,
  },
  'UTF-8': {
    read: (text) => `encode(${text})`,
    tryRead: (text) => `encode(${text})`,
    write: (bytes) => `decode(${bytes})`,
  },
};

function formatOf(name: string): Format {
  const key = name.toUpperCase().replace('UTF8', 'UTF-8');
  if (key === 'HEX' || key === 'BASE64' || key === 'UTF-8') return FORMATS[key];
  throw unsupported(`binary format '${name}'`);
}

/** Bytes as text in that format. */
export const binaryText = (bytes: string, format: string): string => formatOf(format).write(bytes);

for (const name of ['TO_BINARY', 'TRY_TO_BINARY']) {
  define(name, [1, 2], ([a, format]) => {
    if (a!.type.kind === 'BINARY') return a!;
    const { read, tryRead } = formatOf(format ? literalText(format, name) : 'HEX');
    return { sql: (name === 'TO_BINARY' ? read : tryRead)(textOf(a!)), type: BINARY };
  });
}

/** The second argument is 1 for upper case (the default), 0 for lower case. */
define('HEX_ENCODE', [1, 2], ([a, upper]) => {
  const digits = `hex(${bytesOf(a!)})`;
  return varchar(upper?.sql === '0' ? `lower(${digits})` : digits);
});
/**
 * A line's length and an alphabet may follow.
 * https://docs.snowflake.com/en/sql-reference/functions/base64_encode
 */
function onlyText([text, ...more]: Lowered[], { name }: { name: string }): Lowered {
  if (more.length > 0) throw unsupported(`${name} with lines or another alphabet`);
  return text!;
}

define('BASE64_ENCODE', [1, 3], (args, call) => varchar(`to_base64(${bytesOf(onlyText(args, call))})`));
for (const name of ['HEX', 'BASE64'] as const) {
  const most = name === 'HEX' ? 1 : 2;
  const { read, tryRead } = FORMATS[name];
  define(`${name}_DECODE_STRING`, [1, most], (args, call) =>
    varchar(`decode(${read(textOf(onlyText(args, call)))})`),
  );
  define(`TRY_${name}_DECODE_STRING`, [1, most], (args, call) =>
    varchar(`TRY(decode(${tryRead(textOf(onlyText(args, call)))}))`),
  );
  define(`${name}_DECODE_BINARY`, [1, most], (args, call) => ({
    sql: read(textOf(onlyText(args, call))),
    type: BINARY,
  }));
  define(`TRY_${name}_DECODE_BINARY`, [1, most], (args, call) => ({
    sql: tryRead(textOf(onlyText(args, call))),
    type: BINARY,
  }));
}

define('MD5 MD5_HEX', 1, ([a]) => varchar(`md5(${bytesOf(a!)})`));
define('SHA1 SHA1_HEX', 1, ([a]) => varchar(`sha1(${bytesOf(a!)})`));
define('MD5_BINARY', 1, ([a]) => ({ sql: `unhex(md5(${bytesOf(a!)}))`, type: BINARY }));
define('SHA1_BINARY', 1, ([a]) => ({ sql: `unhex(sha1(${bytesOf(a!)}))`, type: BINARY }));
/** DuckDB has the digest of 256 bits only. */
function sha256([a, size]: Lowered[]): string {
  if (size && size.sql !== '256') throw unsupported(`SHA2 of ${size.sql} bits`);
  return `sha256(${bytesOf(a!)})`;
}
define('SHA2 SHA2_HEX', [1, 2], (args) => varchar(sha256(args)));
define('SHA2_BINARY', [1, 2], (args) => ({ sql: `unhex(${sha256(args)})`, type: BINARY }));
define('MD5_NUMBER_UPPER64', 1, ([a]) => integer(`CAST('0x' || left(md5(${bytesOf(a!)}), 16) AS UBIGINT)`));
define('MD5_NUMBER_LOWER64', 1, ([a]) => integer(`CAST('0x' || right(md5(${bytesOf(a!)}), 16) AS UBIGINT)`));

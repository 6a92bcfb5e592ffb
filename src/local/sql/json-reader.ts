/**
 * JSON as PARSE_JSON reads it, with what is no JSON and it takes all the same: keys without quotes, single quotes, a
 * comma before a closing brace, elements left out, NaN and infinities, numbers without a leading or trailing digit.
 * Digits are not lost on the way through numbers of JavaScript.
 * https://docs.snowflake.com/en/sql-reference/functions/parse_json, .../check_json
 */

/** The value as JSON, keys in order (null for text with no document in it); or what is wrong with the text, and where. */
export type JsonReading = { json: string | null } | { fault: string };

const DEEPEST = 500;

class Fault extends Error {}

export function readJson(text: string): JsonReading {
  try {
    return { json: new Reader(text).document() };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

const KEYWORDS: Readonly<Record<string, string>> = {
  true: 'true',
  false: 'false',
  null: 'null',
  // Of these JSON has no form; DuckDB reads the first two.
  nan: 'NaN',
  infinity: 'Infinity',
  undefined: 'null',
};
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const OWN_SELVES = new Set(['"', "'", '\\', '/']);

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): string | null {
    const first = this.peek();
    if (first === undefined) return null;
    if (first === ',') throw new Fault('garbage after valid input document');
    const value = this.value(0);
    const next = this.peek();
    if (next === undefined) return value;
    throw new Fault(
      /["'[{]/.test(next) ? 'more than one document in the input' : 'garbage after valid input document',
    );
  }

  private value(depth: number, inside?: 'object' | 'array'): string {
    const next = this.peek();
    if (depth > DEEPEST) throw this.fault('nested too deeply', this.at);
    if (next === undefined) throw this.fault(`incomplete ${inside ?? 'object'} value`, this.text.length);
    if (next === '{') return this.object(depth);
    if (next === '[') return this.array(depth);
    if (next === '"' || next === "'") return JSON.stringify(this.string());
    if (next === ',') throw this.fault('misplaced comma', this.at);
    if (/[\]}]/.test(next)) throw this.fault(`misplaced ${next}`, this.at);
    if (next === ':') throw this.fault('misplaced colon', this.at);
    if (/[-+.\d]/.test(next)) return this.number();
    return this.keyword();
  }

  private array(depth: number): string {
    this.at += 1;
    const items: string[] = [];
    if (this.accept(']')) return '[]';
    for (;;) {
      const next = this.peek();
      // An element that is left out is undefined.
      items.push(next === ',' || next === ']' ? 'null' : this.value(depth + 1, 'array'));
      if (this.accept(']')) return `[${items.join(',')}]`;
      if (!this.accept(',')) throw this.separator('array', 'comma', '}');
      // After one that is left out, a last comma stands for none.
      if (next === ',' && this.accept(']')) return `[${items.join(',')}]`;
    }
  }

  private object(depth: number): string {
    this.at += 1;
    const entries = new Map<string, string>();
    while (!this.accept('}')) {
      const key = this.key();
      if (entries.has(key))
        throw this.fault(`duplicate object attribute ${JSON.stringify(key)}`, this.at - 1);
      if (!this.accept(':')) throw this.separator('object', 'colon', ']}');
      entries.set(key, this.value(depth + 1, 'object'));
      if (!this.accept(',') && this.peek() !== '}') throw this.separator('object', 'comma', ']');
    }
    const keys = [...entries.keys()].sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${entries.get(key)!}`).join(',')}}`;
  }

  private key(): string {
    const next = this.peek();
    if (next === '"' || next === "'") return this.string();
    const [word] = this.match(/[\p{L}_][\p{L}\p{N}_]*/uy) ?? [];
    if (word !== undefined) {
      this.at += word.length;
      return word;
    }
    if (next === undefined) throw this.fault('incomplete object value', this.text.length);
    if (next === ',') throw this.fault('misplaced comma', this.at);
    if (next === ':') throw this.fault('misplaced colon', this.at);
    if (/[\]}]/.test(next)) throw this.fault(`misplaced ${next}`, this.at);
    throw this.invalid();
  }

  /** What is wrong where a separator should be. */
  private separator(inside: 'object' | 'array', name: string, closers: string): Fault {
    const next = this.peek();
    if (next === undefined) return this.fault(`incomplete ${inside} value`, this.text.length);
    if (closers.includes(next)) return this.fault(`misplaced ${next}`, this.at);
    if (next === ':') return this.fault('misplaced colon', this.at);
    if (next === ',') return this.fault('misplaced comma', this.at);
    return this.fault(`missing ${name}`, this.at);
  }

  private string(): string {
    const quote = this.text[this.at++]!;
    let value = '';
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined) throw this.fault('unfinished string', this.text.length);
      if (char === '\r') throw this.fault('unterminated string', this.at);
      if (char === '\n') throw new Fault(`unterminated string, line ${this.line(this.at) + 1}, pos 0`);
      this.at += 1;
      if (char === quote) return value;
      value += char === '\\' ? this.escaped() : char;
    }
  }

  private escaped(): string {
    const [, unicode, hex] = this.match(/u([\da-fA-F]{4})|x([\da-fA-F]{2})/y) ?? [];
    const digits = unicode ?? hex;
    if (digits !== undefined) {
      this.at += digits.length + 1;
      return String.fromCharCode(parseInt(digits, 16));
    }
    const char = this.text[this.at];
    const value = char !== undefined && OWN_SELVES.has(char) ? char : ESCAPES[char ?? ''];
    if (value === undefined) throw this.fault('bad escape sequence in the string', this.at);
    this.at += 1;
    return value;
  }

  private number(): string {
    const [signedWord, sign, word] = this.match(/([-+])([\p{L}_]+)/uy) ?? [];
    if (signedWord !== undefined) {
      this.at += signedWord.length;
      if (word!.toLowerCase() === 'infinity') return sign === '-' ? '-Infinity' : 'Infinity';
      throw this.fault(`unknown keyword "${signedWord}"`, this.at);
    }
    if (this.match(/[-+]{2}/y))
      throw this.fault(`stray ${this.text[this.at + 1] === '-' ? 'minus' : 'plus'} sign`, this.at + 1);
    const [whole, minus, digits, decimals, exponent] = this.match(
      /([-+]?)(?=[.\d])(\d*)(?:\.(\d*))?([eE][-+]?\d*)?/y,
    ) ?? [undefined];
    if (whole === undefined) throw this.fault('no number after a sign', this.at + 1);
    this.at += whole.length;
    if (exponent !== undefined && !/\d$/.test(exponent))
      throw this.fault(`missing decimal exponent digits: '${whole}'`, this.at);
    const [garbage] = this.match(/[\p{L}\p{N}_.]/uy) ?? [];
    if (garbage !== undefined)
      throw this.fault(`garbage in the numeric literal: ${whole}${garbage} `, this.at + garbage.length);
    const left = digits!.replace(/^0+(?=\d)/, '') || '0';
    const right = decimals ? `.${decimals}` : '';
    return `${minus === '-' ? '-' : ''}${left}${right}${exponent ?? ''}`;
  }

  private keyword(): string {
    const [word] = this.match(/[\p{L}_][\p{L}\p{N}_]*/uy) ?? [];
    if (word === undefined) throw this.invalid();
    this.at += word.length;
    const value = Object.hasOwn(KEYWORDS, word.toLowerCase()) ? KEYWORDS[word.toLowerCase()] : undefined;
    if (value === undefined) throw this.fault(`unknown keyword "${word}"`, this.at);
    return value;
  }

  private invalid(): Fault {
    const [char] = this.match(/[\s\S]/uy)!;
    return this.fault(`invalid character outside of a string: '${char}'`, this.at);
  }

  /** @param at counted from 0; shown counted from 1, in its line */
  private fault(what: string, at: number): Fault {
    const line = this.line(at);
    const position = at - this.text.lastIndexOf('\n', at - 1);
    return new Fault(line === 1 ? `${what}, pos ${position}` : `${what}, line ${line}, pos ${position}`);
  }

  private line(at: number): number {
    return this.text.slice(0, at).split('\n').length;
  }

  /** The next character that is no white space. */
  private peek(): string | undefined {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
    return this.text[this.at];
  }

  private accept(symbol: string): boolean {
    if (this.peek() !== symbol) return false;
    this.at += 1;
    return true;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }
}

/** Reads the tokens of one statement from left to right; every parser of the local Snowflake's own DDL is written on it. */
import { syntaxError } from '../errors';
import { lineAndPosition, type Token } from './lexer';

export class TokenReader {
  at = 0;
  /** Where the `?` are, counted once: a parser may go back, and there may be thousands. */
  private placeholders: Map<Token, number> | undefined;

  constructor(
    readonly text: string,
    readonly tokens: readonly Token[],
  ) {}

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  /** Whether the next tokens are these words or symbols. */
  sees(...values: string[]): boolean {
    return values.every((value, index) => isWordOrSymbol(this.peek(index), value));
  }

  /** Steps over these words or symbols if they come next. */
  accept(...values: string[]): boolean {
    if (!this.sees(...values)) return false;
    this.at += values.length;
    return true;
  }

  /** @throws SnowflakeError 001003 unless exactly these come next */
  expect(...values: string[]): void {
    for (const value of values) if (!this.accept(value)) this.fail();
  }

  next(): Token {
    const token = this.tokens[this.at];
    if (!token) return this.fail();
    this.at += 1;
    return token;
  }

  /** A string literal: single-quoted or `$$`. */
  string(): string {
    const token = this.next();
    if (token.kind === 'string' || token.kind === 'dollar') return token.value;
    this.at -= 1;
    return this.fail();
  }

  integer(): number {
    const negative = this.accept('-');
    const token = this.next();
    if (token.kind === 'number' && /^\d+$/.test(token.text)) return (negative ? -1 : 1) * Number(token.text);
    this.at -= 1;
    return this.fail();
  }

  /** Steps over a `?`. @returns the how-manieth of the text it is, from 0 */
  placeholder(): number {
    const token = this.next();
    const all = (): Token[] => this.tokens.filter((each) => isWordOrSymbol(each, '?'));
    this.placeholders ??= new Map(all().map((each, index) => [each, index]));
    return this.placeholders.get(token) ?? this.fail();
  }

  boolean(): boolean {
    if (this.accept('TRUE')) return true;
    if (this.accept('FALSE')) return false;
    return this.fail();
  }

  /** One to three parts, folded; `IDENTIFIER('a.b')` is a name too. */
  name(): string[] {
    if (this.accept('IDENTIFIER', '(')) {
      const parts = splitName(this.string());
      this.expect(')');
      return parts;
    }
    const parts = [this.identifier()];
    while (this.accept('.')) parts.push(this.identifier());
    return parts;
  }

  identifier(): string {
    const token = this.next();
    if (token.kind === 'word' || token.kind === 'quoted') return token.value;
    this.at -= 1;
    return this.fail();
  }

  /** The text from the current token to the end, as written: a task's body, a view's query. */
  rest(): string {
    const token = this.peek();
    const last = this.tokens[this.tokens.length - 1];
    if (!token || !last) return this.fail();
    this.at = this.tokens.length;
    return this.text.slice(token.start, last.end);
  }

  /** @throws SnowflakeError 001003 when something is left over */
  end(): void {
    if (!this.done) this.fail();
  }

  fail(): never {
    const token = this.peek();
    const { line, position } = lineAndPosition(this.text, token?.start ?? this.text.length);
    throw syntaxError(line, position, token?.text ?? '<EOF>');
  }
}

function isWordOrSymbol(token: Token | undefined, value: string): boolean {
  return token !== undefined && (token.kind === 'word' || token.kind === 'symbol') && token.value === value;
}

/** Parts of a name given as text: `edw."My Schema".t` gives `['EDW', 'My Schema', 'T']`. */
export function splitName(name: string): string[] {
  const parts = name.match(/"(?:[^"]|"")+"|[^."]+/g) ?? [];
  return parts.map((part) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.trim().toUpperCase(),
  );
}

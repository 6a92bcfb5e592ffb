import { lineAndPosition, tokenize } from '../../../src/local/sql/lexer';

const seen = (sql: string): string[] => tokenize(sql).map((token) => `${token.kind} ${token.value}`);

describe('tokens', () => {
  it('are words folded to upper case, quoted names as they are, strings as what they stand for', () => {
    expect(seen(`select "a""b", 'it''s\\n\\x41', $$raw 'x'$$ from b_1$`)).toEqual([
      'word SELECT',
      'quoted a"b',
      'symbol ,',
      "string it's\nA",
      'symbol ,',
      "dollar raw 'x'",
      'word FROM',
      'word B_1$',
    ]);
  });

  // https://docs.snowflake.com/en/sql-reference/data-types-text#escape-sequences-in-single-quoted-string-constants
  it.each([
    [String.raw`\'\"\\`, `'"\\`],
    [String.raw`\b\f\n\r\t\0`, '\b\f\n\r\t\0'],
    [String.raw`\101\060`, 'A0'],
    [String.raw`\x41\u26c4`, 'A\u26c4'],
    [String.raw`\7\18\z\%`, '718z%'],
    [String.raw`\1011`, 'A1'],
    [String.raw`\01`, '\x001'],
  ])('escapes %s', (written, value) => {
    expect(seen(`'${written}'`)).toEqual([`string ${value}`]);
  });

  it('are cut from numbers, operators and paths', () => {
    expect(seen('1.5e3::number v:a[0]->>x=>?')).toEqual([
      'number 1.5e3',
      'symbol ::',
      'word NUMBER',
      'word V',
      'symbol :',
      'word A',
      'symbol [',
      'number 0',
      'symbol ]',
      'symbol ->>',
      'word X',
      'symbol =>',
      'symbol ?',
    ]);
  });

  it('leave comments out', () => {
    expect(seen('a -- b\n/* c */ d // e')).toEqual(['word A', 'word D']);
  });

  it('have their place in the text, lines from 1 and positions from 0', () => {
    const sql = 'SELECT\n  ü FROM x';
    const [, second] = tokenize(sql);
    expect(lineAndPosition(sql, second!.start)).toEqual({ line: 2, position: 2 });
  });

  it('that never end are a syntax error where they begin', () => {
    expect(() => tokenize("SELECT 'open")).toThrow("syntax error line 1 at position 7 unexpected '''");
  });
});

import fc from '../properties';
import { tokenize } from '../../src/local/sql/lexer';
import {
  body,
  comment,
  constant,
  identifier,
  literal,
  optionalLiteral,
  qualified,
  symbol,
} from '../../src/sql-text';

const ATTACKS = [
  "it's",
  "'; DROP TABLE CROISSANT; --",
  "\\'; DROP TABLE CROISSANT; --",
  'ends with a backslash \\',
  '\\\\',
  'a "quoted" word',
  '$$',
  '$$$$',
  'a$$b$',
  'rye & wheat',
  '&&rye',
  '&{rye}',
  '<% rye %>',
  '{{ rye }}',
  '{{{{',
  '{% rye %}',
  '{# rye #}',
  'two\nlines',
  'windows\r\nlines',
  '\n!system ls',
  'tab\tand\0nul',
  '\u00012',
  '\0' + '12',
  'crème brûlée',
  'パン',
  '🥐',
  'a🥐b🥖',
  '🥐🥖',
  '-- comment',
  '/* comment */',
  'semi; colon :bind ?',
  ' ',
  '',
  '\uFEFFbom',
  '\u2028',
];

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });
const spicedText = fc
  .array(
    fc.constantFrom(
      "'",
      '"',
      '\\',
      '$',
      '&',
      '<',
      '%',
      '{',
      '#',
      '}',
      '\n',
      '\r',
      '0',
      'x',
      'u',
      'n',
      '🥐',
      'é',
    ),
  )
  .map((parts) => parts.join(''));

/** What an expression of literals, CHR() and || stands for, read by the local Snowflake's own lexer. */
function read(expression: string): string {
  const tokens = tokenize(expression);
  let text = '';
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    if (token.kind === 'string') text += token.value;
    else if (token.kind === 'number') text += String.fromCodePoint(Number(token.value));
    else if (token.kind !== 'word' && token.kind !== 'symbol') throw new Error(`unexpected ${token.text}`);
  }
  return text;
}

function expectHarmless(sql: string): void {
  expect(sql).toMatch(/^[\x20-\x7e]*$/);
  expect(sql).not.toMatch(/&|<%|\{\{|\{%|\{#|\$\$/);
}

describe('literal', () => {
  it.each(ATTACKS)('reads back as %j', (text) => {
    expect(read(literal(text))).toBe(text);
    expectHarmless(literal(text));
  });

  it('reads back any text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, spicedText), (text) => {
        expect(read(literal(text))).toBe(text);
        expectHarmless(literal(text));
      }),
    );
  });

  it('stays a literal inside a $$ body', () => {
    fc.assert(
      fc.property(spicedText, (text) => {
        const [outer] = tokenize(body(`SELECT ${literal(text)};`));
        expect(read(outer!.value.slice('SELECT '.length, -1))).toBe(text);
      }),
    );
  });

  it('leaves plain text readable', () => {
    expect(literal('dbt build --select stg_orders+')).toBe("'dbt build --select stg_orders+'");
  });

  it('writes a character beyond the basic plane as CHR', () => {
    expect(literal('🥐 first')).toBe("CHR(129360) || ' first'");
  });

  it('writes a null character so that a digit behind it does not join it', () => {
    expect(literal('\x0012')).toBe("'\\x0012'");
  });

  it('refuses half a surrogate pair', () => {
    expect(() => literal('\ud83e')).toThrow(/surrogate/);
  });

  it('writes no text as NULL', () => {
    expect(optionalLiteral(null)).toBe('NULL');
    expect(optionalLiteral('')).toBe("''");
  });
});

describe('constant', () => {
  it('is one token that reads back', () => {
    fc.assert(
      fc.property(spicedText, (text) => {
        fc.pre(!text.includes('🥐'));
        const tokens = tokenize(constant(text));
        expect(tokens.map((token) => [token.kind, token.value])).toEqual([['string', text]]);
      }),
    );
  });

  it('refuses what only CHR could write', () => {
    expect(() => constant('fresh 🥐')).toThrow(/cannot be a constant/);
  });
});

describe('identifier', () => {
  it('leaves a plain upper-case name bare', () => {
    expect(identifier('BREAD_BUILD')).toBe('BREAD_BUILD');
    expect(identifier('_OVEN$1')).toBe('_OVEN$1');
  });

  it.each(['bread', 'Bread', '1BREAD', 'BREAD BUILD', 'A.B', "IT'S", 'A;B', '-- X', '$X'])(
    'quotes %j',
    (name) => {
      expect(tokenize(identifier(name))).toMatchObject([{ kind: 'quoted', value: name }]);
    },
  );

  it.each(['ORDER', 'TABLE', 'START', 'ACCOUNT', 'QUALIFY', 'END', 'COMMENT'])(
    'quotes the word %s',
    (name) => {
      expect(identifier(name)).toBe(`"${name}"`);
    },
  );

  it('doubles quotes', () => {
    expect(identifier('X"; DROP TABLE T; --')).toBe('"X""; DROP TABLE T; --"');
  });

  it.each(['', 'CAFÉ', 'RYE&WHEAT', 'A$$B', '{{X}}', '<%X', 'A\nB', '🥐'])('refuses %j', (name) => {
    expect(() => identifier(name)).toThrow(/cannot be written in generated SQL/);
  });

  it('is always one token that folds back to the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AZaz09_$". -;\''), minLength: 1 }), (name) => {
        fc.pre(!name.includes('$$'));
        expect(tokenize(identifier(name)).map((token) => token.value)).toEqual([name]);
      }),
    );
  });

  it('qualifies part by part', () => {
    expect(qualified({ database: 'BAKERY', schema: 'Oven', name: 'A.B' })).toBe('BAKERY."Oven"."A.B"');
  });
});

describe('body', () => {
  it.each(['$$', 'a$$b', '$a', 'a$'])('refuses %j', (text) => {
    expect(() => body(text)).toThrow(/\$\$ body/);
  });

  it('leaves the text as it is', () => {
    expect(tokenize(body("\nBEGIN RETURN 'it''s'; END;\n"))[0]!.value).toBe("\nBEGIN RETURN 'it''s'; END;\n");
  });
});

describe('comment', () => {
  it.each(ATTACKS)('keeps %j on its line', (text) => {
    expect(comment(text)).toMatch(/^[\x20-\x7e]*$/);
    expectHarmless(comment(text));
    expect(tokenize(`-- ${comment(text)}`)).toEqual([]);
  });

  it('leaves plain words alone', () => {
    expect(comment('bakes bread at 06:00, then tests it')).toBe('bakes bread at 06:00, then tests it');
  });
});

describe('symbol', () => {
  it.each([
    ['retry', '🔄'],
    ['full_build', '🔵'],
    ['other', '⚪'],
    ['warning', '⚠️'],
    ['skipped', '⏭️'],
    ['nothing', '✅'],
  ] as const)('%s is %s', (name, characters) => {
    expect(read(symbol(name))).toBe(characters);
    expectHarmless(symbol(name));
  });
});

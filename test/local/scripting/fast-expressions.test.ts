/**
 * Random expressions over variables: what is computed without the database has the very value and type that the database
 * gives (of a number, its scale). Fixed seed: the same expressions every time.
 */
import fc from '../../properties';
import type { Expression } from '../../../src/local/scripting/ast';
import { bindVariables } from '../../../src/local/scripting/expressions/bound';
import { parseFast } from '../../../src/local/scripting/expressions/fast-parser';
import { SLOW, type Lookup } from '../../../src/local/scripting/expressions/fast-value';
import { convertPlain } from '../../../src/local/scripting/run/convert';
import { showType } from '../../../src/local/sql/types';
import { tokenize } from '../../../src/local/sql/lexer';
import { SnowflakeError } from '../../../src/local/errors';
import type { SqlType, SqlValue, TypedValue } from '../../../src/local/values';
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
});
afterAll(() => local.close());

const number = (precision: number, scale: number): SqlType => ({ kind: 'NUMBER', precision, scale });
const VARIABLES: Record<string, [SqlType, SqlValue[]]> = {
  LOAVES: [number(38, 0), [0, 1, -7, 12, 9007199254740991, 10n ** 30n, null]],
  TRAYS: [number(5, 0), [0, 3, -2, null]],
  PRICE: [number(10, 2), ['0.00', '3.50', '-0.05', '12345678.99', null]],
  SHARE: [number(38, 6), ['0.333333', '-0.000001', '1000000.500000', null]],
  WEIGHT: [{ kind: 'FLOAT' }, [0, 0.1, -2.5, 1e10, null]],
  NAME: [{ kind: 'VARCHAR' }, ['', 'rye', ' Spelt ', 'grün', '🔵 a', '100%', null]],
  HOT: [{ kind: 'BOOLEAN' }, [true, false, null]],
  BAKED: [{ kind: 'TIMESTAMP_NTZ' }, [0n, -1n, 1_767_225_599_999_999n, 1_767_225_600_000_000n, null]],
  DAY: [{ kind: 'DATE' }, [0, -1, 20_454, null]],
};

const of = (...texts: string[]) => fc.constantFrom(...texts);
/** `# + #`: each mark is filled with one of the parts. */
const filled = (form: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.reduce((filling, part) => filling.replace('#', () => part), form));

const { any } = fc.letrec<Record<'num' | 'txt' | 'bool' | 'time' | 'any', string>>((tie) => {
  const [num, txt, bool, time] = (['num', 'txt', 'bool', 'time'] as const).map((name) => tie(name));
  const [n, t, b, s] = [num!, txt!, bool!, time!];
  const unit = of('second', "'minute'", 'hours', "'DAY'");
  const condition = (yes: fc.Arbitrary<string>) => filled('CASE WHEN # THEN # ELSE # END', b, yes, yes);
  return {
    num: fc.oneof(
      { maxDepth: 3 },
      of('0', '2', '7', '1.5', '0.25', '10.00', 'LOAVES', 'TRAYS', 'PRICE', 'SHARE', 'WEIGHT'),
      filled('(# # #)', n, of('+', '-', '*', '/', '%'), n),
      filled('(-#)', n),
      filled('#(#, #)', of('LEAST', 'GREATEST', 'COALESCE', 'NVL'), n, n),
      filled('LENGTH(#)', t),
      filled('DATEDIFF(#, #, #)', unit, s, s),
      condition(n),
    ),
    txt: fc.oneof(
      { maxDepth: 3 },
      of("'rye'", "''", "' a '", "'ß'", 'NAME', 'CHR(65)', 'CHR(128309)'),
      filled('(# || #)', t, t),
      filled('(# || #)', t, n),
      filled('#(#, #)', of('LEFT', 'RIGHT', 'SUBSTR'), t, of('0', '1', '2', '99')),
      filled('#(#)', of('UPPER', 'LOWER', 'TRIM', 'LTRIM', 'RTRIM'), t),
      filled("REPLACE(#, 'r', 'x')", t),
      filled("REGEXP_REPLACE(#, '[^a-z]', '_')", t),
      filled("TO_CHAR(#, 'YYYY-MM-DD HH24:MI')", s),
      filled("ARRAY_TO_STRING(ARRAY_SORT(STRTOK_TO_ARRAY(#, ' ')), ',')", t),
      filled('COALESCE(#, #)', t, t),
      filled('IFF(#, #, #)', b, t, t),
      filled('NULLIF(#, #)', t, t),
      condition(t),
      filled('CASE # WHEN # THEN # WHEN # THEN # END', t, t, t, t, t),
    ),
    bool: fc.oneof(
      { maxDepth: 3 },
      of('TRUE', 'FALSE', 'HOT'),
      filled('(# # #)', n, of('=', '<>', '<', '>='), n),
      filled('(# # #)', t, of('=', '<>', '<', '>='), t),
      filled('(# # #)', s, of('=', '<', '>='), s),
      filled('(# # #)', b, of('AND', 'OR'), b),
      filled('(NOT #)', b),
      filled('(# IS NULL)', fc.oneof(n, t, s)),
      filled('(# IN (#, #))', t, t, t),
      filled('(# NOT IN (#, #))', n, n, n),
      filled('(# BETWEEN # AND #)', n, n, n),
    ),
    time: fc.oneof(
      { maxDepth: 3 },
      of('BAKED', 'BAKED', 'DAY', 'SYSDATE()', 'CURRENT_TIMESTAMP()'),
      filled('DATEADD(#, #, #)', unit, of('1', '-30', 'LOAVES', 'TRAYS', '-TRAYS'), s),
      filled('DATE_TRUNC(#, #)', unit, s),
      filled('#(#, #)', of('LEAST', 'GREATEST', 'COALESCE'), s, s),
      filled('IFF(#, #, #)', b, s, s),
    ),
    any: fc.oneof(n, t, b, s),
  };
});

const values = fc.record(
  Object.fromEntries(
    Object.entries(VARIABLES).map(([name, [type, list]]) => [
      name,
      fc.constantFrom(...list).map((value): TypedValue => ({ type, value })),
    ]),
  ),
);

function lookupOf(variables: Record<string, TypedValue>): Lookup {
  const lookup: Lookup = (name) => variables[name] ?? SLOW;
  lookup.now = () => local.account.clock.now();
  return lookup;
}

async function databaseSays(sql: string, lookup: Lookup): Promise<TypedValue | string> {
  const expression: Expression = {
    text: sql,
    tokens: tokenize(sql),
    place: { line: 1, position: 0 },
    form: undefined,
    names: [],
  };
  const bound = bindVariables(expression, lookup);
  try {
    return await local.session.evaluate(bound.sql, bound.binds);
  } catch (error) {
    if (error instanceof SnowflakeError) return error.message;
    throw error;
  }
}

/** A bind loses the precision of its variable, which is kept here; DuckDB forgets the type of a text that is NULL. */
function plain(found: TypedValue | string): unknown {
  if (typeof found === 'string') return found;
  const { type, value } = found;
  if (value === null) return null;
  return [type.kind, type.kind === 'NUMBER' ? type.scale : 0, value];
}

it('gives what the database gives, or nothing', async () => {
  let computed = 0;
  await fc.assert(
    fc.asyncProperty(any, values, async (sql, variables) => {
      const lookup = lookupOf(variables);
      const here = parseFast(tokenize(sql))?.(lookup) ?? SLOW;
      if (here === SLOW) return;
      computed += 1;
      expect({ sql, variables, got: plain(here) }).toEqual({
        sql,
        variables,
        got: plain(await databaseSays(sql, lookup)),
      });
    }),
    { numRuns: Number(process.env.RUNS ?? 600), seed: Number(process.env.SEED ?? 20_261_124) },
  );
  expect(computed).toBeGreaterThan(150);
});

it('converts as the database does, or not at all', async () => {
  const types = [
    number(38, 0),
    number(3, 0),
    number(10, 2),
    number(38, 6),
    number(5, 4),
    { kind: 'FLOAT' },
  ] as SqlType[];
  for (const [type, list] of Object.values(VARIABLES)) {
    for (const to of [...types, { kind: 'VARCHAR' } as SqlType]) {
      for (const value of list) {
        const here = value === null ? undefined : convertPlain({ type, value }, to);
        if (here === undefined) continue;
        const there = await local.session.evaluate(`CAST(? AS ${showType(to)})`, [{ type, value }]);
        expect({ type, value, to, became: here }).toEqual({ type, value, to, became: there.value });
      }
    }
  }
});

import fc from '../properties';
import { commandLine, readFlags, readSelect, varsText } from '../../src/model/command';
import { problemSink, type FoundProblem } from '../../src/config/problems';
import type { DbtCommand } from '../../src/config/types';

function lineOf(dbt: DbtCommand): string {
  const found: FoundProblem[] = [];
  const problems = problemSink(found);
  const line = commandLine(dbt.command ?? 'build', readSelect(dbt, problems), readFlags(dbt, problems));
  expect(found).toEqual([]);
  return line;
}

describe('the command line of dbt', () => {
  it('has no leading dbt, and nothing that the config does not say', () => {
    expect(lineOf({})).toBe('build');
  });

  it('has selection and flags in one order, whatever the order of the config', () => {
    expect(
      lineOf({
        flags: ['--no-partial-parse', '--log-level=debug'],
        threads: 8,
        target: 'prod',
        fullRefresh: true,
        vars: { day: 1 },
        exclude: ['tag:slow', 'tag:old'],
        select: ['tag:a', 'tag:b'],
        command: 'run',
      }),
    ).toBe(
      'run --select tag:a tag:b --exclude tag:slow tag:old --vars \'{ "day": 1 }\' --full-refresh --target prod --threads 8 --no-partial-parse --log-level=debug',
    );
  });
});

describe('numbers in vars', () => {
  it('are written as YAML reads them', () => {
    expect(varsText({ a: 1e-7, b: -2.5e-9, c: 1.5, d: 0, e: 1e15 })).toBe(
      '{ "a": 1.0e-7, "b": -2.5e-9, "c": 1.5, "d": 0, "e": 1000000000000000 }',
    );
  });

  it.each([Number.NaN, Infinity, 2 ** 53, 1e21])(
    'that would not arrive as they are, are refused: %d',
    (n) => {
      const found: FoundProblem[] = [];
      readFlags({ vars: { a: [1, n] } }, problemSink(found));
      expect(found).toMatchObject([{ path: ['vars', 'a', 1], message: `${n} cannot be written exactly` }]);
    },
  );
});

describe('varsText', () => {
  it('needs no further quoting for what shells, SQL and templates know', () => {
    expect(varsText({ a: "it's" })).toBe('{ "a": "it\\u0027s" }');
    expect(varsText({ a: { b: ['$$', '&x', '<% %>', '{{ }}'] } })).toBe(
      '{ "a": { "b": ["\\u0024\\u0024", "\\u0026x", "\\u003c% %\\u003e", "\\u007b\\u007b \\u007d\\u007d"] } }',
    );
    expect(varsText({})).toBe('{ }');
  });

  it('reads back as the same value, from printable ASCII without quotes of the shell', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (vars) => {
        const text = varsText(vars);
        expect(text).toMatch(/^[\x20-\x7e]*$/);
        expect(text).not.toMatch(/['&$<>]|\{\{|\}\}/);
        // JSON has no \U: it is YAML's, for what lies beyond 16 bits.
        const json = text.replace(
          /(?<!\\)((?:\\\\)*)\\U([0-9a-f]{8})/g,
          (_, before: string, code: string) => {
            const pair = String.fromCodePoint(parseInt(code, 16));
            return before + JSON.stringify(pair).slice(1, -1);
          },
        );
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(vars)));
      }),
    );
  });
});

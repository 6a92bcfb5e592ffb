import fc from '../../properties';
import { DbtError, parseArgs, splitArgs } from '../../../src/local/dbt/args';

const values = (args: string) => splitArgs(args).map((word) => word.value);

describe('the command line of dbt', () => {
  it('splits at white space outside of quotes', () => {
    expect(values(`run  --vars '{"a": 1}' --select "a b"\tc`)).toEqual([
      'run',
      '--vars',
      '{"a": 1}',
      '--select',
      'a b',
      'c',
    ]);
  });

  it('lets a backslash escape quotes outside of single quotes', () => {
    expect(values(String.raw`"{\"a\": \"it's\"}" it\'s 'a\b'`)).toEqual([
      `{"a": "it's"}`,
      "it's",
      String.raw`a\b`,
    ]);
  });

  it('joins quoted and plain parts of a word', () => {
    expect(values(`--vars='{"x": "it'"'"'s"}'`)).toEqual([`--vars={"x": "it's"}`]);
  });

  it('gives back any words that were quoted for a shell', () => {
    const quote = (word: string) => `'${word.replaceAll("'", `'"'"'`)}'`;
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(values(words.map(quote).join(' '))).toEqual(words);
      }),
    );
  });

  it.each([`run --select 'a`, `run --vars "{`])('refuses an open quote: %s', (args) => {
    expect(() => parseArgs(args)).toThrow(new DbtError('No closing quotation'));
  });

  it('takes options without a command for those of dbt run', () => {
    expect(parseArgs('--select a+ b+')).toMatchObject({ command: 'run', select: ['a+', 'b+'] });
  });

  it('takes an empty command line for dbt run', () => {
    expect(parseArgs('')).toMatchObject({ command: 'run', select: [], rest: '' });
  });

  it('finds the command behind global flags', () => {
    expect(parseArgs('--fail-fast build -s a')).toMatchObject({
      command: 'build',
      failFast: true,
      select: ['a'],
    });
  });

  it('collects what stands behind --select until the next option', () => {
    expect(parseArgs('build -s a b --exclude c --models d -x --threads 4 -t prod')).toMatchObject({
      select: ['a', 'b', 'd'],
      exclude: ['c'],
      failFast: true,
      threads: 4,
      target: 'prod',
    });
  });

  it('keeps what follows the command as it was written', () => {
    expect(parseArgs(`build --select a+  --vars '{"a": 1}'`).rest).toBe(`--select a+  --vars '{"a": 1}'`);
  });

  it('takes the first value of --select for one even where it looks like an option', () => {
    expect(parseArgs('run --select --full-refresh').select).toEqual(['--full-refresh']);
  });

  it('takes more values after an equals sign', () => {
    expect(parseArgs('run --select=loaf cake -x').select).toEqual(['loaf', 'cake']);
  });

  it('finds the command behind global options and their values', () => {
    expect(parseArgs('--target prod --log-level=info -x build -s loaf')).toMatchObject({
      command: 'build',
      target: 'prod',
      failFast: true,
      select: ['loaf'],
      rest: '--target prod --log-level=info -x  -s loaf',
    });
  });

  it('reads docs generate as one command', () => {
    expect(parseArgs('docs generate --select loaf')).toMatchObject({
      command: 'docs generate',
      select: ['loaf'],
      rest: '--select loaf',
    });
  });

  it('reads ls as list', () => {
    expect(parseArgs('ls').command).toBe('list');
  });

  it.each([
    ['build --foo', 'No such option: --foo'],
    ['test --full-refresh', 'No such option: --full-refresh'],
    ['bake', "No such command 'bake'."],
    ['run a', 'Got unexpected extra argument (a)'],
    ['run --select', "Option '--select' requires an argument."],
    ['list --models a --select b', '"models" and "select" are mutually exclusive arguments'],
    [
      'build --indirect-selection lazy',
      "Invalid value for '--indirect-selection': 'lazy' is not one of 'eager', 'cautious', 'buildable', 'empty'.",
    ],
    ['list --resource-type Model', "'Model' is not a valid NodeType"],
    ['deps --select a', 'No such option: --select'],
    ['run --vars flour', "Invalid value for '--vars': String 'flour' is not valid YAML"],
    ['run --threads many', "Invalid value for '--threads': 'many' is not a valid integer."],
    ['run --profiles-dir x', 'Unsupported option in dbt Projects on Snowflake: --profiles-dir'],
  ])('refuses %s as dbt does', (args, message) => {
    expect(() => parseArgs(args)).toThrow(new DbtError(message));
  });

  it.each([
    ...['docs serve', 'run-operation x', 'show --select loaf', 'source freshness', 'clone', 'debug', 'init'],
    ...['build --warn-error-options x', "build --warn-error-options '{error: all}'", 'list --output json'],
    ...['run --sample 1d', 'run --event-time-start 2026-01-01', 'compile --inline x', 'run --no-write-json'],
  ])('names what it does not model: %s', (args) => {
    expect(() => parseArgs(args)).toThrow(/Unsupported feature 'dbt /);
  });
});

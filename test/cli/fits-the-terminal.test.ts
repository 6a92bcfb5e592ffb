/** What is printed fits the terminal, and nothing but colours reaches it. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import pc from 'picocolors';
import { columnsOf, fitted } from '../../src/cli/output/fit';
import { tableText } from '../../src/cli/output/table';
import { timelineText } from '../../src/cli/output/timeline';
import { rehearsed, step } from '../rehearse/steps';
import { BAKERY, newFolder, removeProgram, runIn } from './program';

afterAll(removeProgram);

const widest = (text: string): number => Math.max(...text.split('\n').map(columnsOf));

describe('text', () => {
  it('is broken at blanks, and goes on a little further in', () => {
    expect(fitted('  a loaf of bread and two rolls', 16)).toBe('  a loaf of\n    bread and\n    two rolls');
  });

  it('is cut where a word is longer than the line', () => {
    expect(
      fitted(`at ${'x'.repeat(50)}`, 20)
        .split('\n')
        .map(columnsOf),
    ).toEqual([2, 20, 20, 16]);
  });

  it('counts colours as nothing and emoji as two columns', () => {
    expect(columnsOf(`${pc.createColors(true).red('bread')} 🔵`)).toBe(8);
  });

  it('closes a colour at the end of a line and opens it again', () => {
    const red = pc.createColors(true).red('two warm rolls');
    expect(fitted(red, 10)).toBe('\u001b[31mtwo warm\u001b[0m\n\u001b[31m  rolls\u001b[39m');
  });
});

describe('tables', () => {
  const rows = [
    ['BAKE_BREAD', 'a full build of everything that there is to bake in the morning', 'SUCCEEDED'],
    ['SELL', 'nothing', 'FAILED'],
  ];

  it('are as wide as they are where nothing says how wide a line may be', () => {
    expect(widest(tableText(rows))).toBe(86);
  });

  it.each([85, 70, 60, 45, 40])('fit %i columns', (width) => {
    const text = tableText(rows, [], width);
    expect(widest(text)).toBeLessThanOrEqual(width);
    expect(text.replace(/\s+/g, '')).toContain('SELL');
  });

  it('have titles of several lines before anything else is broken', () => {
    const head = ['policy', 'not healed', 'of it looking'];
    expect(tableText([['as configured', '0', '12 min']], head, 31)).toBe(
      [
        'policy         not     of it',
        '               healed  looking',
        'as configured  0       12 min',
      ].join('\n'),
    );
  });

  it('break the widest cells beside the others', () => {
    expect(tableText(rows, ['task', 'what', 'state'], 50)).toBe(
      [
        'task        what                         state',
        'BAKE_BREAD  a full build of everything   SUCCEEDED',
        '              that there is to bake in',
        '              the morning',
        'SELL        nothing                      FAILED',
      ].join('\n'),
    );
  });
});

describe('the command', () => {
  const folder = newFolder(
    BAKERY.replace("procedureRunner('BAKERY.OVEN.BAKE')", "procedureRunner('SYSTEM$DBT_RUN')"),
  );

  it.each(['60', '80'])('fits %s columns, its help and its errors too', (COLUMNS) => {
    for (const args of [
      ['--help'],
      ['generate'],
      ['explain', 'BAKE_BREAD'],
      ['explain', 'NOBODY'],
      ['generate', '--check'],
    ]) {
      if (args.includes('--check')) fs.appendFileSync(path.join(folder, 'generated', 'bakery', 'setup.sql'), `-- ${'by hand '.repeat(30)}\n`); // prettier-ignore
      const { stdout, stderr } = runIn(folder, args, { COLUMNS });
      expect({ args, widest: Math.max(widest(stdout), widest(stderr)) <= Number(COLUMNS) }).toEqual({
        args,
        widest: true,
      });
    }
  });
});

describe('a timeline', () => {
  const evil = step({
    task: 'BAKE\u001b]0;owned\u0007',
    message: '\u001b[2J\u001b[31mgone\u001b[0m \u202etxet',
    failed: ['dough\u009b31m'],
    outcome: 'FAILED',
  });

  it('fits the terminal', () => {
    const text = timelineText(rehearsed({ steps: [step(), evil] }), pc.createColors(false));
    for (const width of [60, 80]) expect(widest(fitted(text, width))).toBeLessThanOrEqual(width);
  });

  it('shows what a terminal would obey', () => {
    const text = timelineText(rehearsed({ title: 'Bread\u001b[8m', steps: [evil] }), pc.createColors(false));
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain('\\u001b[2J\\u001b[31mgone');
  });

  it('tells what was skipped from what was not selected, names a failed test, and says the zone', () => {
    const text = timelineText(
      rehearsed({
        steps: [
          step({ failed: ['not_null_bread_id'], skipped: ['bread'], outcome: 'FAILED' }),
          step({ ran: ['dough'], notSelected: ['rolls', 'cake'], action: 'SELECTIVE_RETRY' }),
        ],
      }),
      pc.createColors(false),
    );
    expect(text).toMatch(/04:00 UTC .* ran 2, failed not_null_bread_id, skipped 1 +FAILED/);
    expect(text).toMatch(/ran 1, not selected 2 +SUCCEEDED/);
  });
});

it('an error shows what a terminal would obey, in the value and in the path', () => {
  const config = BAKERY.replace("project: 'bakery'", "project: 'bak\\u001b[31mery', '\\u009b2J': 1");
  const { code, stderr } = runIn(newFolder(config), ['generate']);
  expect(code).toBe(2);
  expect(stderr).toContain('U+001B');
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

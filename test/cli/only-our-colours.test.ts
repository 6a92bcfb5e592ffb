/** Texts of explain, plan and apply: a colour that a server, a log or a config sends is shown, not obeyed. */
import { execFileSync } from 'node:child_process';
import pc from 'picocolors';
import { marked, onlyOurs } from '../../src/cli/output/colour-mark';
import { columnsOf, fitted, wrapped } from '../../src/cli/output/fit';
import { planText } from '../../src/cli/output/plan-text';
import type { Colors } from '../../src/cli/output/terminal';
import { visible } from '../../src/config/characters';
import type { Plan } from '../../src/plan/step';
import { BAKERY, newFolder, program, removeProgram } from './program';

afterAll(removeProgram);

const paint = marked(pc.createColors(true).red);
const shown = (text: string): string => onlyOurs(text, (part) => visible(part, { lines: true }));
const EVIL = '\u001b[8mhidden\u001b[0m\u001b]0;owned\u0007\u202e';

describe('a text that is written', () => {
  it('keeps the colours of our own', () => {
    expect(shown(`${paint('FAILED')} at noon`)).toBe('\u001b[31mFAILED\u001b[39m at noon');
  });

  it.each([
    ['as it stands', EVIL],
    ['inside a colour of ours', paint(EVIL)],
    ['after a colour of ours that is not closed', paint('x').slice(0, -8) + EVIL],
  ])('shows those of others: %s', (_, text) => {
    const written = shown(text);
    expect(written).toContain('\\u001b[8mhidden');
    expect(written).toContain('\\u001b]0;owned\\u0007\\u202e');
    expect(written).not.toContain('\u001b[8m');
  });

  it('takes as many columns with marks as without', () => {
    expect(columnsOf(paint('bread'))).toBe(5);
    expect(wrapped(paint('two warm rolls'), 10).map(shown)).toEqual([
      '\u001b[31mtwo warm\u001b[0m',
      '\u001b[31m  rolls\u001b[39m',
    ]);
    expect(fitted(shown(paint('two warm rolls')), 10)).toBe(
      '\u001b[31mtwo warm\u001b[0m\n\u001b[31m  rolls\u001b[39m',
    );
  });
});

describe('in a terminal', () => {
  const folder = newFolder(BAKERY.replace("project: 'bakery',", "project: 'bakery', comment: 'Bread',"));

  /** `script` gives the command a terminal, so that it paints. */
  const inTerminal = (...args: string[]): string =>
    execFileSync('script', ['-qec', [process.execPath, program(), ...args].join(' '), '/dev/null'], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, TERM: 'xterm', COLUMNS: '80' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  it.each([[['explain', 'BAKE_BREAD']], [['generate']], [['diff', '--base', '.']]])(
    '%j paints, and leaves no mark',
    (args) => {
      const text = inTerminal(...args);
      expect(text).not.toContain('\ue000');
      if (args[0] === 'explain') expect(text).toContain('\u001b[1mtask BAKE_BREAD\u001b[22m');
    },
  );
});

it('what an account sends reaches a plan as text: names, causes, owners, findings', () => {
  const evil = { message: EVIL, code: 'ADOPT' as const, where: EVIL, hint: EVIL };
  const plan = {
    format: 1,
    app: null,
    env: null,
    account: EVIL,
    role: EVIL,
    now: '2026-01-05T00:00:00Z',
    deployments: [
      {
        deployment: 'bakery',
        folder: 'bakery',
        database: EVIL,
        schema: EVIL,
        steps: [{ id: '1', do: 'alter', kind: 'view', object: EVIL, sql: EVIL, file: null, why: EVIL, changes: [], effects: [EVIL], hazards: [] }],
        unchanged: [],
        leftOver: [EVIL],
        notes: [],
        findings: [{ ...evil, severity: 'error' }],
        resume: [],
      },
    ],
  } as unknown as Plan;
  const painters = pc.createColors(true);
  const ours = Object.fromEntries(
    Object.entries(painters).map(([name, paint]) => [name, typeof paint === 'function' ? marked(paint) : paint]),
  ) as Colors;
  const text = shown(planText(plan, EVIL, ours));
  expect(text.split('\\u001b[8mhidden').length).toBeGreaterThan(8);
  expect(text.replace(/\u001b\[\d+m/g, '')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(text).not.toContain('\u001b[8m');
}); // prettier-ignore

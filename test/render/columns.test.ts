/**
 * What is generated, and the templates that it comes from, fit a screen of 120 columns. Two things are excused, since
 * they cannot be broken: a word that is too long by itself (a name, of which Snowflake takes 255 characters in each of
 * three parts, or a literal), and a row of a Markdown table.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Deployment } from '../../src/model/deployment';
import { renderDeployment } from '../../src/render/render';
import { EVERYTHING } from './everything';
import { CASES } from './golden/cases';

const MOST = 120;
const ROOT = join(__dirname, '../..');

interface Text {
  name: string;
  text: string;
}

function below(folder: string, names: RegExp): Text[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => names.test(file))
    .map((file) => ({ name: `${folder}/${file}`, text: readFileSync(join(ROOT, folder, file), 'utf8') }));
}

function filesOf(name: string, deployment: Deployment): Text[] {
  return Object.entries(renderDeployment(deployment).files)
    .filter(([path]) => /\.(?:sql|md)$/.test(path))
    .map(([path, text]) => ({ name: `${name}/${path}`, text }));
}

/** A literal, a quoted name, or what stands between blanks; with all that has no blank before it and behind it. */
const WORDS = /(?:'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|[^\s'"])+/g;

function canBeBroken(line: string): boolean {
  const indent = /^ */.exec(line)![0].length;
  const longest = Math.max(...[...line.matchAll(WORDS)].map(([word]) => [...word].length));
  return indent + longest <= MOST;
}

const wide = (text: string): string[] =>
  text.split('\n').filter((line) => [...line].length > MOST && !line.startsWith('|') && canBeBroken(line));

it.each([
  ...below('generated', /\.(?:sql|md)$/),
  ...below('examples/every-log/generated', /\.(?:sql|md)$/),
  ...CASES.flatMap((deployment) => filesOf(deployment.name, deployment)),
  ...EVERYTHING.flatMap(({ over, deployment }) => filesOf(`everything over ${over}`, deployment)),
  ...below('templates', /\.hbs$/),
])('$name has no line that could be shorter', ({ text }) => {
  expect(wide(text)).toEqual([]);
});

it('a line is excused only for a word that is too long by itself', () => {
  const name = 'N'.repeat(110);
  expect(wide(`        ALTER TASK ${name} RESUME;`)).toHaveLength(1);
  expect(wide(`        ALTER TASK ${name}.${name} RESUME;`)).toEqual([]);
  expect(wide(`SELECT ${'a, '.repeat(50)}`)).toHaveLength(1);
});

/** Whatever a config is called, QUICK_REFERENCE.md keeps its tables, and nothing in it is a tag or a link. */
import { cellCode, code } from '../../src/render/markdown';
import { renderDeployment } from '../../src/render/render';
import { resolveDeployments } from '../../src/model/resolve';

import { auditTables, cron } from '../../src/config/define';
import { bakery, resolved } from '../model/bakery';

const EVIL = [
  'a|b',
  'a`b',
  'a``b`',
  '<script>alert(1)</script>',
  '](javascript:alert(1))',
  '**bold**',
  '`',
  '|',
];

it.each([
  ['bread', '`bread`'],
  ['a`b', '``a`b``'],
  ['`', '`` ` ``'],
  ['a``b`', '``` a``b` ```'],
  [' a ', '`  a  `'],
])('%j is the code %s', (text, markdown) => {
  expect(code(text)).toBe(markdown);
});

it('a bar in a cell does not end it', () => {
  expect(cellCode('a|b')).toBe('`a\\|b`');
});

function referenceOf(text: string): string {
  const name = `"${text}"`;
  const config = bakery({
    database: name,
    schema: name,
    state: auditTables({ layout: 'o2c', where: { environment: text } }),
    tasks: {
      [name]: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *'), warehouse: name },
      NEXT: { job: 'rolls', after: [name] },
    },
    grants: { [name]: ['read'] },
    connection: { role: name },
  });
  return renderDeployment(resolved(config)).files['QUICK_REFERENCE.md']!;
}

/** The text without its code: spans of any number of backticks, and fenced blocks. */
function prose(markdown: string): string {
  return markdown.replace(/^```[^]*?^```$/gm, '').replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
}

it.each(EVIL)('the reference of a deployment full of %j is the reference of any other', (text) => {
  const [evil, plain] = [referenceOf(text), referenceOf('plain')];
  expect(prose(evil)).toBe(prose(plain));
  const rows = (markdown: string): number[] =>
    markdown
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => (line.match(/(?<!\\)\|/g) ?? []).length);
  expect(rows(evil)).toEqual(rows(plain));
});

it('deployments have no such names at all', () => {
  expect(() => resolveDeployments({ deployments: { 'a|b': bakery() } })).toThrow('is not a valid name');
});

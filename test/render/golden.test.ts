/**
 * Golden cases: `golden/<case>/deployment.ts` beside `golden/<case>/expected/`. After a change that is meant, write
 * them anew with `UPDATE_GOLDEN=1 npx jest test/render/golden` and read the difference.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CASES } from './golden/cases';
import { renderDeployment } from '../../src/render/render';

/** All but what only gathers the others. */
function ownFiles(files: Record<string, string>): Record<string, string> {
  const others = /^(setup\.sql|manifest\.json)/;
  return Object.fromEntries(Object.entries(files).filter(([path]) => !others.test(path)));
}

describe.each(CASES)('the deployment $name', (deployment) => {
  const folder = join(__dirname, 'golden', deployment.name, 'expected');
  const rendered = ownFiles(renderDeployment(deployment).files);

  if (process.env['UPDATE_GOLDEN'] !== undefined) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [path, text] of Object.entries(rendered)) writeFileSync(join(folder, path), text);
  }

  it('renders exactly the expected files', () => {
    expect(Object.keys(rendered).sort()).toEqual(readdirSync(folder).sort());
  });

  it.each(Object.keys(rendered))('renders %s as expected', (path) => {
    expect(rendered[path]).toBe(readFileSync(join(folder, path), 'utf8'));
  });
});

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openBakery } from './account';

const root = join(__dirname, '..', '..', '..');

/** The script of docs/local.md, as it stands there. */
function scriptOfTheDocs(): string {
  const page = readFileSync(join(root, 'docs', 'local.md'), 'utf8');
  const script = /<!-- test: node -->\s*```js\n([\s\S]*?)```/.exec(page)?.[1];
  if (script === undefined) throw new Error('docs/local.md has no script marked <!-- test: node -->');
  return script;
}

it('the plain snowflake-sdk script of docs/local.md connects and queries', async () => {
  const bakery = await openBakery();
  const folder = mkdtempSync(join(tmpdir(), 'bakery-'));
  writeFileSync(join(folder, 'script.cjs'), scriptOfTheDocs());
  const env = {
    ...process.env,
    NODE_PATH: join(root, 'node_modules'),
    SNOWFLAKE_DISABLE_PLATFORM_DETECTION: 'true',
  };
  const ran = await promisify(execFile)('node', ['script.cjs', bakery.server.url], { cwd: folder, env });
  await bakery.close();
  expect(ran.stdout).toBe("[ { WHO: 'BAKER', LOAVES: 42 } ]\n");
  expect(ran.stderr).toBe('');
});

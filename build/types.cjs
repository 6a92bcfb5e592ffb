/**
 * types/index.d.ts: the declarations that the package ships, in one file, and with it the report of the public API: a
 * change of what a config may say, or of what the library gives, is a change of this file that a reviewer sees.
 *
 * node build/types.cjs           writes it (`make generate` does)
 * node build/types.cjs --check   ends with 3 where it is not what the sources say (`make check` does)
 */
const fs = require('node:fs');
const path = require('node:path');
const { generateDtsBundle } = require('dts-bundle-generator');
const prettier = require('prettier');

const root = path.join(__dirname, '..');
const file = path.join(root, 'types', 'index.d.ts');
const HEADER = '// The public API. Made from src/index.ts by `make generate`; not to be edited.\n';

async function declarations() {
  const [text] = generateDtsBundle(
    [{ filePath: path.join(root, 'src/index.ts'), output: { noBanner: true, exportReferencedTypes: true } }],
    { preferredConfigPath: path.join(root, 'tsconfig.build.json') },
  );
  if (/\bfrom ['"]/.test(text)) throw new Error('the declarations import a package that users do not have');
  const options = await prettier.resolveConfig(file);
  return prettier.format(`${HEADER}\n${text}`, { ...options, parser: 'typescript' });
}

async function main() {
  const wanted = await declarations();
  if (process.argv.includes('--check')) {
    if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === wanted) return;
    console.error(
      'types/index.d.ts is not what src/index.ts exports: make generate, and look at the difference',
    );
    process.exitCode = 3;
    return;
  }
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, wanted);
}

void main();

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { loadConfig } from '../../src/config/load';
import { AutoRestartError } from '../../src/errors';

function folderWith(files: Record<string, string>): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'auto-restart-load-')));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const CONFIG = 'auto-restart.config.ts';

async function errorOf(
  folder: string,
  options: { config?: string; env?: string } = {},
): Promise<AutoRestartError> {
  const error: unknown = await loadConfig({ cwd: folder, ...options }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AutoRestartError) return error;
  throw new Error(`no AutoRestartError: ${String(error)}`);
}

describe('loadConfig', () => {
  it('finds the config above the folder, with what it imports beside it', async () => {
    const folder = folderWith({
      [CONFIG]: `import { defineConfig, every } from 'dbt-auto-restart';
        import { name } from './names';
        export default defineConfig({ deployments: { [name]: every('2 hours') } } as never);`,
      'names.ts': "export const name: string = 'bakery';",
      'models/marts/bread.sql': '',
    });
    expect(await loadConfig({ cwd: path.join(folder, 'models', 'marts') })).toEqual({
      file: path.join(folder, CONFIG),
      environments: [],
      configs: [
        { env: null, config: { deployments: { bakery: { kind: 'interval', every: 2, unit: 'HOURS' } } } },
      ],
    });
  });

  it('takes the file of --config, relative to where it is called', async () => {
    const folder = folderWith({ 'etc/other.ts': 'export default { deployments: {} };' });
    expect(await loadConfig({ cwd: folder, config: 'etc/other.ts' })).toEqual({
      file: path.join(folder, 'etc', 'other.ts'),
      environments: [],
      configs: [{ env: null, config: { deployments: {} } }],
    });
  });

  const SHOPS = `import { defineConfig } from 'dbt-auto-restart';
    export default defineConfig({
      app: 'acme', environments: ['dev', 'prod'], deployments: ({ env }) => ({ [env]: { shop: env } }),
    } as never);`;

  it('calls deployments once for each environment', async () => {
    const { environments, configs } = await loadConfig({ cwd: folderWith({ [CONFIG]: SHOPS }) });
    expect(environments).toEqual(['dev', 'prod']);
    const app = { app: 'acme', environments: ['dev', 'prod'] };
    expect(configs).toEqual([
      { env: 'dev', config: { ...app, deployments: { dev: { shop: 'dev' } } } },
      { env: 'prod', config: { ...app, deployments: { prod: { shop: 'prod' } } } },
    ]);
  });

  it('takes only the environment of --env, and knows the others', async () => {
    const loaded = await loadConfig({ cwd: folderWith({ [CONFIG]: SHOPS }), env: 'prod' });
    expect(loaded.configs.map(({ env }) => env)).toEqual(['prod']);
    expect(loaded.environments).toEqual(['dev', 'prod']);
  });

  it('takes the same deployments for every environment when they are no function', async () => {
    const folder = folderWith({
      [CONFIG]: "export default { environments: ['dev'], deployments: { a: 1 } };",
    });
    expect((await loadConfig({ cwd: folder })).configs).toEqual([
      { env: 'dev', config: { environments: ['dev'], deployments: { a: 1 } } },
    ]);
  });

  it('sees a change of the file', async () => {
    const folder = folderWith({ [CONFIG]: 'export default { a: 1 };' });
    expect((await loadConfig({ cwd: folder })).configs[0]?.config).toEqual({ a: 1 });
    fs.writeFileSync(path.join(folder, CONFIG), 'export default { a: 22 };');
    expect((await loadConfig({ cwd: folder })).configs[0]?.config).toEqual({ a: 22 });
  });

  it.each([
    ['no file of that name', {}, { config: 'missing.ts' }, /^there is no file .*missing\.ts$/, undefined],
    ['no default export', { [CONFIG]: 'export const a = 1;' }, {}, /^the config has no default export$/, ''],
    [
      'a text as default export',
      { [CONFIG]: "export default 'x';" },
      {},
      /^the default export is a string, not a config$/,
      '',
    ],
    [
      'a list as default export',
      { [CONFIG]: 'export default [];' },
      {},
      /^the default export is a list, not a config$/,
      '',
    ],
    [
      'a syntax error',
      { [CONFIG]: 'const a = 1;\nconst b = ;\n' },
      {},
      /^the config cannot be loaded: Unexpected token$/,
      ':2',
    ],
    [
      'an exception',
      { [CONFIG]: "const a = 1;\n\nthrow new Error('cold oven');" },
      {},
      /^the config cannot be loaded: cold oven$/,
      ':3',
    ],
    [
      'a missing module',
      { [CONFIG]: "import './nowhere';\nexport default {};" },
      {},
      /^the config cannot be loaded: Cannot find module '\.\/nowhere'$/,
      ':1',
    ],
    [
      'deployments that throw',
      {
        [CONFIG]:
          "export default { environments: ['dev'], deployments: () => {\n  throw new TypeError('no flour');\n} };",
      },
      {},
      /^the config cannot be loaded: no flour$/,
      ':2',
    ],
    [
      'a function as default export',
      { [CONFIG]: 'export default () => ({ deployments: {} });' },
      {},
      /^the default export is a function, not a config$/,
      '',
    ],
    [
      '--env without environments',
      { [CONFIG]: 'export default {};' },
      { env: 'prod' },
      /^--env prod has no effect: the config declares no environments$/,
      undefined,
    ],
    [
      'an environment that is not declared',
      { [CONFIG]: "export default { environments: ['dev', 'prod'] };" },
      { env: 'prd' },
      /^there is no environment prd$/,
      undefined,
    ],
    [
      'a function without environments',
      { [CONFIG]: 'export default { deployments: () => ({}) };' },
      {},
      /deployments: it is a function, and the config declares no environments/,
      undefined,
    ],
    [
      'deployments that return a promise',
      { [CONFIG]: "export default { environments: ['dev'], deployments: async () => ({}) };" },
      {},
      /deployments: the function returns a promise/,
      undefined,
    ],
    [
      'two environments in one folder',
      { [CONFIG]: "export default { environments: ['dev', 'Dev'], deployments: () => ({}) };" },
      {},
      /environments\[1\]: "Dev" stands there twice/,
      undefined,
    ],
    [
      'an environment that is no folder',
      { [CONFIG]: "export default { environments: ['../dev'], deployments: () => ({}) };" },
      {},
      /environments\[0\]: "..\/dev" is not a valid name of an environment/,
      undefined,
    ],
  ] as [string, Record<string, string>, { config?: string; env?: string }, RegExp, string | undefined][])(
    'says so of %s',
    async (_, files, options, message, line) => {
      const folder = folderWith(files);
      const error = await errorOf(folder, options);
      expect(error.message).toMatch(message);
      expect(error.code).toBe('REQUEST');
      if (line !== undefined) expect(error.where).toBe(`${path.join(folder, CONFIG)}${line}`);
    },
  );
});

/** Finds and loads `auto-restart.config.ts`. The one effect of this room. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AutoRestartError } from '../errors';
import * as library from './define';
import { asConfigError, importTypeScript } from './import-typescript';

const CONFIG_FILE = 'auto-restart.config.ts';

export interface LoadedConfig {
  /** Absolute path of the file. */
  file: string;
  /** What it exports, called with `{ env }` if it is a function; not checked. */
  config: unknown;
}

/**
 * @param options.cwd where the search starts, upwards
 * @param options.config path of the file, relative to `cwd`, instead of a search
 * @param options.env the `env` of a config that is a function
 * @throws AutoRestartError REQUEST when there is no config, or it cannot be loaded
 */
export async function loadConfig(options: {
  cwd: string;
  config?: string;
  env?: string;
}): Promise<LoadedConfig> {
  const file = options.config === undefined ? search(options.cwd) : given(options.cwd, options.config);
  const exports = await importTypeScript(file, library);
  const value = defaultExport(exports, file);
  if (typeof value !== 'function') {
    if (options.env !== undefined) {
      throw new AutoRestartError(
        'REQUEST',
        `--env ${options.env} has no effect: the config is not a function`,
        {
          where: file,
          hint: 'write it as defineConfig(({ env }) => ({ deployments: { ... } })), or leave --env out',
        },
      );
    }
    return { file, config: value };
  }
  return {
    file,
    config: await call(value as (context: { env: string | undefined }) => unknown, options.env, file),
  };
}

function search(cwd: string): string {
  let folder = path.resolve(cwd);
  for (;;) {
    const file = path.join(folder, CONFIG_FILE);
    if (fs.existsSync(file)) return file;
    const parent = path.dirname(folder);
    if (parent === folder) break;
    folder = parent;
  }
  throw new AutoRestartError('REQUEST', `there is no ${CONFIG_FILE} in ${path.resolve(cwd)} or above it`, {
    hint: 'name the file with --config',
  });
}

function given(cwd: string, config: string): string {
  const file = path.resolve(cwd, config);
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new AutoRestartError('REQUEST', `there is no file ${file}`, { where: '--config' });
  }
  return file;
}

function defaultExport(exports: Record<string, unknown>, file: string): unknown {
  const value = exports['default'];
  if (value === undefined || value === null) {
    throw new AutoRestartError('REQUEST', 'the config has no default export', {
      where: file,
      hint: 'write export default defineConfig({ deployments: { ... } })',
    });
  }
  if ((typeof value !== 'object' && typeof value !== 'function') || Array.isArray(value)) {
    throw new AutoRestartError('REQUEST', `the default export is ${describe(value)}, not a config`, {
      where: file,
      hint: 'write export default defineConfig({ deployments: { ... } })',
    });
  }
  return value;
}

function describe(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

async function call(
  make: (context: { env: string | undefined }) => unknown,
  env: string | undefined,
  file: string,
): Promise<unknown> {
  try {
    return await make({ env });
  } catch (error) {
    throw asConfigError(error, file);
  }
}

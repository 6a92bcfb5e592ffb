/** Finds and loads `auto-restart.config.ts`. The one effect of this room. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AutoRestartError } from '../errors';
import * as library from './define';
import { environmentConfigs, environmentNames, type EnvironmentConfig } from './environments';
import { asConfigError, importTypeScript } from './import-typescript';
import { callWithin } from './time-limit';

const CONFIG_FILE = 'auto-restart.config.ts';

export interface LoadedConfig {
  /** Absolute path of the file. */
  file: string;
  /** Names of all declared environments, in their order; empty where none is declared. */
  environments: string[];
  /** What it says for each environment, or for the one asked for; not checked. */
  configs: EnvironmentConfig[];
}

/**
 * @param options.cwd where the search starts, upwards
 * @param options.config path of the file, relative to `cwd`, instead of a search
 * @param options.env only this environment
 * @throws AutoRestartError REQUEST when there is no config, it cannot be loaded, or has no such environment
 */
export async function loadConfig(options: {
  cwd: string;
  config?: string;
  env?: string;
}): Promise<LoadedConfig> {
  const file = options.config === undefined ? search(options.cwd) : given(options.cwd, options.config);
  const exports = await importTypeScript(file, library);
  const value = defaultExport(exports, file);
  try {
    return callWithin(
      () => ({
        file,
        environments: environmentNames(value),
        configs: environmentConfigs(value, options.env),
      }),
      { file },
    );
  } catch (error) {
    throw asConfigError(error, file);
  }
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

function defaultExport(exports: Record<string, unknown>, file: string): Record<string, unknown> {
  const value = exports['default'];
  const hint = 'write export default defineConfig({ deployments: { ... } })';
  if (value === undefined || value === null) {
    throw new AutoRestartError('REQUEST', 'the config has no default export', { where: file, hint });
  }
  if (typeof value === 'function') {
    throw new AutoRestartError('REQUEST', 'the default export is a function, not a config', {
      where: file,
      hint: "for several environments: defineConfig({ environments: ['dev', 'prod'], deployments: ({ env }) => ({ ... }) })",
    });
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new AutoRestartError('REQUEST', `the default export is ${describe(value)}, not a config`, {
      where: file,
      hint,
    });
  }
  return value as Record<string, unknown>;
}

function describe(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

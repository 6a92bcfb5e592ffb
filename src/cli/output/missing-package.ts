/** A package that is not installed, told with the command that installs it. */
import { AutoRestartError } from '../../errors';
import { packageManifest } from '../package-manifest';

/** What each is for. */
const NEEDED_FOR: Readonly<Record<string, string>> = {
  '@duckdb/node-api': 'the local Snowflake needs it',
  'snowflake-sdk': 'a connection to Snowflake needs it',
};

/** @returns the error in words when it is about a package that a pipeline may have left out, else `null` */
export function missingPackage(error: unknown): AutoRestartError | null {
  if (!(error instanceof Error) || error instanceof AutoRestartError) return null;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return null;
  const [, wanted = ''] = /Cannot find (?:module|package) '([^']+)'/.exec(error.message) ?? [];
  // The native part is a package of its own for each platform.
  const name = wanted.startsWith('@duckdb/node-bindings') ? '@duckdb/node-api' : wanted;
  const purpose = NEEDED_FOR[name];
  if (purpose === undefined) return null;
  const what =
    name === wanted ? `the package ${name} is not installed` : `${name} lacks its part for this platform`;
  const { dependencies, optionalDependencies } = packageManifest();
  return new AutoRestartError('FAILED', `${what}: ${purpose}`, {
    hint: `npm install ${name}@${optionalDependencies[name] ?? dependencies[name] ?? 'latest'}`,
    cause: error,
  });
}

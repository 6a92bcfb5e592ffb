/**
 * Loads a TypeScript module of the user's, which imports 'dbt-auto-restart' wherever that is installed. The
 * transformed text is cached (node_modules/.cache/jiti, else the system's temporary folder), so only the first
 * load after a change pays for the transformation.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AutoRestartError } from '../errors';
import { runWithin } from './time-limit';

/**
 * @param file absolute path
 * @param library what `import ... from 'dbt-auto-restart'` gives inside the file
 * @returns the module's exports
 * @throws AutoRestartError REQUEST with file and line, for whatever the module throws or cannot be read as, and when it
 * does not end
 */
export async function importTypeScript(
  file: string,
  library: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const { createJiti } = await import('jiti');
  const jiti = createJiti(file, {
    moduleCache: false,
    interopDefault: false,
    virtualModules: { 'dbt-auto-restart': { ...library } },
  });
  try {
    const waits = /\bawait\b/.test(readIfThere(file));
    return await runWithin(() => jiti.import<Record<string, unknown>>(file), { file }, { waits });
  } catch (error) {
    throw asConfigError(error, file);
  }
}

function readIfThere(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    // jiti says what is wrong with it.
    return '';
  }
}

/** Whatever the user's code threw, as an error that says where. */
export function asConfigError(error: unknown, file: string): AutoRestartError {
  if (error instanceof AutoRestartError) return error;
  const { message, stack } = textsOf(error);
  // File, position and importer stand in `where`, or are told by the file itself.
  const text = (message.split('\n')[0] ?? '')
    .replace(/^\w*Error: /, '')
    .replace(/\s*\S*\(\d+:\d+\)$|\s+\S+:\d+:\d+$| from '.*'$/, '')
    .trim();
  return new AutoRestartError('REQUEST', `the config cannot be loaded: ${text}`, {
    where: placeIn(`${stack}\n${message}`, file),
    hint: hintFor(message),
    cause: error,
  });
}

/** Not by `instanceof`: the user's code may have run in another realm, with an Error of its own. */
function textsOf(error: unknown): { message: string; stack: string } {
  if (typeof error !== 'object' || error === null) return { message: String(error), stack: '' };
  const { message, stack } = error as { message?: unknown; stack?: unknown };
  return { message: String(message ?? ''), stack: String(stack ?? '') };
}

/** `auto-restart.config.ts:12`, from the stack or from the message of a syntax error; columns are the transformed ones. */
function placeIn(text: string, file: string): string {
  const inStack = new RegExp(`${escapeForRegExp(path.basename(file))}:(\\d+)`).exec(text);
  const [, line] = inStack ?? /\((\d+):\d+\)/.exec(text) ?? [];
  return line === undefined ? file : `${file}:${line}`;
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function hintFor(message: string): string | undefined {
  return /Cannot find (module|package)/.test(message) ? 'is it installed beside the config?' : undefined;
}

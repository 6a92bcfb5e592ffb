/** Finds and loads `rehearsals/*.ts` beside the config. The one effect of this room besides the local Snowflake. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as library from '../config/define';
import { importTypeScript } from '../config/import-typescript';
import { didYouMean } from '../config/nearest';
import { AutoRestartError } from '../errors';
import { defineRehearsal } from './rehearsal';

const REHEARSALS = 'rehearsals';

export interface LoadedRehearsal {
  /** The file's name without `.ts`. */
  name: string;
  file: string;
  /** What it exports; not checked. */
  rehearsal: unknown;
}

/**
 * @param root folder of the config
 * @param names which ones, with or without `.ts`; none for all, in order of their names
 * @throws AutoRestartError REQUEST for unknown names and for a file that throws
 */
export async function loadRehearsals(root: string, names: readonly string[]): Promise<LoadedRehearsal[]> {
  const folder = path.join(root, REHEARSALS);
  const known = filesIn(folder);
  const asked = names.map((name) => path.basename(name).replace(/\.ts$/, ''));
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new AutoRestartError('REQUEST', `there is no rehearsal ${unknown.join(', no ')}`, {
      where: folder,
      hint: [...new Set(unknown.map((name) => didYouMean(name, known)))].join(' '),
    });
  }
  const wanted = known.filter((name) => asked.length === 0 || asked.includes(name));
  return Promise.all(wanted.map((name) => load(name, path.join(folder, `${name}.ts`))));
}

function filesIn(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => file.slice(0, -3))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

async function load(name: string, file: string): Promise<LoadedRehearsal> {
  try {
    const exports = await importTypeScript(file, { ...library, defineRehearsal });
    return { name, file, rehearsal: exports['default'] };
  } catch (error) {
    if (!(error instanceof AutoRestartError)) throw error;
    const message = error.message.replace(/^the config cannot/, 'it cannot');
    throw new AutoRestartError('REQUEST', `rehearsal ${name}: ${message}`, {
      cause: error,
      ...(error.where === undefined ? {} : { where: error.where }),
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}

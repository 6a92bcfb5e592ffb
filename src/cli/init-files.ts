/** Writes what `init` makes: whole files where nothing is, missing lines into files that are there. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AutoRestartError } from '../errors';
import { CONFIG_FILE, type InitFiles } from '../init/files';

export interface Written {
  files: { path: string; state: 'new' | 'added to' | 'left' }[];
}

/** @throws AutoRestartError REFUSED where there is a config: it is the user's work */
export function refuseExisting(root: string): void {
  if (!fs.existsSync(path.join(root, CONFIG_FILE))) return;
  throw new AutoRestartError('REFUSED', `${CONFIG_FILE} is there already`, {
    where: root,
    hint: 'change it by hand, or move it away and run init again',
  });
}

export function writeInit(root: string, { files, lines }: InitFiles): Written {
  return {
    files: [
      ...files.map((file) => ({ path: file.path, state: writeNew(path.join(root, file.path), file.text) })),
      ...lines.map((file) => ({ path: file.path, state: addLines(path.join(root, file.path), file.lines) })),
    ],
  };
}

function writeNew(file: string, text: string): 'new' | 'left' {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  try {
    fs.writeFileSync(file, text, { flag: 'wx' });
    return 'new';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return 'left';
    throw error;
  }
}

function addLines(file: string, lines: readonly string[]): 'new' | 'added to' | 'left' {
  const there = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
  if (there === null) {
    fs.writeFileSync(file, `${lines.join('\n')}\n`);
    return 'new';
  }
  const known = new Set(there.split(/\r?\n/).map((line) => line.trim().replace(/^\//, '')));
  const missing = lines.filter((line) => !known.has(line));
  if (missing.every((line) => line.startsWith('#'))) return 'left';
  fs.appendFileSync(file, `${there === '' || there.endsWith('\n') ? '' : '\n'}${missing.join('\n')}\n`);
  return 'added to';
}

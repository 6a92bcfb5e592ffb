/** Writes `generated/`: each file whole or not at all, nothing outside it, orphans taken away. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AutoRestartError } from '../errors';
import type { FileContents, FileState } from './generated';

/**
 * @param states as `compareFiles` gave them: what is the same is not touched
 * @throws AutoRestartError FAILED naming the file that could not be written
 */
export function writeFiles(root: string, wanted: FileContents, states: readonly FileState[]): void {
  for (const { path: file, state } of states) {
    if (state === 'same') continue;
    const target = path.join(root, file);
    try {
      refuseLinks(root, file);
      if (state === 'orphaned') removeWithFolder(root, target);
      else writeWhole(target, wanted.get(file) ?? '');
    } catch (error) {
      if (error instanceof AutoRestartError) throw error;
      throw new AutoRestartError('FAILED', `${target} cannot be written: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}

/** A new file takes the old one's place in one step, so a reader never sees half of it. */
function writeWhole(target: string, content: string): void {
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const partial = `${target}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(partial, content, 'utf8');
    fs.renameSync(partial, target);
  } catch (error) {
    fs.rmSync(partial, { force: true });
    throw error;
  }
}

function removeWithFolder(root: string, target: string): void {
  fs.rmSync(target);
  for (let folder = path.dirname(target); folder !== root; folder = path.dirname(folder)) {
    if (fs.readdirSync(folder).length > 0) return;
    fs.rmdirSync(folder);
  }
}

/** A link on the way would lead the file out of `generated/`. */
function refuseLinks(root: string, file: string): void {
  const parts = file.split('/');
  for (let count = 1; count <= parts.length; count += 1) {
    const step = path.join(root, ...parts.slice(0, count));
    if (fs.lstatSync(step, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
      throw new AutoRestartError('REFUSED', `${step} is a symbolic link`, {
        hint: 'generated files are plain files',
      });
    }
  }
}

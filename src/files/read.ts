/** Looking at the disk: what is not there is no error, everything else that cannot be read is one, with its path. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AutoRestartError } from '../errors';

export function readIfThere(file: string): string | null {
  return orNull(file, () => fs.readFileSync(file, 'utf8'));
}

/** A file itself: no link, no folder. */
export function isPlainFile(file: string): boolean {
  return orNull(file, () => fs.lstatSync(file))?.isFile() === true;
}

export function isLink(file: string): boolean {
  return orNull(file, () => fs.lstatSync(file))?.isSymbolicLink() === true;
}

export function foldersIn(folder: string): string[] {
  return entries(folder).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** Files below a folder, relative to `root`. Links are files of others: they are named, and not followed. */
export function filesBelow(root: string, folder: string): string[] {
  return entries(path.join(root, folder)).flatMap((entry) => {
    const inside = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, inside) : [inside];
  });
}

export function namesIn(folder: string): string[] {
  return entries(folder).map(({ name }) => name);
}

function entries(folder: string): fs.Dirent[] {
  return orNull(folder, () => fs.readdirSync(folder, { withFileTypes: true })) ?? [];
}

function orNull<T>(file: string, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new AutoRestartError('FAILED', `${file} cannot be read: ${message}`, { cause: error });
  }
}

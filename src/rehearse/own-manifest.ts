/** A manifest.json of the user's, read. */
import * as fs from 'node:fs';
import { AutoRestartError } from '../errors';
import { readDag } from '../local/index';

/** @throws AutoRestartError REQUEST when it cannot be read, or is no manifest */
export function ownManifest(file: string): { file: string; text: string } {
  const text = readManifest(file);
  try {
    readDag(text);
  } catch (error) {
    const message = (error as Error).message.replace(/^dbt project: /, '');
    throw new AutoRestartError('REQUEST', message, { where: file, cause: error });
  }
  return { file, text };
}

export function readManifest(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new AutoRestartError('REQUEST', `the manifest ${file} cannot be read`, {
      cause: error,
      hint: 'dbt parse writes target/manifest.json',
    });
  }
}

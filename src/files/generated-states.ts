/** States of `generated/` to compare: a folder on disk, or what a commit has. */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AutoRestartError } from '../errors';
import type { GeneratedFolder } from '../plan/offline';

const MANIFEST = 'manifest.json';

/** @param root a folder `generated/` */
export function generatedOnDisk(root: string): GeneratedFolder[] {
  const paths = fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => fs.statSync(path.join(root, file)).isFile());
  return byFolder(paths, (file) => fs.readFileSync(path.join(root, file), 'utf8'));
}

/**
 * @param root the folder `generated/` of the working tree
 * @throws AutoRestartError REQUEST where git, the repository or the commit is not there
 */
export function generatedInGit(root: string, ref: string): GeneratedFolder[] {
  const cwd = path.dirname(root);
  const git = (...args: string[]): string => {
    try {
      return execFileSync('git', args, {
        cwd,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 2 ** 28,
      });
    } catch (error) {
      const said =
        String((error as { stderr?: unknown }).stderr ?? '').split('\n')[0] || (error as Error).message;
      throw new AutoRestartError('REQUEST', `git cannot tell what ${ref} has: ${said}`, {
        where: '--base',
        hint: 'name a commit, a branch or a tag of this repository, or a folder',
        cause: error,
      });
    }
  };
  // What looks like an option is none, and what is no commit is told as such.
  git('rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`);
  const inside = git('rev-parse', '--show-prefix').trim();
  const name = path.basename(root);
  const paths = git('ls-tree', '-r', '-z', '--name-only', ref, '--', name)
    .split('\0')
    .filter((file) => file !== '')
    .map((file) => file.slice(name.length + 1));
  return byFolder(paths, (file) => git('show', `${ref}:${inside}${name}/${file}`));
}

/** Only folders with a manifest are ours, and only what the manifest lists. */
function byFolder(paths: readonly string[], read: (file: string) => string): GeneratedFolder[] {
  return paths
    .filter((file) => path.posix.basename(file) === MANIFEST)
    .sort()
    .map((manifest) => {
      const folder = path.posix.dirname(manifest);
      const own = paths.filter((file) => path.posix.dirname(file) === folder);
      return {
        folder,
        files: Object.fromEntries(own.map((file) => [path.posix.basename(file), read(file)])),
      };
    });
}

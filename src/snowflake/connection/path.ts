/** Files that a connection names, read the way the CLI reads them: `~` is the home, the rest from the current folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AutoRestartError } from '../../errors';

/** `~` and `~/...`; another user's `~name` stays as it is. */
export function expandHome(path: string, home: string): string {
  const rest = /^~(?:[/\\](.*))?$/s.exec(path);
  return rest === null ? path : join(home, rest[1] ?? '');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read by this user',
  EPERM: 'it may not be read by this user',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
};

/** @throws AutoRestartError CONNECTION that names the key, and the path as it was looked for */
export function readNamedFile(key: string, path: string, home: string): string {
  const file = expandHome(path, home);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const reason = REASONS[code] ?? `it cannot be read (${code})`;
    throw new AutoRestartError('CONNECTION', `${key} '${path}': ${reason}`, {
      ...(file === path ? {} : { where: file }),
      hint: '~ is the home folder; a relative path begins in the current folder',
    });
  }
}

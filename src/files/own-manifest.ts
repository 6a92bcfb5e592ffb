/** The manifest.json that ends each run of `generate`: the files it lists are ours, and no others are. */
import * as path from 'node:path';

export const MANIFEST = 'manifest.json';

/**
 * @param text of a manifest.json: ours, that of another tool, or ours with the marks of a merge in it
 * @returns paths relative to its folder, its own among them; `null` when it is not ours
 */
export function filesListedIn(text: string): string[] | null {
  const sides = text.replace(/^\ufeff/, '').replace(CONFLICT_LINES, '');
  const manifest = parsed(sides) ?? lists(sides);
  if (manifest === null) return null;
  const { deployment, statements, files } = manifest;
  if (typeof deployment !== 'string' || !Array.isArray(statements) || !Array.isArray(files)) return null;
  if (!files.includes(MANIFEST)) return null;
  return [...new Set(files.filter(isInside))];
}

/** With conflicts in it there are two lists in one: a file of either side is ours. */
const CONFLICT_LINES = /^(?:<{7}|={7}|>{7}|\|{7}).*$/gm;

interface Manifest {
  deployment?: unknown;
  statements?: unknown;
  files?: unknown;
}

function parsed(text: string): Manifest | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return null;
  }
}

/** What is not JSON, but looks as our manifest does. */
function lists(text: string): Manifest | null {
  const [, deployment] = /^ {2}"deployment": "([^"]+)",$/m.exec(text) ?? [];
  const found = [...text.matchAll(/^ {2}"files": \[([^\]]*)\]/gm)];
  if (deployment === undefined || found.length === 0 || !/^ {2}"statements": \[/m.test(text)) return null;
  const files = found.flatMap(([, list = '']) =>
    [...list.matchAll(/"([^"]*)"/g)].map(([, file = '']) => file),
  );
  return { deployment, statements: [], files };
}

/** Below the folder, whatever somebody has written into the list. */
function isInside(file: unknown): file is string {
  return (
    typeof file === 'string' &&
    file !== '' &&
    !path.posix.isAbsolute(file) &&
    !/[\\:\0]/.test(file) &&
    path.posix.normalize(file) === file &&
    file !== '.' &&
    !/^\.\.(?:\/|$)/.test(file)
  );
}

/** The manifest as it is written before all other files: what was ours and what will be are both listed. */
export function claim(manifest: string, earlier: readonly string[]): string {
  const value = JSON.parse(manifest) as { files: string[] };
  return `${JSON.stringify({ ...value, files: [...new Set([...value.files, ...earlier])] }, null, 2)}\n`;
}

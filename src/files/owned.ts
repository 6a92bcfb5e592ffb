/** Whose the files below `generated/` are: ours are those that a manifest of ours lists, whatever stands in them. */
import * as path from 'node:path';
import { MANIFEST, filesListedIn } from './own-manifest';
import { filesBelow, foldersIn, isPlainFile, namesIn, readIfThere } from './read';

export interface Ownership {
  /** Files that are there and that an earlier run wrote, relative to `generated/`. */
  own: ReadonlySet<string>;
  /** What lies beside them in the same folders. */
  others: string[];
}

/**
 * @param wanted the deployments' folders, relative to `generated/`
 * @param covers whether a deployment's folder is looked at; those that the config has no more are asked for too
 */
export function ownershipOf(
  root: string,
  wanted: readonly string[],
  covers: (folder: string) => boolean,
): Ownership {
  const all = deploymentFolders(root, wanted);
  const covered = [...all].filter(([folder]) => covers(folder));
  const own = covered
    .flatMap(([folder, listed]) => listed.map((file) => `${folder}/${file}`))
    .filter((file) => isPlainFile(path.join(root, file)));
  const ours = new Set([...own, ...leftovers(root)]);
  const others = covered
    .flatMap(([folder]) => filesBelow(root, folder).filter((file) => folderOf(file, all) === folder))
    .filter((file) => !ours.has(file));
  return { own: ours, others: others.sort() };
}

/** Files that the manifest of a deployment's folder lists; none where there is no manifest of ours. */
export function listedFiles(root: string, folder: string): string[] {
  const manifest = path.join(root, folder, MANIFEST);
  if (!isPlainFile(manifest)) return [];
  return filesListedIn(readIfThere(manifest) ?? '') ?? [];
}

/** Each with what its manifest lists: those that there should be, and those that a manifest of ours marks. */
function deploymentFolders(root: string, wanted: readonly string[]): Map<string, string[]> {
  const there = foldersIn(root)
    .filter((name) => !PARTIAL.test(name))
    .flatMap((name) => [name, ...foldersIn(path.join(root, name)).map((inner) => `${name}/${inner}`)]);
  const listed = new Map(
    [...new Set([...wanted, ...there])].map((folder) => [folder, listedFiles(root, folder)]),
  );
  const isWanted = new Set(wanted);
  for (const [folder, files] of listed)
    if (files.length === 0 && !isWanted.has(folder)) listed.delete(folder);
  return listed;
}

/** The innermost deployment's folder that a file lies in: an environment may be called as a deployment was before. */
function folderOf(file: string, folders: ReadonlyMap<string, unknown>): string | undefined {
  let folder = path.posix.dirname(file);
  while (folder !== '.' && !folders.has(folder)) folder = path.posix.dirname(folder);
  return folder === '.' ? undefined : folder;
}

const PARTIAL = /^\.dbt-auto-restart-(\d+)\.partial$/;

/** What is being written, a file or a new folder, lies here until it is whole. */
export function partialName(pid: number): string {
  return `.dbt-auto-restart-${pid}.partial`;
}

/** Files that a process left behind that was ended while it wrote. */
function leftovers(root: string): string[] {
  const folders = leftoverFolders(root);
  const files = namesIn(root).filter((name) => isLeftover(name) && isPlainFile(path.join(root, name)));
  return [...files, ...folders.flatMap((folder) => filesBelow(root, folder))];
}

/** Folders that it left behind, relative to `generated/`. */
export function leftoverFolders(root: string): string[] {
  return foldersIn(root).filter(isLeftover);
}

function isLeftover(name: string): boolean {
  const [, pid] = PARTIAL.exec(name) ?? [];
  return pid !== undefined && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Writes `generated/`: each file and each new folder whole or not at all, nothing outside it, orphans taken away.
 * Whenever it is ended, the next run finds what is ours: the manifest lists a file before it is written, and goes on
 * listing it until it is gone.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AutoRestartError } from '../errors';
import {
  compareFolder,
  withOthers,
  type Comparison,
  type FileContents,
  type FileState,
  type WantedFolder,
} from './generated';
import { MANIFEST, claim } from './own-manifest';
import { leftoverFolders, listedFiles, ownershipOf, partialName, type Ownership } from './owned';
import { isLink } from './read';

/**
 * @param root the folder `generated/`
 * @param covers as of `compareFiles`
 * @returns what there was before; what was the same is not touched
 * @throws AutoRestartError REFUSED before anything is written, FAILED naming the file that could not be written
 */
export function writeFiles(
  root: string,
  wanted: readonly WantedFolder[],
  covers: (folder: string) => boolean = () => true,
): Comparison {
  const folders = wanted.map(({ folder }) => folder);
  const ownership = ownershipOf(root, folders, covers);
  refuseOthers(root, wanted, ownership);
  const manifests = new Map<string, string>();
  const writer = new WholeFiles(root);
  const states = wanted.flatMap(({ folder, files }) => {
    const contents = files();
    const found = compareFolder(root, contents, ownership);
    if (writer.writeNewFolder(folder, contents)) return found;
    const changed = found.filter(({ state }) => state !== 'same').map(({ path: file }) => file);
    for (const file of changed.filter(isManifest)) {
      claimFiles(writer, file, contents.get(file)!);
      manifests.set(file, contents.get(file)!);
    }
    for (const file of changed) if (!isManifest(file)) writer.write(file, contents.get(file)!);
    return found;
  });
  const comparison = withOthers(states, ownership);
  const orphans = comparison.states.filter(({ state }) => state === 'orphaned').map(({ path: file }) => file);
  for (const file of orphans) if (!isManifest(file)) removeWithFolder(root, file);
  for (const [file, content] of manifests) writer.write(file, content);
  for (const file of orphans) if (isManifest(file)) removeWithFolder(root, file);
  for (const folder of leftoverFolders(root)) removeFolder(path.join(root, folder));
  return comparison;
}

/** Where nothing of others lies, none of it can be in the way: only the other folders are rendered for it. */
function refuseOthers(root: string, wanted: readonly WantedFolder[], ownership: Ownership): void {
  for (const { folder } of wanted) refuseLinks(root, folder);
  const shared = new Set(ownership.others.flatMap(foldersAbove));
  const states = wanted
    .filter(({ folder }) => shared.has(folder))
    .flatMap(({ files }) => compareFolder(root, files(), ownership));
  refuseForeign(states);
  for (const { path: file, state } of states) if (state !== 'same') refuseLinks(root, file);
}

function isManifest(file: string): boolean {
  return path.posix.basename(file) === MANIFEST;
}

/** `prod/o2c/a.sql`: `prod/o2c`, `prod`. */
function foldersAbove(file: string): string[] {
  const folder = path.posix.dirname(file);
  return folder === '.' ? [] : [folder, ...foldersAbove(folder)];
}

function refuseForeign(states: readonly FileState[]): void {
  const foreign = states
    .filter(({ state }) => state === 'foreign')
    .map(({ path: file }) => `generated/${file}`);
  if (foreign.length === 0) return;
  const more = foreign.length > 5 ? ` and ${foreign.length - 5} more` : '';
  throw new AutoRestartError(
    'REFUSED',
    `generate would write over what it did not write: ${foreign.slice(0, 5).join(', ')}${more}`,
    { hint: 'move it to another folder, or delete it, and generate again' },
  );
}

/** Where the list in the manifest that is there lacks a file, it is written first, with the old list and the new. */
function claimFiles(writer: WholeFiles, file: string, manifest: string): void {
  const earlier = listedFiles(writer.root, path.posix.dirname(file));
  const { files } = JSON.parse(manifest) as { files: string[] };
  if (files.every((each) => earlier.includes(each))) return;
  writer.write(file, claim(manifest, earlier));
}

/** Files that appear whole: a new one takes the old one's place in one step, so a reader never sees half of it. */
class WholeFiles {
  private readonly folders = new Set<string>();
  private readonly partial: string;

  constructor(readonly root: string) {
    this.partial = path.join(root, partialName(process.pid));
    // Of an earlier process with this number.
    removeFolder(this.partial);
  }

  write(file: string, content: string): void {
    const target = path.join(this.root, file);
    try {
      this.makeFolder(path.dirname(target));
      fs.writeFileSync(this.partial, content, 'utf8');
      fs.renameSync(this.partial, target);
    } catch (error) {
      fs.rmSync(this.partial, { force: true });
      throw failed(target, 'written', error);
    }
  }

  /** @returns false, having written nothing, where the folder is there: then its files are written one by one */
  writeNewFolder(folder: string, contents: FileContents): boolean {
    const target = path.join(this.root, folder);
    if (fs.existsSync(target)) return false;
    const inside = (file: string): string => path.join(this.partial, path.posix.relative(folder, file));
    let at = target;
    try {
      const folders = new Set([...contents.keys()].map((file) => path.dirname(inside(file))));
      for (const each of folders) fs.mkdirSync(each, { recursive: true });
      for (const [file, content] of contents) {
        at = path.join(this.root, file);
        fs.writeFileSync(inside(file), content, 'utf8');
      }
      at = target;
      this.makeFolder(path.dirname(target));
      fs.renameSync(this.partial, target);
      return true;
    } catch (error) {
      fs.rmSync(this.partial, { recursive: true, force: true });
      // Another `generate` was faster.
      if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
      throw failed(at, 'written', error);
    }
  }

  private makeFolder(folder: string): void {
    if (this.folders.has(folder)) return;
    fs.mkdirSync(folder, { recursive: true });
    this.folders.add(folder);
  }
}

function removeWithFolder(root: string, file: string): void {
  const target = path.join(root, file);
  try {
    fs.rmSync(target);
    for (let folder = path.dirname(target); folder !== root; folder = path.dirname(folder)) {
      if (fs.readdirSync(folder).length > 0) return;
      fs.rmdirSync(folder);
    }
  } catch (error) {
    throw failed(target, 'removed', error);
  }
}

function removeFolder(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    throw failed(folder, 'removed', error);
  }
}

function failed(target: string, what: 'written' | 'removed', cause: unknown): AutoRestartError {
  return new AutoRestartError('FAILED', `${target} cannot be ${what}: ${(cause as Error).message}`, {
    cause,
  });
}

/** A link on the way would lead the file out of `generated/`. */
function refuseLinks(root: string, file: string): void {
  const parts = file.split('/');
  for (let count = 1; count <= parts.length; count += 1) {
    const step = path.join(root, ...parts.slice(0, count));
    if (isLink(step)) {
      throw new AutoRestartError('REFUSED', `${step} is a symbolic link`, {
        hint: 'generated files are plain files',
      });
    }
  }
}

/** The patterns of selectors: names, fqns and paths with wildcards, as Python matches them for dbt. */
import type { DagNode } from './dag';

/** Python's fnmatch on POSIX: `*`, `?`, `[abc]`, `[a-c]`, `[!abc]`; letter case counts. */
export function wildcard(pattern: string): (text: string) => boolean {
  if (!/[*?[]/.test(pattern)) return (text) => text === pattern;
  const source = pattern.replace(/\*|\?|\[(!?)(\]?[^\]]*)\]|[\s\S]/g, (token, not, set) => {
    if (token === '*') return '[\\s\\S]*';
    if (token === '?') return '[\\s\\S]';
    if (set) return `[${not ? '^' : ''}${set.replace(/[\\^[\]]/g, '\\$&')}]`;
    return escapeRegExp(token);
  });
  const regExp = new RegExp(`^(?:${source})$`, 'u');
  return (text) => regExp.test(text);
}

/** With its package or without. */
export function fqnPattern(value: string): (node: DagNode) => boolean {
  const matches = beginningOf(value);
  return ({ fqn, version, resourceType }) => {
    // A unit test of a versioned model has a version too, but its fqn ends with its name.
    const isVersioned = version !== undefined && resourceType === 'model';
    return [fqn, fqn.slice(1)].some((parts) => isNamed(parts, value, isVersioned) || matches(parts));
  };
}

/** The fqn of a versioned model ends with its version: `dim_customers`, `dim_customers.v1`, `dim_customers_v1` name it. */
function isNamed(fqn: readonly string[], value: string, isVersioned: boolean): boolean {
  if (!isVersioned) return fqn.at(-1) === value;
  return fqn.at(-2) === value || fqn.slice(-2).join('_') === value.split('.').slice(-2).join('_');
}

/** The beginning of the fqn; from the first part with a wildcard on, the rest is one pattern. */
function beginningOf(value: string): (fqn: readonly string[]) => boolean {
  const wanted = value.split('.');
  const wildcardAt = wanted.findIndex((part) => /[*?[\]]/.test(part));
  const plain = wildcardAt === -1 ? wanted : wanted.slice(0, wildcardAt);
  const matchesRest = wildcardAt === -1 ? () => true : wildcard(wanted.slice(wildcardAt).join('.'));
  return (fqn) => {
    const parts = fqn.flatMap((part) => part.split('.'));
    if (parts.length < wanted.length) return false;
    return (
      plain.every((part, index) => parts[index] === part) && matchesRest(parts.slice(plain.length).join('.'))
    );
  };
}

/**
 * A glob over the files and folders of the root project, in which `*` stays inside a folder and `**` means folders.
 * dbt looks for them on disk, so a path that only a package has is none.
 */
export function pathPattern(value: string, files: ReadonlySet<string>): (node: DagNode) => boolean {
  const parts = value.split('/').filter((part) => part !== '' && part !== '.');
  const found = new Set(
    [...pathsOf(files)].filter((path) => isGlobOf(parts, path.split('/'), files.has(path))),
  );
  return ({ path, patchPath }) =>
    pathAndParents(path).some((part) => found.has(part)) || (patchPath !== undefined && found.has(patchPath));
}

function pathsOf(files: ReadonlySet<string>): Set<string> {
  return new Set([...files].flatMap(pathAndParents));
}

function isGlobOf(pattern: readonly string[], path: readonly string[], isFile: boolean): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return path.length === 0;
  if (first === '**') {
    if (rest.length === 0 && isFile) return false;
    return path.some((_, at) => isGlobOf(rest, path.slice(at), isFile)) || isGlobOf(rest, [], isFile);
  }
  const [name, ...below] = path;
  return name !== undefined && wildcard(first)(name) && isGlobOf(rest, below, isFile);
}

function pathAndParents(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** What `generate` did to the files below `generated/`, or would do: as people read it, and as JSON. */
import { visible } from '../../config/characters';
import type { Checkout, FileState, WantedFolder } from '../../files/generated';
import type { FirstDifference } from '../../files/first-difference';
import type { Deployment } from '../../model/deployment';
import { tableText } from './table';
import { colors, note, print } from './terminal';
import { reportedWarnings, type ReportedWarning } from './warnings';

/** One generated file, as it is reported. */
export interface FileReport {
  /** Relative to the config's folder. */
  file: string;
  /** `foreign`: somebody else's file stands in its place. */
  state: 'unchanged' | 'changed' | 'new' | 'removed' | 'stale' | 'missing' | 'orphaned' | 'foreign';
  /** It differs only in what a checkout or an editor did to all its lines. */
  checkout?: Checkout;
  /** `--check`: the first line of the file on disk that differs, and the lines around it. */
  line?: number;
  hunk?: string[];
}

/** The JSON of `generate`. */
export interface GenerateJson {
  upToDate: boolean;
  files: FileReport[];
  /** Files of others in the folders of deployments: left alone. */
  foreign: string[];
  warnings: ReportedWarning[];
}

export function generateJson(
  files: FileReport[],
  foreign: readonly string[],
  deployments: readonly Deployment[],
): GenerateJson {
  return {
    upToDate: isUpToDate(files),
    files,
    foreign: foreign.map((file) => `generated/${file}`),
    warnings: reportedWarnings(deployments),
  };
}

export function isUpToDate(files: readonly FileReport[]): boolean {
  return files.every(({ state }) => state === 'unchanged');
}

const WRITTEN = {
  same: 'unchanged',
  stale: 'changed',
  missing: 'new',
  orphaned: 'removed',
  foreign: 'foreign',
} as const;

export function writtenFiles(states: readonly FileState[]): FileReport[] {
  return states.map((state) => ({
    file: `generated/${state.path}`,
    state: WRITTEN[state.state],
    ...(state.state === 'stale' && state.checkout !== null ? { checkout: state.checkout } : {}),
  }));
}

/** @param root the folder `generated/` */
export async function checkedFiles(
  root: string,
  states: readonly FileState[],
  wanted: readonly WantedFolder[],
): Promise<FileReport[]> {
  const differences = await firstDifferences(root, states, wanted);
  return states.map((state): FileReport => {
    const file = `generated/${state.path}`;
    if (state.state !== 'stale') return { file, state: state.state === 'same' ? 'unchanged' : state.state };
    if (state.checkout !== null) return { file, state: 'stale', checkout: state.checkout };
    return { file, state: 'stale', ...differences.get(state.path) };
  });
}

async function firstDifferences(
  root: string,
  states: readonly FileState[],
  wanted: readonly WantedFolder[],
): Promise<Map<string, FirstDifference>> {
  const { firstDifference } = await import('../../files/first-difference');
  const { readIfThere } = await import('../../files/read');
  const stale = states
    .filter((state) => state.state === 'stale' && state.checkout === null)
    .map(({ path: file }) => file);
  const found = new Map<string, FirstDifference>();
  for (const { folder, files } of wanted) {
    const inside = stale.filter((file) => file.startsWith(`${folder}/`));
    const contents = inside.length > 0 ? files() : new Map<string, string>();
    for (const file of inside) {
      const actual = readIfThere(`${root}/${file}`) ?? '';
      const difference = firstDifference(actual, contents.get(file) ?? actual);
      if (difference !== null) found.set(file, difference);
    }
  }
  return found;
}

export function showWritten(files: readonly FileReport[]): void {
  const differing = files.filter(({ state }) => state !== 'unchanged');
  if (differing.length > 0) print(tableText(differing.map(({ file, state }) => [visible(file), state])));
  print(`${count(differing.length)} written or removed, ${files.length - differing.length} unchanged`);
  noteCheckout(files);
}

export function showChecked(files: readonly FileReport[]): void {
  const paint = colors('stdout');
  const differing = files.filter(({ state }) => state !== 'unchanged');
  for (const { file, state, checkout, line, hunk } of differing) {
    if (checkout !== undefined) continue;
    const name = visible(line === undefined ? file : `${file}:${line}`);
    print(
      `${paint.bold(name)} ${state === 'foreign' ? 'is not ours: generate did not write it' : `is ${state}`}`,
    );
    for (const text of hunk ?? []) print(`    ${hunkLine(visible(text), paint)}`);
  }
  noteCheckout(differing);
  if (differing.length === 0) print(`generated/ is up to date: ${files.length} files`);
  else
    note(`generated/ differs from the config in ${count(differing.length)}: run dbt-auto-restart generate`);
}

const CHECKOUTS: Readonly<Record<Checkout, string>> = {
  CRLF: 'lines that end with CRLF instead of LF',
  BOM: 'a byte order mark at their start',
};

/** Said once for all files: each of their lines would differ. */
function noteCheckout(files: readonly FileReport[]): void {
  for (const [kind, what] of Object.entries(CHECKOUTS)) {
    const same = files.filter(({ checkout }) => checkout === kind);
    if (same.length === 0) continue;
    const differ = same.length === 1 ? 'differs' : 'differ';
    note(`${count(same.length)} ${differ} only by ${what}: ${some(same.map(({ file }) => file))}`);
    note('    a checkout or an editor did that: put "generated/** text eol=lf" into .gitattributes');
  }
}

export function noteForeign(foreign: readonly string[]): void {
  if (foreign.length === 0) return;
  note(`left alone, not written by generate: ${some(foreign.map((file) => `generated/${file}`))}`);
}

function some(files: readonly string[]): string {
  const more = files.length > 5 ? ` and ${files.length - 5} more` : '';
  return `${visible(files.slice(0, 5).join(', '))}${more}`;
}

function hunkLine(text: string, paint: ReturnType<typeof colors>): string {
  if (text.startsWith('-')) return paint.red(text);
  return text.startsWith('+') ? paint.green(text) : text;
}

function count(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}

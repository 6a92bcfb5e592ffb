/** `generate`: writes `generated/`; with `--check` only says whether it is up to date. */
import type { Argv } from 'yargs';
import type { FileContents, FileState } from '../../files/generated';
import type { Deployment } from '../../model/deployment';
import type { CommonArgs } from '../command';
import { EXIT } from '../output/exit-codes';
import { noteWarnings } from '../output/warnings';
import { colors, note, print, printJson } from '../output/terminal';

export const command = 'generate';
export const describe = 'write the SQL of the config to generated/';

interface Args extends CommonArgs {
  check: boolean;
}

export function builder(parser: Argv): Argv {
  return parser.option('check', {
    type: 'boolean',
    default: false,
    describe: 'write nothing; exit 3 when a file is stale, missing or orphaned',
  });
}

/** One generated file, as it is reported. */
interface FileReport {
  /** Relative to the config's folder. */
  file: string;
  state: 'unchanged' | 'changed' | 'new' | 'removed' | 'stale' | 'missing' | 'orphaned';
  /** `--check`: the first line of the file on disk that differs, and the lines around it. */
  line?: number;
  hunk?: string[];
}

export async function handler(args: Args): Promise<number> {
  const { loadProject, generatedFolder } = await import('../project');
  const project = await loadProject(args);
  const { renderDeployment } = await import('../../render/render');
  const { compareFiles, contentsOf } = await import('../../files/generated');

  const wanted = contentsOf(project.deployments.map((deployment) => renderDeployment(deployment)));
  const root = generatedFolder(project);
  const states = compareFiles(root, wanted, project.covers);
  if (!args.check) {
    const { writeFiles } = await import('../../files/write');
    writeFiles(root, wanted, states);
  }
  const files = args.check ? await checked(states, wanted) : written(states);
  const upToDate = files.every(({ state }) => state === 'unchanged');
  if (args.json) printJson(asJson(upToDate, files, project.deployments));
  else await show(files, args.check);
  noteWarnings(project.deployments);
  return args.check && !upToDate ? EXIT.differs : EXIT.ok;
}

const WRITTEN = { same: 'unchanged', stale: 'changed', missing: 'new', orphaned: 'removed' } as const;

function written(states: readonly FileState[]): FileReport[] {
  return states.map(({ path, state }) => ({ file: `generated/${path}`, state: WRITTEN[state] }));
}

async function checked(states: readonly FileState[], wanted: FileContents): Promise<FileReport[]> {
  return Promise.all(
    states.map(async (state): Promise<FileReport> => {
      const file = `generated/${state.path}`;
      if (state.state !== 'stale') return { file, state: state.state === 'same' ? 'unchanged' : state.state };
      const { firstDifference } = await import('../../files/first-difference');
      return { file, state: 'stale', ...firstDifference(state.actual, wanted.get(state.path) ?? '') };
    }),
  );
}

function asJson(
  upToDate: boolean,
  files: readonly FileReport[],
  deployments: readonly Deployment[],
): unknown {
  return {
    upToDate,
    files,
    warnings: deployments.flatMap(({ name, warnings }) =>
      warnings.map((warning) => ({ deployment: name, ...warning })),
    ),
  };
}

async function show(files: readonly FileReport[], check: boolean): Promise<void> {
  const paint = colors('stdout');
  const differing = files.filter(({ state }) => state !== 'unchanged');
  const unchanged = files.length - differing.length;
  if (check) {
    for (const { file, state, line, hunk } of differing) {
      print(`${paint.bold(line === undefined ? file : `${file}:${line}`)} is ${state}`);
      for (const text of hunk ?? []) print(`    ${hunkLine(text, paint)}`);
    }
    if (differing.length === 0) print(`generated/ is up to date: ${files.length} files`);
    else
      note(`generated/ differs from the config in ${count(differing.length)}: run dbt-auto-restart generate`);
    return;
  }
  if (differing.length > 0) {
    const { tableText } = await import('../output/table');
    print(tableText(differing.map(({ file, state }) => [file, state])));
  }
  print(`${count(differing.length)} written or removed, ${unchanged} unchanged`);
}

function hunkLine(text: string, paint: ReturnType<typeof colors>): string {
  if (text.startsWith('-')) return paint.red(text);
  return text.startsWith('+') ? paint.green(text) : text;
}

function count(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}

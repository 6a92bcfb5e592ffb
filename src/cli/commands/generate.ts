/** `generate`: writes `generated/`; with `--check` only says whether it is up to date. */
import type { Argv } from 'yargs';
import type { CommonArgs } from '../command';
import { EXIT } from '../output/exit-codes';
import { noteWarnings } from '../output/warnings';
import { printJson } from '../output/terminal';

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

export async function handler(args: Args): Promise<number> {
  const { loadProject, generatedFolder } = await import('../project');
  const project = await loadProject(args);
  const { wantedFolders } = await import('../wanted-folders');
  const report = await import('../output/generated-report');

  const wanted = wantedFolders(project);
  const root = generatedFolder(project);
  const compare = args.check
    ? (await import('../../files/generated')).compareFiles
    : (await import('../../files/write')).writeFiles;
  const { states, foreign } = compare(root, wanted, project.covers);
  const files = args.check ? await report.checkedFiles(root, states, wanted) : report.writtenFiles(states);
  if (args.json) {
    printJson(report.generateJson(files, foreign, project.deployments));
  } else {
    if (args.check) report.showChecked(files);
    else report.showWritten(files);
    report.noteForeign(foreign);
    noteWarnings(project.deployments);
  }
  return args.check && !report.isUpToDate(files) ? EXIT.differs : EXIT.ok;
}

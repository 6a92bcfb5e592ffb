/** `init`: a config, a rehearsal, a pipeline; from answers, from flags, or from what an account has. */
import type { Argv } from 'yargs';
import { LAYOUT_NAMES } from '../../config/layout-names';
import { PIPELINES, type Pipeline, type Setup } from '../../init/setup';
import type { CommonArgs } from '../command';
import { EXIT } from '../output/exit-codes';
import { note, print, printJson } from '../output/terminal';

export const command = 'init';
export const describe = 'write a config to begin with, a rehearsal and a pipeline';

export interface InitArgs extends CommonArgs {
  yes: boolean;
  'from-account': boolean;
  project?: string;
  database?: string;
  schema?: string;
  warehouse?: string;
  log?: string;
  object?: string;
  environment?: string;
  schedule?: string;
  'time-zone'?: string;
  pipeline?: Pipeline;
}

export function builder(parser: Argv): Argv {
  const text = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const;
  return parser
    .option('yes', {
      type: 'boolean',
      default: false,
      describe: 'ask nothing: defaults for what no option says',
    })
    .option('from-account', {
      type: 'boolean',
      default: false,
      describe:
        'read tasks, dbt project and log of the account behind --connection; nothing is changed there',
    })
    .option('project', text('name of the dbt project; default: that of dbt_project.yml, else of the folder'))
    .option('database', text('database of tasks, views and procedure'))
    .option('schema', text('schema of tasks, views and procedure'))
    .option('warehouse', text('warehouse of the tasks'))
    .option('log', {
      choices: ['history', ...LAYOUT_NAMES],
      describe: "Snowflake's own history, or the log that dbt's hooks write",
    } as const)
    .option('object', text('the dbt project object'))
    .option('environment', text("dbt's target name in the log"))
    .option('schedule', text("cron of the full build: '0 6 * * *'"))
    .option('time-zone', text('time zone of the cron'))
    .option('pipeline', { choices: PIPELINES, describe: 'whose pipeline to write' } as const);
}

export async function handler(args: InitArgs): Promise<number> {
  const { refuseExisting, writeInit } = await import('../init-files');
  const { answersOf } = await import('../init-answers');
  const { initFiles } = await import('../../init/files');
  const { newSetup } = await import('../../init/new-setup');
  const root = process.cwd();
  refuseExisting(root);
  const answers = await answersOf(args, root);
  const setup = args['from-account']
    ? await (await import('../init-account')).readSetup(args, answers, root)
    : newSetup(answers);
  const made = initFiles(setup);
  await refuseWhatCannotBe(made.files[0]?.text ?? '');
  const written = writeInit(root, made);
  const generated = await generateInto(root);
  if (args.json) printJson({ ...written, generated, notes: setup.notes });
  else {
    setup.notes.forEach(note);
    print(
      [
        ...written.files.map(({ path, state }) => `${state.padEnd(9)} ${path}`),
        `new       generated/ (${generated.length} files)`,
      ].join('\n'),
    );
    note(nextSteps(setup));
  }
  return EXIT.ok;
}

/** Before anything is written: the config, read and resolved as every command does. */
async function refuseWhatCannotBe(text: string): Promise<void> {
  const fs = await import('node:fs');
  const os = await import('node:os');
  const path = await import('node:path');
  const { loadProject } = await import('../project');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'auto-restart-init-'));
  try {
    const config = path.join(folder, 'auto-restart.config.ts');
    fs.writeFileSync(config, text);
    await loadProject({ config });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The config that was written, rendered: what it says is what is generated. */
async function generateInto(root: string): Promise<string[]> {
  const { loadProject, generatedFolder } = await import('../project');
  const { wantedFolders } = await import('../wanted-folders');
  const { writeFiles } = await import('../../files/write');
  const path = await import('node:path');
  const project = await loadProject({ config: path.join(root, 'auto-restart.config.ts') });
  const { states } = writeFiles(generatedFolder(project), wantedFolders(project), project.covers);
  return states.map(({ path: file }) => `generated/${file}`);
}

function nextSteps({ connection, tasks }: Setup): string {
  return [
    '',
    'what next:',
    '  npx dbt-auto-restart rehearse                       a failure and its retry, on the local Snowflake',
    `  npx dbt-auto-restart explain ${tasks[0]?.name ?? '--help'}`.padEnd(54) + 'what it will do, in words',
    connection === null
      ? '  npx dbt-auto-restart plan --connection NAME         what apply would do to an account'
      : '  npx dbt-auto-restart plan                           what apply would do to the account',
  ].join('\n');
}

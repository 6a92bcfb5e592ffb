/** Answers to what `init` has to know: from options, from a person, else the defaults. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { LAYOUT_NAMES } from '../config/layout-names';
import { AutoRestartError } from '../errors';
import { identifierFrom, type Answers } from '../init/new-setup';
import { PIPELINES, type Pipeline } from '../init/setup';
import { parseIdentifier, parseObjectName } from '../model/names';
import type { InitArgs } from './commands/init';
import { isAttended } from './output/terminal';

/** Snowflake's own history, or a log of hooks. */
const LOGS = ['history', ...LAYOUT_NAMES] as const;

/** @throws AutoRestartError REQUEST where nobody can be asked, and for an answer that cannot be right */
export async function answersOf(args: InitArgs, root: string): Promise<Answers> {
  const asks = !args.yes && !args['from-account'];
  if (asks && !isAttended()) {
    throw new AutoRestartError('REQUEST', 'nobody can be asked: this is no terminal', {
      hint: 'add --yes, which takes the defaults for what no option says',
    });
  }
  const asker = asks ? await terminal() : null;
  try {
    return await fillAnswers(args, root, asker);
  } finally {
    asker?.close();
  }
}

export interface Asker {
  /** @returns the answer, or the preset for none */
  question(text: string, preset: string): Promise<string>;
}

/** @param asker `null`: what no option says is the preset */
export async function fillAnswers(args: InitArgs, root: string, asker: Asker | null): Promise<Answers> {
  const answer = async (given: string | undefined, question: string, preset: string): Promise<string> =>
    given ?? (asker === null ? preset : await asker.question(question, preset));
  return checked({
    project: await answer(args.project, 'dbt project', projectName(root)),
    database: await answer(args.database, 'database of tasks, views and procedure', 'ANALYTICS'),
    schema: await answer(args.schema, 'schema (Snowflake wants tasks and dbt project in one)', 'DBT'),
    warehouse: await answer(args.warehouse, 'warehouse', 'COMPUTE_WH'),
    log: (await answer(args.log, `where runs are logged: ${LOGS.join(', ')}`, 'history')) as Answers['log'],
    object: args.object,
    environment: args.environment ?? 'prod',
    schedule: await answer(args.schedule, 'cron of the full build', '0 6 * * *'),
    timeZone: await answer(args['time-zone'], 'its time zone', 'UTC'),
    connection: args.connection === 'local' ? undefined : args.connection,
    pipeline: (await answer(
      args.pipeline,
      `pipeline: ${PIPELINES.join(', ')}`,
      pipelineOf(root),
    )) as Pipeline,
  });
}

/** The config says what else is wrong; these would end in a config that cannot be read as it was meant. */
function checked(answers: Answers): Answers {
  refuse('--log', answers.log, LOGS.includes(answers.log), LOGS.join(', '));
  refuse('--pipeline', answers.pipeline, PIPELINES.includes(answers.pipeline), PIPELINES.join(', '));
  for (const name of ['database', 'schema', 'warehouse'] as const) {
    const parsed = parseIdentifier(answers[name]);
    refuse(`--${name}`, answers[name], parsed.ok, parsed.ok ? '' : parsed.reason);
  }
  if (answers.object !== undefined) {
    const parsed = parseObjectName(answers.object, { database: 'X', schema: 'X' });
    refuse('--object', answers.object, parsed.ok, parsed.ok ? '' : parsed.reason);
  }
  refuse(
    '--project',
    answers.project,
    /^[\w-]+$/.test(answers.project) && identifierFrom(answers.project) !== '',
    'letters, digits and _',
  );
  return answers;
}

function refuse(where: string, value: string, holds: boolean, hint: string): void {
  if (holds) return;
  throw new AutoRestartError('REQUEST', `${JSON.stringify(value)} cannot be taken for ${where}`, {
    where,
    hint,
  });
}

/** `name:` of dbt_project.yml, else the folder's. */
function projectName(root: string): string {
  try {
    const text = fs.readFileSync(path.join(root, 'dbt_project.yml'), 'utf8');
    const [, name] = /^name:\s*['"]?([\w-]+)/m.exec(text) ?? [];
    if (name !== undefined) return name;
  } catch {
    // There is none: the folder says it.
  }
  const plain = path
    .basename(root)
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[a-z]/.test(plain) ? plain : `dbt_${plain}`.replace(/_$/, '');
}

function pipelineOf(root: string): Pipeline {
  if (fs.existsSync(path.join(root, '.gitlab-ci.yml'))) return 'gitlab';
  return fs.existsSync(path.join(root, 'azure-pipelines.yml')) ? 'azure' : 'github';
}

async function terminal(): Promise<Asker & { close(): void }> {
  const { startAsking } = await import('./output/ask');
  const asking = startAsking();
  return {
    async question(text, preset) {
      const answer = await asking.ask(`${text} [${preset}]: `);
      if (answer === null) throw new AutoRestartError('REFUSED', 'nothing was written: there was no answer');
      return answer.trim() === '' ? preset : answer.trim();
    },
    close: () => asking.close(),
  };
}

/** `explain JOB|TASK`: what it will do, in words; with `--now`, what it would do now, and why. */
import type { Argv } from 'yargs';
import type { Explanation } from '../../model/explain';
import type { Evidence } from '../../oncall/evidence';
import type { Project } from '../project';
import { EXIT } from '../output/exit-codes';
import { colors, print, printJson } from '../output/terminal';
import { readingOptions, type ReadingArgs } from '../reading';

export const command = 'explain <name>';
export const describe = 'say what a job or task will do; --now: what now, and why';

interface Args extends ReadingArgs {
  name: string;
  now: boolean;
  mode?: string;
}

export function builder(parser: Argv): Argv {
  return readingOptions(parser)
    .positional('name', {
      type: 'string',
      demandOption: true,
      describe: 'a job or a task of the config',
    })
    .option('now', {
      type: 'boolean',
      default: false,
      describe: 'look into the account: the runs, what is outstanding, which row of the decision matches',
    })
    .option('mode', {
      type: 'string',
      requiresArg: true,
      choices: ['auto', 'full-build', 'retry-only'],
      describe: "with --now: of the call; default: the task's own, auto for a job",
    });
}

export async function handler(args: Args): Promise<number> {
  const { loadProject, loadOneEnvironment } = await import('../project');
  const { explain } = await import('../../model/explain');
  // A connection is given to be used.
  const looks = args.now || args.connection !== undefined;
  const project = await (looks ? loadOneEnvironment(args) : loadProject(args));
  const explanations = project.deployments.flatMap((deployment) => explain(deployment, args.name));
  if (explanations.length === 0) throw await unknownName(args.name, project);
  const evidence = looks ? await look(project, args) : [];
  const found = explanations.map((one) => ({
    ...one,
    ...(looks ? { evidence: evidence.filter(({ deployment }) => deployment === one.deployment) } : {}),
  }));
  if (args.json) printJson(found);
  else print((await Promise.all(found.map((one) => text(one, args, project)))).join('\n\n'));
  return EXIT.ok;
}

async function unknownName(name: string, { deployments }: Project): Promise<Error> {
  const { AutoRestartError } = await import('../../errors');
  const { didYouMean } = await import('../../config/nearest');
  const { explainableNames } = await import('../../model/explain');
  return new AutoRestartError('REQUEST', `there is no job or task ${name}`, {
    hint: didYouMean(name, [...new Set(deployments.flatMap(explainableNames))]),
  });
}

/** The evidence for each job meant; a plain dbt task has none. */
async function look(project: Project, args: Args): Promise<Evidence[]> {
  const { questionsAbout } = await import('../../oncall/questions');
  const { gatherEvidence } = await import('../gather-evidence');
  const { openProject } = await import('../reading');
  const named = project.deployments.filter((one) => questionsAbout(one, args.name, null).length > 0);
  if (named.length === 0) return [];
  const reading = await openProject({ ...project, deployments: named }, args);
  try {
    const found: Evidence[] = [];
    for (const { deployments, facts, reader } of reading.targets) {
      for (const deployment of deployments) {
        for (const question of questionsAbout(deployment, args.name, args.mode ?? null)) {
          found.push(await gatherEvidence(reader, { deployment, ...question, now: facts.now }));
        }
      }
    }
    return found;
  } finally {
    await reading.close();
  }
}

async function text(
  explanation: Explanation & { evidence?: Evidence[] },
  args: Args,
  project: Project,
): Promise<string> {
  const { tableText } = await import('../output/table');
  const { warningPage } = await import('../../model/warnings/page');
  const { deployment, kind, name, facts, warnings, evidence } = explanation;
  const paint = colors('stdout');
  const title = `${paint.bold(`${kind} ${name}`)} (deployment ${deployment})`;
  if (evidence !== undefined && evidence.length > 0) {
    const { evidenceText } = await import('../output/evidence-text');
    const typing = { args, deployment: project.names.length > 1 ? deployment : null };
    return [title, ...evidence.map((one) => evidenceText(one, typing, paint))].join('\n');
  }
  return [
    title,
    tableText(facts.map((fact) => [`  ${paint.dim(fact.topic)}`, fact.text])),
    ...warnings.map(({ code, message }) => `  ${paint.yellow(code)}: ${message} (${warningPage(code)})`),
  ].join('\n');
}

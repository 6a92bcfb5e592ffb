/** `explain JOB|TASK`: what it will do, in words. */
import type { Argv } from 'yargs';
import type { Explanation } from '../../model/explain';
import type { CommonArgs } from '../command';
import { EXIT } from '../output/exit-codes';
import { colors, print, printJson } from '../output/terminal';

export const command = 'explain <name>';
export const describe = 'say in words what a job or task will do';

interface Args extends CommonArgs {
  name: string;
}

export function builder(parser: Argv): Argv {
  return parser.positional('name', {
    type: 'string',
    demandOption: true,
    describe: 'a job or a task of the config',
  });
}

export async function handler(args: Args): Promise<number> {
  const { loadProject } = await import('../project');
  const { explain, explainableNames } = await import('../../model/explain');
  const { deployments } = await loadProject(args);
  const explanations = deployments.flatMap((deployment) => explain(deployment, args.name));
  if (explanations.length === 0) {
    const { AutoRestartError } = await import('../../errors');
    const { didYouMean } = await import('../../config/nearest');
    throw new AutoRestartError('REQUEST', `there is no job or task ${args.name}`, {
      hint: didYouMean(args.name, [...new Set(deployments.flatMap(explainableNames))]),
    });
  }
  if (args.json) printJson(explanations);
  else print((await Promise.all(explanations.map(text))).join('\n\n'));
  return EXIT.ok;
}

async function text({ deployment, kind, name, facts, warnings }: Explanation): Promise<string> {
  const { tableText } = await import('../output/table');
  const { warningPage } = await import('../../model/warnings/page');
  const paint = colors('stdout');
  return [
    `${paint.bold(`${kind} ${name}`)} (deployment ${deployment})`,
    tableText(facts.map((fact) => [`  ${paint.dim(fact.topic)}`, fact.text])),
    ...warnings.map(({ code, message }) => `  ${paint.yellow(code)}: ${message} (${warningPage(code)})`),
  ].join('\n');
}

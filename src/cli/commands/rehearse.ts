/** `rehearse`: plays the scenarios of `rehearsals/` on the local Snowflake and shows what the tasks would do. */
import type { Argv } from 'yargs';
import type { CommonArgs } from '../command';
import { EXIT } from '../output/errors';
import { colors, note, print, printJson } from '../output/terminal';

export const command = 'rehearse [names..]';
export const describe = 'play rehearsals/*.ts: days of schedule in seconds';

interface Args extends CommonArgs {
  names?: string[];
  manifest?: string;
}

export function builder(parser: Argv): Argv {
  return parser
    .positional('names', {
      type: 'string',
      array: true,
      describe: 'files of rehearsals/ without .ts; default: all',
    })
    .option('manifest', {
      type: 'string',
      requiresArg: true,
      describe: "manifest.json of your own dbt project, instead of the rehearsal's",
    });
}

export async function handler(args: Args): Promise<number> {
  const { loadProject } = await import('../project');
  const { loadRehearsals } = await import('../../rehearse/load');
  const { rehearseAll } = await import('../../rehearse/all');
  const { timelineText } = await import('../output/timeline');
  const project = await loadProject({ ...args, deployment: undefined } as CommonArgs);
  const loaded = await loadRehearsals(project.root, args.names ?? []);
  const wanted = loaded.filter(
    ({ rehearsal }) => args.deployment === undefined || rehearsal.deployment === args.deployment,
  );
  const paint = colors('stdout');
  let ok = true;
  const results = [];
  for await (const result of rehearseAll(wanted, project, args.manifest)) {
    ok &&= result.ok;
    if (args.json)
      results.push({
        name: result.name,
        ok: result.ok,
        steps: result.steps,
        differences: result.differences,
      });
    else print(`${timelineText(result, paint)}\n`);
  }
  if (args.json) printJson(results);
  else
    note(
      wanted.length === 0
        ? 'there are no rehearsals'
        : `${wanted.length} rehearsed${ok ? ', all as expected' : ''}`,
    );
  return ok ? EXIT.ok : EXIT.failed;
}

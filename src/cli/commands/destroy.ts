/** `destroy`: takes away what is ours, and says what it leaves. */
import type { Argv } from 'yargs';
import { allowed, consentOptions, type ConsentArgs } from '../planning';
import { EXIT } from '../output/exit-codes';
import { colors, note, print } from '../output/terminal';

export const command = 'destroy';
export const describe = 'suspend and drop everything that carries our mark';

interface Args extends ConsentArgs {
  yes: boolean;
  'take-over'?: string;
}

export function builder(parser: Argv): Argv {
  return consentOptions(parser)
    .option('yes', { type: 'boolean', default: false, describe: 'do not ask; --connection local never does' })
    .option('take-over', {
      type: 'string',
      requiresArg: true,
      describe: 'go on after the dead apply with this id',
    });
}

export async function handler(args: Args): Promise<number> {
  const allow = allowed(args.allow);
  const { AutoRestartError } = await import('../../errors');
  if (!allow.has('DROP')) {
    throw new AutoRestartError('REFUSED', 'destroy drops procedures, views and tasks, with their grants', {
      hint: 'if this is meant: --allow DROP; plan --allow DROP shows what apply would drop',
    });
  }
  const { refuseWithoutTerminal, refuseWithoutConsent, askConsent, execute } = await import('../applying');
  const { loadOneEnvironment } = await import('../project');
  const { planProject } = await import('../planning');
  const { isEmpty } = await import('../../plan/plan');
  const { planText } = await import('../output/plan-text');
  refuseWithoutTerminal(args.yes, args.connection);
  const project = await loadOneEnvironment(args);
  const request = { connection: args.connection, concurrency: 1, allow, adopt: args.adopt, destroy: true };
  const planning = await planProject(project, request);
  try {
    planning.notes.forEach(note);
    const { targets, rendered } = planning;
    if (targets.every(({ planned }) => isEmpty(planned.plan))) {
      if (args.json) return await execute(planning, { takeOver: null, json: true, rendered });
      print('nothing of ours is there');
      return EXIT.ok;
    }
    await refuseWithoutConsent(planning, { allow, adopt: args.adopt });
    for (const { target, planned } of targets)
      note(`${planText(planned.plan, target.name, colors('stderr'))}\n`);
    if (args.connection !== 'local' && !args.yes && !(await askConsent('Destroy this?'))) {
      note('nothing was destroyed');
      return EXIT.failed;
    }
    const code = await execute(planning, { takeOver: args['take-over'] ?? null, json: args.json, rendered });
    note(
      'left as they are: the log tables, the dbt project, databases and schemas with the USAGE granted on them, generated/',
    );
    return code;
  } finally {
    await planning.close();
  }
}

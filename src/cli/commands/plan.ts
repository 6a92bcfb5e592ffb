/** `plan`: what `apply` would do, and what it would mean; nothing is changed. */
import type { Argv } from 'yargs';
import type { PlannedTarget } from '../planning';
import { allowed, consentOptions, type ConsentArgs } from '../planning';
import { EXIT } from '../output/exit-codes';
import { colors, note, print, printJson } from '../output/terminal';

export const command = 'plan';
export const describe = 'say what apply would do to an account, and what it would mean';

interface Args extends ConsentArgs {
  markdown: boolean;
  out?: string;
  check: boolean;
}

export function builder(parser: Argv): Argv {
  return consentOptions(parser)
    .option('markdown', { type: 'boolean', default: false, describe: 'print it for a pull request' })
    .option('out', {
      type: 'string',
      requiresArg: true,
      describe: 'write the plan to a file, for apply --plan',
    })
    .option('check', {
      type: 'boolean',
      alias: 'exit-code',
      default: false,
      describe: 'exit 3 when there is something to do',
    });
}

export async function handler(args: Args): Promise<number> {
  const allow = allowed(args.allow);
  const { loadOneEnvironment } = await import('../project');
  const { planProject } = await import('../planning');
  const { isEmpty } = await import('../../plan/plan');
  const project = await loadOneEnvironment(args);
  const request = { connection: args.connection, concurrency: 1, allow, adopt: args.adopt };
  const planning = await planProject(project, request);
  try {
    planning.notes.forEach(note);
    const { targets } = planning;
    if (args.out !== undefined) {
      const { writePlanFile } = await import('../plan-file');
      writePlanFile(args.out, {
        format: 1,
        allow: [...allow],
        adopt: args.adopt,
        plans: targets.map(({ planned }) => planned.plan),
      });
      note(`wrote ${args.out}`);
    }
    await show(targets, args);
    if (await isRefused(targets, args, allow)) return EXIT.failed;
    return args.check && !targets.every(({ planned }) => isEmpty(planned.plan)) ? EXIT.differs : EXIT.ok;
  } finally {
    await planning.close();
  }
}

async function show(targets: readonly PlannedTarget[], args: Args): Promise<void> {
  if (args.json) {
    printJson(targets.map(({ target, planned }) => ({ target: target.name, ...planned.plan })));
  } else if (args.markdown) {
    const { planMarkdown } = await import('../output/plan-markdown');
    print(targets.map(({ target, planned }) => planMarkdown(planned.plan, target.name)).join('\n\n'));
  } else {
    const { planText } = await import('../output/plan-text');
    print(
      targets
        .map(({ target, planned }) => planText(planned.plan, target.name, colors('stdout')))
        .join('\n\n'),
    );
  }
}

/** Whether no consent would let it be applied. */
async function isRefused(
  targets: readonly PlannedTarget[],
  args: Args,
  allow: ReturnType<typeof allowed>,
): Promise<boolean> {
  const { objections } = await import('../../plan/consent');
  const found = targets.flatMap(({ planned }) => objections(planned.plan, { allow, adopt: args.adopt }));
  for (const { code, message, consent } of found) {
    note(`${consent === null ? 'cannot be applied' : `wants ${consent}`}: ${code} ${message}`);
  }
  return found.some(({ consent }) => consent === null);
}

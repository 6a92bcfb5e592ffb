/** `diff`: what a change of `generated/` would do to an account, without asking one. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Argv } from 'yargs';
import type { CommonArgs } from '../command';
import { EXIT } from '../output/exit-codes';
import { colors, print, printJson } from '../output/terminal';

export const command = 'diff';
export const describe = 'say what a change of generated/ would do, without an account';

interface Args extends CommonArgs {
  base: string;
  markdown: boolean;
  check: boolean;
}

export function builder(parser: Argv): Argv {
  return parser
    .option('base', {
      type: 'string',
      default: 'HEAD',
      requiresArg: true,
      describe: 'commit, branch or tag of this repository, or a folder, that generated/ is compared with',
    })
    .option('markdown', { type: 'boolean', default: false, describe: 'print it for a pull request' })
    .option('check', {
      type: 'boolean',
      alias: 'exit-code',
      default: false,
      describe: 'exit 3 when something differs',
    });
}

export async function handler(args: Args): Promise<number> {
  const { loadProject, generatedFolder } = await import('../project');
  const { generatedInGit, generatedOnDisk } = await import('../../files/generated-states');
  const { diffGenerated } = await import('../../plan/diff');
  const { isEmpty } = await import('../../plan/plan');
  const { defaultTemplates } = await import('../../render/templates');
  const project = await loadProject(args);
  const root = generatedFolder(project);
  const isAsked = ({ folder }: { folder: string }): boolean => project.covers(folder);
  const base = folderOf(args.base);
  const before = (base === null ? generatedInGit(root, args.base) : generatedOnDisk(base)).filter(isAsked);
  const now = (fs.existsSync(root) ? generatedOnDisk(root) : []).filter(isAsked);
  const plans = diffGenerated(before, now, defaultTemplates());
  const target = `since ${args.base}`;
  if (args.json) printJson(plans);
  else if (args.markdown) {
    const { planMarkdown } = await import('../output/plan-markdown');
    print(plans.map((plan) => planMarkdown(plan, target)).join('\n\n') || 'nothing is generated');
  } else {
    const { planText } = await import('../output/plan-text');
    print(
      plans.map((plan) => planText(plan, target, colors('stdout'))).join('\n\n') || 'nothing is generated',
    );
  }
  return args.check && !plans.every(isEmpty) ? EXIT.differs : EXIT.ok;
}

/** A folder `generated/`, or one that has it; `null` for what is no folder. */
function folderOf(base: string): string | null {
  if (fs.statSync(base, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  const inside = path.join(base, 'generated');
  return fs.existsSync(inside) ? inside : base;
}

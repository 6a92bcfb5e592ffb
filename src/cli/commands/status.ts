/** `status`: how every job stands, a line each, and what to type next. */
import type { Argv } from 'yargs';
import type { JobStatus } from '../../oncall/status';
import type { Typing } from '../typed-command';
import { EXIT } from '../output/exit-codes';
import { print, printJson } from '../output/terminal';
import { openReading, readingOptions, type Reading, type ReadingArgs } from '../reading';

export const command = 'status';
export const describe = 'say how each job stands, in one line, and what to type next';

interface Args extends ReadingArgs {
  check: boolean;
  markdown: boolean;
}

export function builder(parser: Argv): Argv {
  return readingOptions(parser)
    .option('check', {
      type: 'boolean',
      default: false,
      describe: 'exit 1 when anything needs a person',
    })
    .option('markdown', {
      type: 'boolean',
      default: false,
      describe: 'print a table for a ticket or a chat',
    });
}

/** The jobs of one account. */
export interface TargetStatus {
  target: string;
  /** The account's clock, ISO 8601 in UTC. */
  now: string;
  jobs: JobStatus[];
}

export async function handler(args: Args): Promise<number> {
  const reading = await openReading(args);
  let found: TargetStatus[];
  try {
    found = [];
    for (const target of reading.targets) found.push(await statusOfTarget(target));
  } finally {
    await reading.close();
  }
  const typing = (deployment: string): Typing => ({
    args,
    deployment: reading.project.names.length > 1 ? deployment : null,
  });
  await show(found, args, typing);
  const needsPerson = found.some(({ jobs }) => jobs.some((job) => job.needsPerson));
  return args.check && needsPerson ? EXIT.failed : EXIT.ok;
}

/** Two statements: the state of all jobs, and the tasks. */
async function statusOfTarget({
  name,
  facts,
  deployments,
  reader,
}: Reading['targets'][number]): Promise<TargetStatus> {
  const { readJobStates } = await import('../../readings/job-state');
  const { readTaskStates } = await import('../../readings/task-state');
  const { statusOf } = await import('../../oncall/status');
  const { endsSession } = await import('../../snowflake/errors');
  const { states, unreadable } = await readJobStates(reader, deployments);
  let tasksUnseen: string | null = null;
  const tasks = await readTaskStates(reader, deployments).catch((error: Error) => {
    if (endsSession(error)) throw error;
    tasksUnseen = error.message.replace(/\s+/g, ' ');
    return [];
  });
  const now = Date.parse(facts.now);
  return {
    target: name,
    now: facts.now,
    jobs: statusOf(deployments, { states, unreadable, tasks, tasksUnseen, now }),
  };
}

async function show(
  found: readonly TargetStatus[],
  args: Args,
  typing: (deployment: string) => Typing,
): Promise<void> {
  const { statusJson, statusMarkdown, statusText } = await import('../output/status-report');
  if (args.json) printJson(statusJson(found, typing));
  else if (args.markdown) print(statusMarkdown(found, typing));
  else print(statusText(found, typing));
}

/** `heal` and `force-full`: the procedure, called by a person. */
import type { Argv } from 'yargs';
import type { StatementResult } from '../snowflake/session';
import type { Command } from './command';
import type { DoingArgs } from './doing';

export interface Args extends DoingArgs {
  job: string;
}

export function callCommand(verb: 'heal' | 'force-full', describe: string): Command<Args> {
  return {
    command: `${verb} <job>`,
    describe,
    builder: (parser: Argv): Argv =>
      parser
        .positional('job', { type: 'string', demandOption: true, describe: 'a job of the config' })
        .option('yes', {
          type: 'boolean',
          default: false,
          describe: 'do not ask; --connection local never does',
        }),
    async handler(args) {
      const { doIt, inAccountOf, meantIn } = await import('./doing');
      const { jobOf } = await import('../oncall/questions');
      const { callSql } = await import('../oncall/verbs');
      const { project, meant } = await meantIn(
        args,
        'job',
        args.job,
        (deployment) => jobOf(deployment, args.job) ?? null,
        ({ jobs }) => jobs.map(({ name }) => name),
      );
      const { deployment, what: job } = meant;
      return inAccountOf(project, deployment, args, (target) =>
        doIt({
          target,
          deployment,
          verb,
          object: job.name,
          sql: callSql(deployment, job, verb),
          beforehand:
            verb === 'force-full' && job.policy.onRunInProgress === null
              ? [
                  `with a run of the project in progress it waits up to ${job.policy.waitMinutes} minutes, then fails`,
                ]
              : [],
          args,
          answer: returnedBy,
          succeeded: (returned) => !/^\S+ (?:NOT RETRIED|SKIPPED|NOT YET):/.test(returned),
        }),
      );
    },
  };
}

/** What the procedure returns is the one value of its one row. */
function returnedBy({ rows }: StatementResult): string {
  const [value] = Object.values(rows[0] ?? {});
  return value == null ? 'done' : String(value);
}

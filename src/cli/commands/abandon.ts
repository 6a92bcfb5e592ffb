/** `abandon RUN`: a run that is logged as running and known to be dead is marked failed, so that nothing waits for it. */
import type { Argv } from 'yargs';
import type { Deployment } from '../../model/deployment';
import type { HistoryRun } from '../../readings/history';
import type { DoingArgs } from '../doing';

export const command = 'abandon <run>';
export const describe = 'mark a run failed that is logged as running, but is dead';

interface Args extends DoingArgs {
  run: string;
}

export function builder(parser: Argv): Argv {
  return parser
    .positional('run', { type: 'string', demandOption: true, describe: 'id of the run, as status shows it' })
    .option('yes', {
      type: 'boolean',
      default: false,
      describe: 'do not ask; --connection local never does',
    });
}

export async function handler(args: Args): Promise<number> {
  const { refuseWithoutTerminal } = await import('../applying');
  const { doIt, inAccountOf } = await import('../doing');
  const { loadOneEnvironment } = await import('../project');
  const { abandonSql, describeTable } = await import('../../oncall/verbs');
  refuseWithoutTerminal(args.yes, args.connection);
  const project = await loadOneEnvironment(args);
  for (const deployment of project.deployments) {
    const code = await inAccountOf(project, deployment, args, async (target) => {
      const { readHistory } = await import('../../readings/history');
      const [run] = await readHistory({ session: target.session }, [deployment], {
        runId: args.run,
        limit: 1,
      });
      if (run === undefined) return null;
      await refuseEnded(run);
      const state = await markable(deployment, args.run);
      const { rows } = await target.session.run(describeTable(state.runs.table));
      const type = rows.find(({ name }) => name === state.runs.status)?.['type'];
      return doIt({
        target,
        deployment,
        verb: 'abandon',
        object: args.run,
        sql: abandonSql(state, args.run, type === 'BOOLEAN'),
        beforehand: [
          `run ${args.run} is logged as running since ${run.startedAt ?? 'an unknown time'}; this changes the log, and stops nothing that still runs`,
        ],
        args,
        answer: ({ rows: [answer] }) => {
          const changed = Number(Object.values(answer ?? {})[0] ?? 0);
          return changed > 0
            ? `run ${args.run} is failed in the log: it is retried as any other failure`
            : `run ${args.run} is not running in the log any more: nothing was changed`;
        },
        succeeded: (returned) => !returned.endsWith('nothing was changed'),
      });
    });
    if (code !== null) return code;
  }
  const { AutoRestartError } = await import('../../errors');
  throw new AutoRestartError(
    'REQUEST',
    `there is no run ${args.run} in the log, as far as the views look back`,
    {
      hint: 'status names a run that is stuck, history lists the others',
    },
  );
}

async function refuseEnded({ runId, outcome, status }: HistoryRun): Promise<void> {
  if (outcome === 'RUNNING' || outcome === 'CRASHED') return;
  const { AutoRestartError } = await import('../../errors');
  throw new AutoRestartError('REFUSED', `run ${runId} has ended: it is ${status ?? outcome} in the log`, {
    hint: 'only a run that is logged as running can be abandoned',
  });
}

/** @throws AutoRestartError REFUSED where the log has nothing to mark */
async function markable({ state, name }: Deployment, run: string) {
  if (state.kind === 'audit-tables' && state.runs.status !== null) return state;
  const { AutoRestartError } = await import('../../errors');
  if (state.kind === 'audit-tables') {
    throw new AutoRestartError('REFUSED', `the log of ${name} has no status that could be changed`);
  }
  throw new AutoRestartError('REFUSED', "Snowflake's own history cannot be changed", {
    hint: `where the run still goes on, end it in a worksheet: SELECT SYSTEM$CANCEL_QUERY('${run.replaceAll("'", "''")}')`,
  });
}

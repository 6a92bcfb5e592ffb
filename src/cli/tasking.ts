/** `pause` and `resume`: a task, and the root that it belongs to. */
import type { Argv } from 'yargs';
import type { Command } from './command';
import type { DoingArgs } from './doing';
import type { TaskState } from '../readings/task-state';

export interface Args extends DoingArgs {
  task: string;
}

export function taskCommand(verb: 'pause' | 'resume', describe: string): Command<Args> {
  return {
    command: `${verb} <task>`,
    describe,
    builder: (parser: Argv): Argv =>
      parser
        .positional('task', { type: 'string', demandOption: true, describe: 'a task of the config' })
        .option('yes', {
          type: 'boolean',
          default: false,
          describe: 'do not ask; --connection local never does',
        }),
    async handler(args) {
      const { doIt, inAccountOf, meantIn, nothingToDo } = await import('./doing');
      const { taskNamed, taskSql } = await import('../oncall/verbs');
      const { readTaskStates } = await import('../readings/task-state');
      const { project, meant } = await meantIn(
        args,
        'task',
        args.task,
        (deployment) => taskNamed(deployment, args.task),
        ({ graphs }) =>
          graphs.flatMap(({ root, children }) => [root, ...children]).map(({ name }) => name.name),
      );
      const { deployment, what: place } = meant;
      const name = place.task.name.name;
      return inAccountOf(project, deployment, args, async (target) => {
        const states = await readTaskStates({ session: target.session }, [deployment]);
        const stateOf = (wanted: string): TaskState | undefined =>
          states.find((state) => state.name.name === wanted);
        const [own, root] = [stateOf(name), stateOf(place.root.name.name)];
        if (own === undefined) throw await missing(name);
        const done = { deployment: deployment.name, verb, object: name };
        const isChild = place.task !== place.root;
        if (own.started === (verb === 'resume')) {
          const still = isChild && verb === 'resume' && root?.started === false;
          const behind = still ? `; its root ${place.root.name.name} is suspended: resume that` : '';
          return nothingToDo(
            done,
            `task ${name} is ${own.started ? 'started' : 'suspended'} already${behind}`,
            args.json,
          );
        }
        return doIt({
          target,
          ...done,
          deployment,
          sql: taskSql(place, verb, root?.started === true),
          beforehand: beforehand(isChild, verb, name, place.root.name.name, root?.started === true, own),
          args,
          answer: () => `task ${name} is ${verb === 'pause' ? 'suspended' : 'started'}`,
        });
      });
    },
  };
}

function beforehand(
  isChild: boolean,
  verb: 'pause' | 'resume',
  name: string,
  root: string,
  rootStarted: boolean,
  { suspendedReason, suspendedAt }: TaskState,
): string[] {
  if (verb === 'pause') {
    return [
      isChild
        ? `${name} is then passed over as if it had succeeded: tasks behind it go on`
        : `tasks behind ${name} stand still with it; a run that is under way goes on`,
      'an apply leaves it suspended, as an operator wished',
    ];
  }
  const why =
    suspendedReason === 'SUSPENDED_DUE_TO_ERRORS'
      ? [
          `Snowflake suspended it after its errors${suspendedAt === null ? '' : ` (${suspendedAt})`}: look at them first, with history --failed`,
        ]
      : [];
  return isChild && !rootStarted
    ? [...why, `its root ${root} is suspended: nothing starts until that is resumed too`]
    : why;
}

async function missing(name: string): Promise<Error> {
  const { AutoRestartError } = await import('../errors');
  return new AutoRestartError('FAILED', `task ${name} is not in the account, or not visible to this role`, {
    hint: 'plan says what is missing; OPERATE or MONITOR on the task makes it visible',
  });
}

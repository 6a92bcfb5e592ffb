/**
 * Tasks that change together -> one anonymous block, which leaves every task in the state that it was in. Used for each graph of a
 * deployment as it is rendered, and by the plan for what a graph shares with what is left over in the account.
 * https://docs.snowflake.com/en/user-guide/tasks-graphs
 */
import type { ObjectName } from '../model/deployment';
import { identifier, qualified } from '../sql-text';
import { LOCK_NAME, lockName } from './lock';
import type { Templates } from './templates';

export interface BlockTask {
  name: ObjectName;
  /** Its CREATE OR ALTER TASK, `null` where only its state is looked after. */
  change: string | null;
  /** `as-before`: started when it was. The other two are for what the config no longer has. */
  end: 'as-before' | 'suspended' | 'dropped';
  /** COMMENT of one that is left over and was started; '' for others. */
  comment: string;
  /** What ALTER TASK has to say before anything is changed: `UNSET FINALIZE`; `null` for nothing. */
  cut: string | null;
  /** Whether it finalizes a graph in the end. */
  finalizes: boolean;
  /** State of a task that does not exist yet. */
  initialState: 'started' | 'suspended';
  /** Whether it is a root in the end: started last. */
  isRoot: boolean;
  /** Whether it is a root now: suspended first. */
  wasRoot: boolean;
  /** Its place in the order in which what is there now could be created; used to put it back. */
  rank: number;
}

/** @param tasks of one schema; those that change in an order that can be created, roots first */
export function renderGraphBlock(tasks: readonly BlockTask[], templates: Templates): string {
  const numbered = tasks.map((task, at) => ({
    ...task,
    number: at + 1,
    object: qualified(task.name),
    drop: task.end === 'dropped',
    createOrAlter: `CREATE OR ALTER TASK ${qualified(task.name)}`,
    notDropped: `; not dropped again: ${task.name.name}`,
    notRestored: `; not as it was: ${task.name.name}`,
    notStarted: `; not started again: ${task.name.name}`,
    outcome: OUTCOMES[task.end](`before_${at + 1}`, task.initialState),
  }));
  const { database, schema } = tasks[0]!.name;
  const kept = numbered.filter(({ end }) => end === 'as-before');
  const leftOver = numbered.filter(({ end }) => end !== 'as-before');
  const changed = numbered.filter(({ change }) => change !== null);
  return templates.render('task-graph', {
    schema: [database, schema].map(identifier).join('.'),
    alterLock: `ALTER VIEW ${qualified(lockName({ database, schema }))} SET COMMENT = '`,
    lockName: LOCK_NAME,
    tasks: numbered,
    // A child that becomes a root can be suspended only when its old root is.
    roots: [
      ...numbered.filter(({ wasRoot }) => wasRoot),
      ...numbered.filter((task) => task.isRoot && !task.wasRoot),
    ],
    cut: numbered.filter(({ cut }) => cut !== null),
    changed,
    // Two that changed places would stand in each other's way once more.
    cutAgain: numbered.filter(({ change, finalizes, cut }) => change !== null && finalizes && cut !== null),
    leftOver,
    resumed: [...kept.filter(({ isRoot }) => !isRoot), ...kept.filter(({ isRoot }) => isRoot)],
    newReversed: [...changed].reverse(),
    restored: numbered
      .filter(({ change, end }) => change !== null || end !== 'as-before')
      .sort((a, b) => a.rank - b.rank),
    startedAgain: [
      ...numbered.filter(({ wasRoot }) => !wasRoot),
      ...numbered.filter(({ wasRoot }) => wasRoot),
    ],
  });
}

const OUTCOMES: Record<BlockTask['end'], (before: string, initialState: string) => string> = {
  'as-before': (before, initialState) => `COALESCE(${before} || ' as before', 'new, ${initialState}')`,
  suspended: () => "'left over, suspended'",
  dropped: () => "'dropped'",
};

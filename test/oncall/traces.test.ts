/** Which task a run of the log was of, and which tasks left none. */
import { traced, unlogged } from '../../src/oncall/traces';
import type { TaskRun } from '../../src/readings/executions';
import { look, run } from '../report/runs';

const BUILD = look('2026-03-01T06:00:00Z', {
  task: 'BAKE',
  state: 'FAILED',
  endedAt: '2026-03-01T06:00:41Z',
});
const HEAL = look('2026-03-01T06:00:41Z', { task: 'HEAL', state: 'FAILED', endedAt: '2026-03-01T06:00:51Z' });

function told(starts: readonly string[], tasks: readonly TaskRun[]): [unknown[], string[]] {
  const remembered = { tasks, executions: [], isHistory: () => false };
  const runs = traced(
    starts.map((at) => run(at)),
    remembered,
  );
  return [runs.map(({ task }) => task), unlogged(runs, tasks).map(({ task }) => task)];
}

it('a finalizer that begins in the moment in which its root ends has its own run', () => {
  expect(told(['2026-03-01T06:00:00Z', '2026-03-01T06:00:41Z'], [HEAL, BUILD])).toEqual([
    ['BAKE', 'HEAL'],
    [],
  ]);
});

it('a task that failed before dbt began left no run', () => {
  expect(told(['2026-03-01T06:00:00Z'], [HEAL, BUILD])).toEqual([['BAKE'], ['HEAL']]);
});

it('a task that ended as its run was logged has it', () => {
  expect(told(['2026-03-01T06:00:41Z'], [BUILD])).toEqual([['BAKE'], []]);
});

it('of two tasks that a run may be of, none is said to have left nothing', () => {
  const other = { ...BUILD, task: 'BAKE_TOO' };
  expect(told(['2026-03-01T06:00:10Z'], [BUILD, other])).toEqual([[null], []]);
});

/** Tables of users' own: a bakery's, which has everything but in other words and zones, and one that has hardly anything. */
import { visibleIn } from '../../visible';
import type { LogLayout } from './layout';
import { selectionList, wallClock } from './layout';
import { withoutTypes } from './o2c';

const BERLIN = 'Europe/Berlin';
const TOKYO = 'Asia/Tokyo';

/** Selections are joined by white space, nodes have types, statuses are words of its own. */
export const bakeryLog: LogLayout = {
  name: 'own tables',
  kind: 'selection',
  state: {
    kind: 'audit-tables',
    layout: {
      runs: {
        table: 'BAKES',
        runId: 'bake_id',
        startedAt: 'began',
        endedAt: 'finished',
        status: 'outcome',
        project: 'recipe_book',
        environment: 'kitchen',
        command: 'verb',
        selection: 'picked',
        testsFailed: 'tastings_failed',
      },
      nodes: {
        table: 'CAKES',
        runId: 'bake_id',
        name: 'cake',
        status: 'outcome',
        endedAt: 'finished',
        resourceType: 'sort',
        message: 'remark',
      },
      statuses: {
        succeeded: ['golden'],
        failed: ['burnt'],
        running: ['in the oven'],
        skipped: ['left on the table'],
      },
    },
    where: { environment: 'prod' },
    zones: { startedAt: BERLIN, endedAt: TOKYO },
  },
  ddl: [
    `CREATE TABLE BAKES (bake_id VARCHAR, recipe_book VARCHAR, kitchen VARCHAR, began TIMESTAMP_NTZ,
  finished TIMESTAMP_NTZ, outcome VARCHAR, verb VARCHAR, picked VARCHAR, tastings_failed NUMBER)`,
    'CREATE TABLE CAKES (bake_id VARCHAR, cake VARCHAR, sort VARCHAR, outcome VARCHAR, remark VARCHAR, finished TIMESTAMP_NTZ)',
  ],
  visible: (runs) => visibleIn('selection', runs),
  rows: (runs) => [
    {
      table: 'BAKES',
      columns: [
        'bake_id',
        'recipe_book',
        'kitchen',
        'began',
        'finished',
        'outcome',
        'verb',
        'picked',
        'tastings_failed',
      ],
      rows: runs.map((run) => [
        run.id,
        run.project,
        run.environment ?? null,
        wallClock(run.startedAt, BERLIN),
        wallClock(run.endedAt, TOKYO),
        inTheBakery(run.status),
        run.command ?? null,
        selectionList(run).join(' '),
        run.testsFailed ?? null,
      ]),
    },
    {
      table: 'CAKES',
      columns: ['bake_id', 'cake', 'sort', 'outcome', 'remark', 'finished'],
      rows: runs.flatMap((run) =>
        run.nodes.map((node) => [
          run.id,
          node.name,
          node.resourceType ?? 'model',
          inTheBakery(node.status),
          node.message ?? null,
          wallClock(node.endedAt, TOKYO),
        ]),
      ),
    },
  ],
};

const BAKERY_WORDS: Record<string, string> = {
  SUCCESS: 'golden',
  FAIL: 'burnt',
  FAILED: 'Burnt',
  ERROR: 'BURNT',
  RUNNING: 'in the oven',
};

function inTheBakery(status: string | null): string | null {
  return status === null ? null : (BAKERY_WORDS[status.toUpperCase()] ?? 'left on the table');
}

/** No selection, command, environment or type: the streak rule. */
export const plainLog: LogLayout = {
  name: 'a log without selections',
  kind: 'no-selection',
  state: {
    kind: 'audit-tables',
    layout: {
      runs: {
        table: 'RUNS',
        runId: 'id',
        startedAt: 'started',
        endedAt: 'ended',
        status: 'status',
        project: 'project',
      },
      nodes: { table: 'NODES', runId: 'run_id', name: 'name', status: 'status', endedAt: 'ended' },
    },
  },
  ddl: [
    'CREATE TABLE RUNS (id VARCHAR, project VARCHAR, started TIMESTAMP_NTZ, ended TIMESTAMP_NTZ, status VARCHAR)',
    'CREATE TABLE NODES (run_id VARCHAR, name VARCHAR, status VARCHAR, ended TIMESTAMP_NTZ)',
  ],
  visible: (runs) =>
    visibleIn('no-selection', runs).map(({ environment: _, command: __, testsFailed: ___, ...run }) =>
      withoutTypes(run),
    ),
  rows: (runs) => [
    {
      table: 'RUNS',
      columns: ['id', 'project', 'started', 'ended', 'status'],
      rows: runs.map((run) => [
        run.id,
        run.project,
        wallClock(run.startedAt),
        wallClock(run.endedAt),
        run.status,
      ]),
    },
    {
      table: 'NODES',
      columns: ['run_id', 'name', 'status', 'ended'],
      rows: runs.flatMap((run) =>
        run.nodes.map((node) => [run.id, node.name, node.status, wallClock(node.endedAt)]),
      ),
    },
  ],
};

/** The graph's block on the local Snowflake: what it leaves behind, whatever was there before. */
import type { Task, TaskGraph } from '../../../src/model/deployment';
import { deployment as bread } from '../golden/bread/deployment';
import { openBakery, type Bakery, type Row } from './account';

const [graph, , reload] = bread.graphs as [TaskGraph, TaskGraph, TaskGraph];
const ROOT = 'BREAD_DAILY_BUILD';
const CHILD = 'BREAD_POST_BUILD_TESTS';

let bakery: Bakery;
beforeEach(async () => {
  bakery = await openBakery(bread);
});
afterEach(() => bakery.close());

function changed(root: Partial<Task>, child: Partial<Task> = {}): TaskGraph {
  return {
    root: { ...graph.root, ...root },
    children: graph.children.map((task) => ({ ...task, ...child })),
  };
}

const evening: Partial<Task> = { schedule: { kind: 'cron', expression: '0 20 * * *', timeZone: 'UTC' } };
/** Snowflake refuses it, so the block fails at the child, after the root was changed. */
const refused: Partial<Task> = { timeoutMs: 999_999_999_999 };

async function states(): Promise<unknown> {
  return { root: await bakery.stateOf(ROOT), child: await bakery.stateOf(CHILD) };
}

async function scheduleOfRoot(): Promise<unknown> {
  const tasks = await bakery.run('SHOW TASKS IN SCHEMA BAKERY.OVEN');
  return tasks.find(({ name }) => name === ROOT)?.['schedule'];
}

const alter = (task: string, what: string) => bakery.run(`ALTER TASK BAKERY.OVEN.${task} ${what}`);

describe('applied for the first time', () => {
  it('creates and starts the graph, and says so', async () => {
    expect(await bakery.apply(graph)).toBe(`${ROOT}: new, started; ${CHILD}: new, started`);
    expect(await states()).toEqual({ root: 'started', child: 'started' });
  });

  it('leaves a task suspended whose initial state says so', async () => {
    expect(await bakery.apply(reload)).toBe('BREAD_PARTITION_RELOAD: new, suspended');
    expect(await bakery.stateOf('BREAD_PARTITION_RELOAD')).toBe('suspended');
  });

  it('does not mistake a task whose name only looks alike for its own', async () => {
    await bakery.run(
      "CREATE TASK BAKERY.OVEN.BREADXDAILY_BUILD WAREHOUSE = COMPUTE_WH SCHEDULE = '5 MINUTES' AS SELECT 1",
    );
    await alter('BREADXDAILY_BUILD', 'RESUME');
    expect(await bakery.apply(graph)).toContain(`${ROOT}: new, started`);
    expect(await bakery.stateOf('BREADXDAILY_BUILD')).toBe('started');
  });
});

describe('applied again', () => {
  beforeEach(async () => void (await bakery.apply(graph)));

  it('changes nothing', async () => {
    const before = await bakery.run('DESCRIBE TASK BAKERY.OVEN.BREAD_DAILY_BUILD');
    expect(await bakery.apply(graph)).toBe(`${ROOT}: started as before; ${CHILD}: started as before`);
    const [task] = await bakery.run('DESCRIBE TASK BAKERY.OVEN.BREAD_DAILY_BUILD');
    for (const key of ['id', 'schedule', 'definition', 'comment', 'state', 'warehouse', 'created_on'])
      expect([key, task?.[key]]).toEqual([key, before[0]?.[key]]);
  });

  it('changes a started graph and leaves it started', async () => {
    await bakery.apply(changed(evening));
    expect(await scheduleOfRoot()).toBe('USING CRON 0 20 * * * UTC');
    expect(await states()).toEqual({ root: 'started', child: 'started' });
  });

  it('leaves a child that an operator suspended suspended', async () => {
    await alter(ROOT, 'SUSPEND');
    await alter(CHILD, 'SUSPEND');
    await alter(ROOT, 'RESUME');
    expect(await bakery.apply(changed(evening))).toBe(
      `${ROOT}: started as before; ${CHILD}: suspended as before`,
    );
    expect(await states()).toEqual({ root: 'started', child: 'suspended' });
  });

  it('leaves a root that an operator suspended suspended', async () => {
    await alter(ROOT, 'SUSPEND');
    await bakery.apply(changed(evening));
    expect(await states()).toEqual({ root: 'suspended', child: 'started' });
  });

  it('adds and starts a new child without waking the root', async () => {
    await alter(ROOT, 'SUSPEND');
    const crust: Task = { ...graph.children[0]!, name: { ...graph.root.name, name: 'BREAD_CRUST' } };
    const said = await bakery.apply({ ...graph, children: [...graph.children, crust] });
    expect(said).toBe(`${ROOT}: suspended as before; ${CHILD}: started as before; BREAD_CRUST: new, started`);
    expect(await bakery.stateOf('BREAD_CRUST')).toBe('started');
    expect(await bakery.stateOf(ROOT)).toBe('suspended');
  });

  it('does not touch a child that the config no longer has', async () => {
    await bakery.apply({ ...graph, children: [] });
    expect(await states()).toEqual({ root: 'started', child: 'started' });
  });
});

describe('without the lock', () => {
  it('refuses, and changes nothing', async () => {
    expect(await bakery.failure(bakery.blockOf(graph))).toContain(
      'V_AUTO_RESTART_APPLYING is not there: setup.sql and apply make it first',
    );
    expect(await states()).toEqual({ root: undefined, child: undefined });
  });
});

describe('failing in the middle', () => {
  it('puts the definitions back, not only the states', async () => {
    await bakery.apply(graph);
    const before = await bakery.run('SHOW TASKS IN SCHEMA BAKERY.OVEN');
    const message = await bakery.applyFails(changed(evening, refused));
    expect(message).toMatch(/\d+ \(\w{5}\): .*999999999999/s);
    expect(message).not.toContain('not ');
    const facts = (rows: Row[]): unknown[] =>
      rows.map(({ id, schedule, definition, comment, predecessors, state }) => [
        id,
        schedule,
        definition,
        comment,
        predecessors,
        state,
      ]);
    expect(facts(await bakery.run('SHOW TASKS IN SCHEMA BAKERY.OVEN'))).toEqual(facts(before));
  });

  it('raises the error, and takes back the tasks it created', async () => {
    expect(await bakery.applyFails(changed({}, refused))).toMatch(/999999999999|USER_TASK_TIMEOUT_MS/);
    expect(await states()).toEqual({ root: undefined, child: undefined });
    expect(await bakery.apply(graph)).toBe(`${ROOT}: new, started; ${CHILD}: new, started`);
  });

  it('starts again what was started', async () => {
    await bakery.apply(graph);
    await bakery.applyFails(changed(evening, refused));
    expect(await states()).toEqual({ root: 'started', child: 'started' });
  });

  it('keeps suspended what an operator suspended', async () => {
    await bakery.apply(graph);
    await alter(ROOT, 'SUSPEND');
    await alter(CHILD, 'SUSPEND');
    await bakery.applyFails(changed(evening, refused));
    expect(await states()).toEqual({ root: 'suspended', child: 'suspended' });
  });

  it('takes a new child back and leaves the others as they were', async () => {
    await bakery.apply(graph);
    const crust: Task = { ...graph.children[0]!, name: { ...graph.root.name, name: 'BREAD_CRUST' } };
    const crumb: Task = { ...crust, ...refused, name: { ...graph.root.name, name: 'BREAD_CRUMB' } };
    await bakery.applyFails({ ...graph, children: [...graph.children, crust, crumb] });
    expect(await bakery.stateOf('BREAD_CRUST')).toBeUndefined();
    expect(await states()).toEqual({ root: 'started', child: 'started' });
  });
});

import fc from '../../properties';
import { parseArgs } from '../../../src/local/dbt/args';
import { graphOf, reachable } from '../../../src/local/dbt/dag';
import { readDag } from '../../../src/local/dbt/read-dag';
import { nodesToRun } from '../../../src/local/dbt/run';
import { runNodes } from '../../../src/local/dbt/run-nodes';
import { selectNodes } from '../../../src/local/dbt/selectors';

const bakery = graphOf(
  readDag(
    JSON.stringify({
      project: 'bakery',
      nodes: [
        { name: 'flour', tests: ['flour_is_dry', { name: 'flour_is_white', severity: 'warn' }] },
        { name: 'butter' },
        { name: 'dough', dependsOn: ['flour', 'butter'], tests: ['dough_rises'] },
        { name: 'loaf', dependsOn: ['dough'] },
        { name: 'cake', dependsOn: ['butter'], tests: [{ name: 'cake_or_loaf', dependsOn: ['loaf'] }] },
        { name: 'shop', dependsOn: ['loaf', 'cake'] },
      ],
    }),
  ),
);

function run(args: string, { fails = [] as string[], crashes = '' } = {}, graph = bakery) {
  const { command, select, exclude, threads = 1, failFast } = parseArgs(args);
  const nodes = nodesToRun(graph, command, selectNodes(graph, { select, exclude }).nodes);
  return runNodes(graph, nodes, {
    command,
    threads,
    failFast,
    faults: { fails: (node) => fails.includes(node.name), crashes: (node) => node.name === crashes },
  });
}

const statuses = (outcome: ReturnType<typeof run>) =>
  Object.fromEntries(outcome.results.map(({ node, status }) => [node.name, status]));

describe('running a DAG', () => {
  it('runs models and tests in order, tests before what they guard', () => {
    expect(run('build').results.map(({ node }) => node.name)).toEqual([
      'flour',
      'flour_is_dry',
      'flour_is_white',
      'butter',
      'dough',
      'dough_rises',
      'loaf',
      'cake',
      'cake_or_loaf',
      'shop',
    ]);
  });

  it('takes the sum of its nodes on one thread', () => {
    expect(run('run').seconds).toBe(60);
  });

  it('takes less on several threads, but never starts before a parent ended', () => {
    const outcome = run('run --threads 2');
    expect(outcome.seconds).toBe(40);
    const ends = new Map(outcome.results.map(({ node, end }) => [node.uniqueId, end]));
    for (const { node, start } of outcome.results) {
      for (const parent of bakery.parents.get(node.uniqueId)!)
        expect(start).toBeGreaterThanOrEqual(ends.get(parent)!);
    }
  });

  it('skips what is downstream of a failed model, its tests too', () => {
    expect(statuses(run('build', { fails: ['dough'] }))).toEqual({
      flour: 'success',
      flour_is_dry: 'pass',
      flour_is_white: 'pass',
      butter: 'success',
      dough: 'error',
      dough_rises: 'skipped',
      loaf: 'skipped',
      cake: 'success',
      cake_or_loaf: 'skipped',
      shop: 'skipped',
    });
  });

  it('skips what is downstream of a failed test in build', () => {
    expect(statuses(run('build', { fails: ['dough_rises'] }))).toMatchObject({
      dough: 'success',
      dough_rises: 'fail',
      loaf: 'skipped',
      cake: 'success',
      shop: 'skipped',
    });
  });

  it('lets a failed test of two models stop only what needs both', () => {
    expect(statuses(run('build', { fails: ['cake_or_loaf'] }))).toMatchObject({
      loaf: 'success',
      cake: 'success',
      cake_or_loaf: 'fail',
      shop: 'skipped',
    });
  });

  it('goes on after a test that only warns', () => {
    expect(statuses(run('build', { fails: ['flour_is_white'] }))).toMatchObject({
      flour_is_white: 'warn',
      dough: 'success',
    });
  });

  it('runs each test of dbt test on its own', () => {
    expect(statuses(run('test', { fails: ['flour_is_dry'] }))).toEqual({
      flour_is_dry: 'fail',
      flour_is_white: 'pass',
      dough_rises: 'pass',
      cake_or_loaf: 'pass',
    });
  });

  it('skips everything else after the first failure with --fail-fast', () => {
    const outcome = run('run --fail-fast', { fails: ['butter'] });
    expect(statuses(outcome)).toEqual({
      flour: 'success',
      butter: 'error',
      dough: 'skipped',
      loaf: 'skipped',
      cake: 'skipped',
      shop: 'skipped',
    });
    expect(outcome.seconds).toBe(20);
  });

  it('keeps only what had ended when it crashes', () => {
    const outcome = run('run', { crashes: 'dough' });
    expect(outcome).toMatchObject({ crashed: true, seconds: 30 });
    expect(statuses(outcome)).toEqual({ flour: 'success', butter: 'success' });
  });

  it('takes no time for nothing', () => {
    const faults = { fails: () => true, crashes: () => true };
    expect(runNodes(bakery, [], { command: 'run', threads: 1, failFast: false, faults })).toEqual({
      results: [],
      crashed: false,
      seconds: 0,
    });
  });
});

describe('laws of running', () => {
  const randomDag = fc
    .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 25 })
    .map((edges) =>
      graphOf(
        readDag(
          JSON.stringify({
            project: 'random',
            nodes: edges.map((parents, index) => ({
              name: `n${index}`,
              dependsOn: index === 0 ? [] : [...new Set(parents.map((parent) => `n${parent % index}`))],
            })),
          }),
        ),
      ),
    );

  it('every node is dealt with once, after its parents, and skipped exactly below a failure', () => {
    fc.assert(
      fc.property(
        randomDag,
        fc.array(fc.nat(24)),
        fc.integer({ min: 1, max: 4 }),
        (graph, broken, threads) => {
          const fails = broken.map((index) => `n${index}`);
          const { results } = run(`run --threads ${threads}`, { fails }, graph);
          expect(results.map(({ node }) => node.uniqueId).sort()).toEqual([...graph.order].sort());
          const failed = results.filter(({ status }) => status === 'error').map(({ node }) => node.uniqueId);
          const below = reachable(failed, graph.children);
          for (const { node, status } of results) expect(status === 'skipped').toBe(below.has(node.uniqueId));
        },
      ),
    );
  });
});

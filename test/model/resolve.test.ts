import fc from '../properties';
import config from '../../auto-restart.config';
import { auditTables, cron, dbt, every } from '../../src/config/define';
import { resolveDeployments } from '../../src/model/resolve';
import { bakery, nativeBakery, resolved } from './bakery';

describe('resolveDeployments', () => {
  it('resolves the o2c deployment of the repository', () => {
    const o2c = resolveDeployments(config)[0];
    expect(o2c).toMatchObject({
      name: 'o2c',
      database: 'EDW',
      schema: 'O2C_AUDIT',
      procedure: { database: 'EDW', schema: 'O2C_AUDIT', name: 'RUN_DBT_AUTO_RESTART' },
      views: { history: { name: 'V_AUTO_RESTART_HISTORY' }, state: { name: 'V_AUTO_RESTART_STATE' } },
      state: {
        kind: 'audit-tables',
        layout: 'o2c',
        environment: 'prod',
        zones: { startedAt: 'UTC', endedAt: 'America/Los_Angeles' },
        selectionWidth: 500,
        recordable: true,
      },
      runner: { kind: 'procedure', procedure: { system: 'SYSTEM$DBT_RUN' } },
      grants: [
        { role: 'DBT_O2C_DEVELOPER', kinds: ['read'] },
        { role: 'DBT_O2C_PROD', kinds: ['call', 'read'] },
      ],
    });
    expect(o2c?.graphs.map(({ root, children }) => [root, ...children].map(({ name }) => name.name))).toEqual(
      [['O2C_DAILY_BUILD', 'O2C_POST_BUILD_TESTS'], ['O2C_HOURLY_INCREMENTAL'], ['O2C_PARTITION_RELOAD']],
    );
  });

  it('resolves the o2c_native deployment of the repository', () => {
    const native = resolveDeployments(config)[1];
    expect(native?.state).toEqual({ kind: 'execution-history' });
    expect(native?.jobs.map(({ name }) => name)).toEqual(['daily', 'hourly']);
    const healing = {
      kind: 'call',
      job: 'daily',
      project: 'dbt_o2c_enhanced',
      mode: 'RETRY_ONLY',
    };
    const [daily, later] = native?.graphs ?? [];
    expect(daily?.children.at(-1)).toMatchObject({
      name: { name: 'O2C_DAILY_HEAL' },
      finalizes: { name: 'O2C_DAILY_BUILD' },
      action: healing,
    });
    expect(later?.root).toMatchObject({ action: healing, suspendAfterFailures: 0 });
    expect(later?.children[0]?.onlyIfBuilt.map(({ name }) => name)).toEqual(['O2C_DAILY_HEAL_LATER']);
  });

  it('makes a shorthand task a job of its own, after the named jobs', () => {
    const deployment = resolved(
      bakery({ tasks: { bake_cake: { project: 'pastry', schedule: cron('0 5 * * *') } } }),
    );
    expect(deployment.jobs.map(({ name, project, command }) => [name, project, command])).toEqual([
      ['bread', 'bakery', 'build'],
      ['rolls', 'bakery', 'run'],
      ['BAKE_CAKE', 'pastry', 'build'],
    ]);
    expect(deployment.graphs[0]?.root.action).toEqual({
      kind: 'call',
      job: 'BAKE_CAKE',
      project: 'pastry',
      mode: 'AUTO',
    });
  });

  it('lets two tasks run one job in different modes', () => {
    const deployment = resolved(
      bakery({
        tasks: {
          BAKE: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') },
          MEND: { job: 'bread', mode: 'retry-only', schedule: every('15 minutes') },
        },
      }),
    );
    expect(deployment.graphs.map(({ root }) => root.action)).toEqual([
      { kind: 'call', job: 'bread', project: 'bakery', mode: 'FULL_BUILD' },
      { kind: 'call', job: 'bread', project: 'bakery', mode: 'RETRY_ONLY' },
    ]);
  });

  it('fills in the defaults of the retry policy', () => {
    expect(resolved(bakery({ jobs: { bread: { project: 'bakery' } }, tasks: {} })).jobs[0]?.policy).toEqual({
      maxAttempts: 3,
      maxAgeHours: 24,
      staleRunHours: 6,
      onRunInProgress: null,
      waitMinutes: 30,
      onTestFailure: 'rebuild-parent',
      onStateUnreadable: 'full-build',
      retryCommand: 'build',
      recordFailure: true,
      recordValues: {},
      delayMinutes: [0],
      maxRetryMinutes: null,
      permanentErrors: [],
      maxSelectorLength: 500,
    });
  });

  it('writes sets of errors out, and reads messages of a known layout only where a policy asks', () => {
    const message = (retry: object) => {
      const { state, jobs } = resolved(bakery({ jobs: { bread: { project: 'bakery', retry } }, tasks: {} }));
      return [state.kind === 'audit-tables' && state.nodes.message, jobs[0]?.policy.permanentErrors];
    };
    expect(message({})).toEqual([null, []]);
    expect(message({ permanentErrors: ['missing-object', '001003', 'syntax'] })).toEqual([
      'ERROR_MESSAGE',
      ['001003', '002003', '002043'],
    ]);
  });

  it('takes a run for crashed after the longest timeout of the tasks that run its job', () => {
    const deployment = resolved(
      bakery({
        tasks: {
          BAKE: { job: 'bread', schedule: cron('0 4 * * *'), timeout: '90 minutes' },
          MEND: { job: 'bread', mode: 'retry-only', schedule: every('15 minutes') },
        },
      }),
    );
    expect(deployment.jobs[0]?.policy.staleRunHours).toBe(2);
  });

  it('limits a retry by the smaller of the policy and the width of the selection column', () => {
    const length = (maxSelectorLength: number, selectionWidth?: number) =>
      resolved(
        bakery({
          state: auditTables({ layout: 'o2c', ...(selectionWidth === undefined ? {} : { selectionWidth }) }),
          jobs: { bread: { project: 'bakery', retry: { maxSelectorLength } } },
          tasks: {},
        }),
      ).jobs[0]?.policy.maxSelectorLength;
    expect([length(300), length(900), length(900, 800)]).toEqual([300, 500, 800]);
  });

  it('has no width of a selection column that is not there', () => {
    const state = auditTables({ layout: 'o2c', absentColumns: [' selector_used '] });
    const [bread] = resolved(bakery({ state, jobs: { bread: { project: 'bakery' } }, tasks: {} })).jobs;
    expect(bread?.policy.maxSelectorLength).toBe(32_000);
  });

  it('writes down failures only where the log has a status', () => {
    const recorded = (layout: 'o2c' | 'elementary' | 'dbt_artifacts') =>
      resolved(bakery({ state: auditTables({ layout }) })).jobs[0]?.policy.recordFailure;
    expect([recorded('o2c'), recorded('elementary'), recorded('dbt_artifacts')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(resolved(nativeBakery()).jobs[0]?.policy.recordFailure).toBe(false);
  });

  it('puts children behind their predecessors, whatever the order of the config', () => {
    const deployment = resolved(
      bakery({
        tasks: {
          SELL: { run: dbt('bakery', { command: 'test' }), after: ['COOL', 'GLAZE'] },
          GLAZE: { run: dbt('bakery', { command: 'test' }), after: ['BAKE'] },
          BAKE: { job: 'bread', schedule: cron('0 4 * * *') },
          COOL: { run: dbt('bakery', { command: 'test' }), after: ['glaze'] },
        },
      }),
    );
    expect(deployment.graphs).toHaveLength(1);
    expect(deployment.graphs[0]?.children.map(({ name }) => name.name)).toEqual(['GLAZE', 'COOL', 'SELL']);
  });

  it('gates a child on the predecessors that call the procedure', () => {
    const deployment = resolved(
      bakery({
        tasks: {
          BAKE: { job: 'bread', schedule: cron('0 4 * * *') },
          TASTE: { run: dbt('bakery', { command: 'test' }), after: ['BAKE'] },
          SELL: { run: dbt('bakery', { command: 'test' }), after: ['BAKE', 'TASTE'], onlyIfBuilt: true },
        },
      }),
    );
    expect(deployment.graphs[0]?.children[1]?.onlyIfBuilt.map(({ name }) => name)).toEqual(['BAKE']);
  });

  it('keeps the properties of a graph on its root', () => {
    const deployment = resolved(
      bakery({
        defaults: {
          warehouse: 'flour_wh',
          timeout: '30 minutes',
          suspendAfterFailures: 0,
          errorIntegration: 'bell',
        },
        tasks: {
          BAKE: { job: 'bread', schedule: cron('0 4 * * *') },
          SELL: { run: dbt('bakery', { command: 'test' }), after: ['BAKE'] },
        },
      }),
    );
    const { root, children } = deployment.graphs[0] ?? {};
    expect(root).toMatchObject({
      warehouse: 'FLOUR_WH',
      timeoutMs: 1_800_000,
      suspendAfterFailures: 0,
      taskAutoRetryAttempts: 0,
      errorIntegration: 'BELL',
    });
    expect(children?.[0]).toMatchObject({
      schedule: null,
      suspendAfterFailures: null,
      taskAutoRetryAttempts: null,
      errorIntegration: null,
    });
  });

  it('keeps quoted names and folds unquoted ones', () => {
    const deployment = resolved(
      bakery({
        database: '"Back Room"',
        schema: 'oven',
        names: { procedure: '"Run It"', view: 'v_runs' },
        grants: { '"Baker"': ['read'] },
      }),
    );
    expect(deployment.procedure).toEqual({ database: 'Back Room', schema: 'OVEN', name: 'Run It' });
    expect(deployment.views.history.name).toBe('V_RUNS');
    expect(deployment.grants).toEqual([{ role: 'Baker', kinds: ['read'] }]);
  });

  it('lets only frozen, JSON-serialisable values out', () => {
    const deployments = resolveDeployments(config);
    expect(JSON.parse(JSON.stringify(deployments))).toEqual(deployments);
    const unfrozen = (value: unknown): boolean =>
      typeof value === 'object' &&
      value !== null &&
      (!Object.isFrozen(value) || Object.values(value).some(unfrozen));
    expect(unfrozen(deployments[0])).toBe(false);
  });

  it('leaves the config itself unfrozen and unchanged', () => {
    const input = { deployments: { bakery: bakery() } };
    const before = JSON.stringify(input);
    resolveDeployments(input);
    expect(JSON.stringify(input)).toBe(before);
    expect(Object.isFrozen(input.deployments.bakery.tasks)).toBe(false);
  });
});

describe('the order of keys', () => {
  it('decides only about order, never about meaning', () => {
    const expected = meaning(resolveDeployments(config));
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const shuffled = shuffleKeys(config, () => numbers.next().value as number);
        expect(meaning(resolveDeployments(shuffled))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same text for the same config', () => {
    expect(JSON.stringify(resolveDeployments(config))).toBe(JSON.stringify(resolveDeployments(config)));
  });
});

/** Objects with their keys in another order; lists keep theirs. */
function shuffleKeys(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((inner) => shuffleKeys(inner, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => ({ key, inner, rank: random() }));
  return Object.fromEntries(
    entries.sort((a, b) => a.rank - b.rank).map(({ key, inner }) => [key, shuffleKeys(inner, random)]),
  );
}

/** A deployment with what only the order of the config decides put into a fixed one. */
function meaning(deployments: ReturnType<typeof resolveDeployments>): unknown {
  const byText = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort();
  return Object.fromEntries(
    deployments.map((deployment) => [
      deployment.name,
      {
        ...deployment,
        jobs: byText(deployment.jobs),
        graphs: byText(deployment.graphs.map(({ root, children }) => ({ root, children: byText(children) }))),
        grants: byText(deployment.grants),
        warnings: byText(deployment.warnings),
      },
    ]),
  );
}

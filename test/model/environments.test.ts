import { ConfigProblems } from '../../src/config/problems';
import type { DeploymentConfig } from '../../src/config/types';
import { resolveEnvironments } from '../../src/model/resolve-environments';
import { bakery, problemsOfAll } from './bakery';

type Configs = Parameters<typeof resolveEnvironments>[0];

function environments(deployments: Record<string, Record<string, DeploymentConfig>>): Configs {
  const names = Object.keys(deployments);
  return names.map((env) => ({
    env,
    config: { app: 'acme', environments: names, deployments: deployments[env] },
  }));
}

function problems(configs: Configs): string[] {
  try {
    resolveEnvironments(configs);
  } catch (error) {
    if (error instanceof ConfigProblems)
      return error.problems.map(({ where, message }) => `${where}: ${message}`);
    throw error;
  }
  return [];
}

describe('environments', () => {
  it('are resolved one after the other, and each deployment knows whose it is', () => {
    const all = resolveEnvironments(
      environments({ dev: { shop: bakery({ schema: 'DEV' }) }, prod: { shop: bakery() } }),
    );
    expect(all.map(({ app, env, name, schema }) => [app, env, name, schema])).toEqual([
      ['acme', 'dev', 'shop', 'DEV'],
      ['acme', 'prod', 'shop', 'OVEN'],
    ]);
  });

  it('a problem of all of them is told once, one of some with their names', () => {
    const wrong = { shop: bakery({ database: 'a b' }) };
    const worse = { shop: bakery({ database: 'a b', schema: 'c d' }) };
    expect(problems(environments({ dev: wrong, test: worse, prod: worse }))).toEqual([
      expect.stringMatching(/^deployments\.shop\.database: "a b" is not a valid name.*[^)]$/),
      expect.stringMatching(/^deployments\.shop\.schema: "c d" .*\(environments test, prod\)$/),
    ]);
  });

  it('that send one deployment to one schema are refused: each would overwrite the other', () => {
    expect(problems(environments({ dev: { shop: bakery() }, prod: { shop: bakery() } }))).toEqual([
      'deployments.shop: shop of dev has procedure RUN_DBT_AUTO_RESTART and 7 more in BAKERY.OVEN too: ' +
        "each would overwrite the other's (environment prod)",
    ]);
  });

  it.each([
    ['accounts', { account: 'ORG-DEV' }, { account: 'ORG-PROD' }],
    ['connections', { name: 'dev' }, { name: 'prod' }],
  ])('of different %s may use one schema', (_, dev, prod) => {
    const both = {
      dev: { shop: bakery({ connection: dev }) },
      prod: { shop: bakery({ connection: prod }) },
    };
    expect(problems(environments(both))).toEqual([]);
  });

  it('of two connections to one account may not', () => {
    const account = 'ORG-BAKERY';
    const both = {
      dev: { shop: bakery({ connection: { name: 'dev', account } }) },
      prod: { shop: bakery({ connection: { name: 'prod', account: 'org-bakery' } }) },
    };
    expect(problems(environments(both))).toHaveLength(1);
  });
});

describe('two deployments of one environment', () => {
  it('are refused when an object of both has one name in one schema', () => {
    const other = bakery({
      names: { procedure: 'RUN_ROLLS', view: 'V_ROLLS' },
      tasks: { '"bake_bread"': bakery().tasks['BAKE_BREAD']!, bake_rolls: bakery().tasks['BAKE_ROLLS']! },
    });
    expect(problemsOfAll({ deployments: { bread: bakery(), rolls: other } })).toEqual([
      "deployments.rolls: bread has task BAKE_ROLLS in BAKERY.OVEN too: each would overwrite the other's",
    ]);
  });

  it('may share a schema when no object of theirs has the same name', () => {
    const other = bakery({
      names: { procedure: 'RUN_ROLLS', view: 'V_ROLLS' },
      tasks: { ROLLS: bakery().tasks['BAKE_ROLLS']! },
    });
    expect(problemsOfAll({ deployments: { bread: bakery(), rolls: other } })).toEqual([]);
  });
});

it.each(['-', 'a b', 'a/b', 'a]', '', 'x'.repeat(65)])('the app %j is refused', (app) => {
  expect(problemsOfAll({ app, deployments: { shop: bakery() } })).toEqual([
    `app: ${JSON.stringify(app)} is not a valid name of a repository`,
  ]);
});

import fc from '../../properties';
import { o2cDag } from '../../../rehearsals/dags/o2c';
import { graphOf } from '../../../src/local/dbt/dag';
import { readDag } from '../../../src/local/dbt/read-dag';
import { nodesToRun } from '../../../src/local/dbt/run';
import { selectNodes } from '../../../src/local/dbt/selectors';

// flour -> dough -> loaf -> shop; butter -> dough; butter -> cake -> shop
const bakery = graphOf(
  readDag(
    JSON.stringify({
      project: 'bakery',
      nodes: [
        { name: 'mill', type: 'source', path: 'models/raw/sources.yml' },
        { name: 'flour', type: 'seed' },
        { name: 'butter', dependsOn: ['mill'], path: 'models/staging/butter.sql', tags: ['cold'] },
        {
          name: 'dough',
          dependsOn: ['flour', 'butter'],
          path: 'models/staging/dough.sql',
          tests: ['dough_rises'],
        },
        { name: 'loaf', dependsOn: ['dough'], path: 'models/marts/loaf.sql', materialized: 'incremental' },
        { name: 'cake', dependsOn: ['butter'], path: 'models/marts/cake.sql', tags: ['sweet', 'cold'] },
        {
          name: 'shop',
          dependsOn: ['loaf', 'cake'],
          path: 'models/marts/shop.sql',
          tests: [{ name: 'shop_matches_loaf', dependsOn: ['loaf'] }],
        },
        { name: 'oven', type: 'snapshot', package: 'tools' },
      ],
    }),
  ),
);

const select = (spec: string, exclude: string[] = [], graph = bakery) =>
  [...selectNodes(graph, { select: spec === '' ? [] : [spec], exclude }).nodes]
    .map((id) => graph.byId.get(id)!.name)
    .sort();

const models = (spec: string, graph = bakery) =>
  nodesToRun(graph, 'run', selectNodes(graph, { select: [spec], exclude: [] }).nodes).map(
    (node) => node.name,
  );

describe('selection by name', () => {
  it('takes a name with its tests, and nothing downstream', () => {
    expect(select('dough')).toEqual(['dough', 'dough_rises']);
  });

  it('takes everything downstream with a trailing plus', () => {
    expect(select('dough+')).toEqual(['dough', 'dough_rises', 'loaf', 'shop', 'shop_matches_loaf']);
  });

  it('takes everything upstream with a leading plus', () => {
    expect(models('+loaf')).toEqual(['butter', 'dough', 'loaf']);
    expect(select('+loaf')).toContain('flour');
  });

  it.each([
    ['1+shop', ['loaf', 'cake', 'shop']],
    ['2+shop', ['butter', 'dough', 'loaf', 'cake', 'shop']],
    ['butter+1', ['butter', 'dough', 'cake']],
    ['1+dough+1', ['butter', 'dough', 'loaf']],
    ['0+dough+0', ['dough']],
  ])('counts the steps of %s', (spec, expected) => {
    expect(models(spec).sort()).toEqual(expected.sort());
  });

  it('takes the descendants and all their ancestors with @', () => {
    expect(models('@loaf').sort()).toEqual(['butter', 'cake', 'dough', 'loaf', 'shop']);
  });

  it('refuses @ together with a trailing plus', () => {
    expect(() => select('@loaf+')).toThrow('incompatible');
  });

  it('matches letter case', () => {
    expect(select('DOUGH+')).toEqual([]);
  });

  it('finds a test by its name, which has nothing downstream', () => {
    expect(select('dough_rises+')).toEqual(['dough_rises']);
    expect(select('1+dough_rises')).toEqual(['dough', 'dough_rises']);
  });

  it('takes a package, a folder of the fqn, and a wildcard', () => {
    expect(select('tools')).toEqual(['oven']);
    expect(models('bakery.marts').sort()).toEqual(['cake', 'loaf', 'shop']);
    expect(models('marts').sort()).toEqual(['cake', 'loaf', 'shop']);
    expect(models('marts.l*')).toEqual(['loaf']);
    expect(models('marts.[bc]*')).toEqual(['cake']);
    expect(models('b*')).toHaveLength(5);
    expect(models('bakery.*.?oaf')).toEqual(['loaf']);
    expect(models('bakery.marts.loaf.more')).toEqual([]);
  });
});

describe('selection by method', () => {
  it.each([
    ['fqn:dough', ['dough']],
    ['tag:cold', ['butter', 'cake']],
    ['tag:co*', ['butter', 'cake']],
    ['path:models/marts', ['cake', 'loaf', 'shop']],
    ['models/marts/', ['cake', 'loaf', 'shop']],
    ['models/marts/loaf.sql', ['loaf']],
    ['models/*/loaf.sql', ['loaf']],
    ['models/**/dough.sql', ['dough']],
    ['file:loaf.sql', ['loaf']],
    ['file:loaf', ['loaf']],
    ['loaf.sql', ['loaf']],
    ['config.materialized:incremental', ['loaf']],
    ['resource_type:model', ['butter', 'cake', 'dough', 'loaf', 'shop']],
    ['package:bakery', ['butter', 'cake', 'dough', 'loaf', 'shop']],
    ['package:this', ['butter', 'cake', 'dough', 'loaf', 'shop']],
    ['tag:sweet+', ['cake', 'shop']],
    ['source:raw+1', ['butter']],
    ['source:raw.mill+1', ['butter']],
    ['source:bakery.raw.*+1', ['butter']],
  ])('reads %s', (spec, expected) => {
    expect(models(spec).sort()).toEqual(expected);
  });

  it('selects resource types other than models', () => {
    expect(select('resource_type:seed')).toEqual(['flour']);
    expect(select('resource_type:test')).toEqual(['dough_rises', 'shop_matches_loaf']);
    expect(() => select('resource_type:bread')).toThrow('Invalid resource_type selector "bread"');
  });

  it('selects by the results of an earlier run', () => {
    const results = new Map([
      ['model.bakery.loaf', 'error'],
      ['model.bakery.shop', 'skipped'],
      ['model.bakery.cake', 'success'],
    ]);
    const { nodes } = selectNodes(bakery, {
      select: ['result:error+ result:skipped'],
      exclude: [],
      previous: { results },
    });
    expect(nodesToRun(bakery, 'run', nodes).map((node) => node.name)).toEqual(['loaf', 'shop']);
  });

  it('refuses result: without an imported run', () => {
    expect(() => select('result:error+')).toThrow('No comparison run_results');
  });

  it.each(['source_status:fresher+', 'selector:nightly'])('names what it does not model: %s', (spec) => {
    expect(() => select(spec)).toThrow(/Unsupported feature 'dbt selector method/);
  });

  it('refuses a method that dbt does not have', () => {
    expect(() => select('colour:red')).toThrow("'colour' is not a valid method name");
  });
});

describe('set operators', () => {
  it('joins words, and words inside one value', () => {
    expect(models('loaf cake')).toEqual(['loaf', 'cake']);
  });

  it('intersects at commas', () => {
    expect(models('butter+,tag:sweet')).toEqual(['cake']);
  });

  it('leaves out what is excluded, with its tests', () => {
    expect(select('dough+', ['loaf'])).toEqual(['dough', 'dough_rises', 'shop']);
  });

  it('takes everything when nothing is selected', () => {
    expect(select('', ['resource_type:test'])).toHaveLength(8);
  });

  it('warns of each criterion that matches nothing', () => {
    const { warnings } = selectNodes(bakery, { select: ['loaf', 'pie+', 'cake,tag:x'], exclude: [] });
    expect(warnings).toEqual([
      "The selection criterion 'pie+' does not match any enabled nodes",
      "The selection criterion 'cake,tag:x' does not match any enabled nodes",
    ]);
  });
});

describe('laws of selection', () => {
  const name = fc.constantFrom(
    'flour',
    'butter',
    'dough',
    'loaf',
    'cake',
    'shop',
    'oven',
    'tag:cold',
    'marts',
    'nobody',
  );
  const term = fc
    .tuple(fc.constantFrom('', '+', '1+', '@'), name, fc.constantFrom('', '+', '+1'))
    .map(([up, value, down]) => (up === '@' ? `@${value}` : `${up}${value}${down}`));

  it('a union is symmetric and holds both sides', () => {
    fc.assert(
      fc.property(term, term, (a, b) => {
        expect(select(`${a} ${b}`)).toEqual(select(`${b} ${a}`));
        expect(select(`${a} ${b}`)).toEqual([...new Set([...select(a), ...select(b)])].sort());
      }),
    );
  });

  it('an intersection holds what both sides hold', () => {
    fc.assert(
      fc.property(term, term, (a, b) => {
        const second = new Set(select(b));
        expect(select(`${a},${b}`)).toEqual(select(a).filter((node) => second.has(node)));
      }),
    );
  });

  it('what is excluded is never selected', () => {
    fc.assert(
      fc.property(term, term, (a, b) => {
        const left = new Set(select(a, [b]));
        expect(select(b).some((node) => left.has(node))).toBe(false);
        expect(select(a)).toEqual(expect.arrayContaining([...left]));
      }),
    );
  });

  it('following edges twice finds nothing more', () => {
    fc.assert(
      fc.property(name, (a) => {
        const once = models(`${a}+`);
        if (once.length > 0) expect(models(once.map((node) => `${node}+`).join(' '))).toEqual(once);
      }),
    );
  });

  it('a plus in front and one behind are each other reversed', () => {
    const nodes = ['butter', 'dough', 'loaf', 'cake', 'shop'];
    for (const a of nodes) {
      for (const b of nodes) expect(models(`${a}+`).includes(b)).toBe(models(`+${b}`).includes(a));
    }
  });
});

describe('the demonstration project', () => {
  const o2c = graphOf(readDag(JSON.stringify(o2cDag)));

  it('has 25 models, the reconciliation fifteenth in run order', () => {
    const order = nodesToRun(o2c, 'run', new Set(o2c.order)).map((node) => node.name);
    expect(order).toHaveLength(25);
    expect(order.indexOf('dm_o2c_reconciliation')).toBe(14);
  });

  it('heals a failed reconciliation with six models', () => {
    expect(models('dm_o2c_reconciliation+', o2c)).toEqual([
      'dm_o2c_reconciliation',
      'agg_o2c_by_customer',
      'agg_o2c_by_period',
      'agg_o2c_open_items',
      'agg_o2c_dunning',
      'agg_o2c_kpis',
    ]);
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LocalSnowflake, Session } from '../../../src/local/engine/contract';
import { openLocalSnowflake } from '../../../src/local/engine/open';
import { features } from '../../../src/local/features';

interface Member {
  [key: string]: unknown;
  unrendered_config: Record<string, unknown>;
  tags: string[];
}
interface Manifest {
  nodes: Record<string, Member>;
  sources: Record<string, Member>;
  macros: Record<string, object>;
  unit_tests: Record<string, Member>;
}

let folder: string;
let account: LocalSnowflake;
let session: Session;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'state-'));
  account = await openLocalSnowflake({ features });
  session = account.openSession({});
  await session.execute('CREATE DATABASE SHOP');
});
afterEach(async () => {
  await account.close();
  await rm(folder, { recursive: true });
});

/** The real dbt's manifest, changed as a person's next commit changes it. */
async function manifest(change: (manifest: Manifest) => void = () => {}): Promise<string> {
  const written = JSON.parse(
    await readFile(join(__dirname, 'expected', 'manifest.json'), 'utf8'),
  ) as Manifest;
  change(written);
  const file = join(folder, 'manifest.json');
  await writeFile(file, JSON.stringify(written));
  return pathToFileURL(file).href;
}

const PROJECT = 'SHOP.PUBLIC.BAKERY';

/** Deployed, built, changed, deployed again: what differs from the run before the change. */
async function selectedAfter(change: (manifest: Manifest) => void, ...specs: string[]): Promise<string[][]> {
  await session.execute(`CREATE DBT PROJECT ${PROJECT} FROM '${await manifest()}'`);
  await session.execute(`EXECUTE DBT PROJECT ${PROJECT} ARGS = 'build'`);
  await session.execute(`ALTER DBT PROJECT ${PROJECT} DEPLOY FROM '${await manifest(change)}'`);
  const answers: string[][] = [];
  for (const spec of specs) {
    const { rows } = await session.execute(
      `EXECUTE DBT PROJECT ${PROJECT} ARGS = 'list --state ./imports/before --indirect-selection empty --output name --select ${spec}' ` +
        `IMPORTS = (SYSTEM$DBT_GET_LAST_RUN_TARGET('${PROJECT}') AS 'before')`,
    );
    const [, ...lines] = String(rows[0]![2]).trimEnd().split('\n');
    answers.push(lines.filter((line) => !line.startsWith('[WARNING]')));
  }
  return answers;
}

const node = (written: Manifest, name: string): Member => {
  const found = Object.values(written.nodes).find((member) => member.name === name);
  if (!found) throw new Error(`no node ${name}`);
  return found;
};

it('nothing is modified where nothing was changed', async () => {
  const [modified, unchanged] = await selectedAfter(() => {}, 'state:modified', 'state:new');
  expect([modified, unchanged]).toEqual([[], []]);
});

it('another query is a modified body, and its children come along with a plus', async () => {
  const change = (written: Manifest) => (node(written, 'dm_sales').raw_code = 'select 2');
  expect(
    await selectedAfter(
      change,
      'state:modified',
      'state:modified.body',
      'state:modified.configs',
      'state:modified+',
    ),
  ).toEqual([['dm_sales'], ['dm_sales'], [], ['sales_board', 'dm_sales']]);
});

it('another configuration is, other tags are not', async () => {
  const change = (written: Manifest) => {
    node(written, 'fct_bakes').unrendered_config.materialized = 'table';
    node(written, 'loyalty').unrendered_config.tags = ['sweet'];
  };
  expect(await selectedAfter(change, 'state:modified', 'state:modified.configs')).toEqual([
    ['fct_bakes'],
    ['fct_bakes'],
  ]);
});

it('another schema is another relation', async () => {
  const change = (written: Manifest) => (node(written, 'dm_sales').unrendered_config.schema = 'elsewhere');
  expect(await selectedAfter(change, 'state:modified.relation', 'state:modified.configs')).toEqual([
    ['dm_sales'],
    [],
  ]);
});

it('a new model is new and modified, a new source is new only', async () => {
  const change = (written: Manifest) => {
    written.nodes['model.bakery.rye'] = {
      ...node(written, 'loyalty'),
      unique_id: 'model.bakery.rye',
      name: 'rye',
      fqn: ['bakery', 'rye'],
    };
    written.sources['source.bakery.till.tips'] = {
      ...written.sources['source.bakery.till.orders']!,
      unique_id: 'source.bakery.till.tips',
      name: 'tips',
    };
  };
  expect(await selectedAfter(change, 'state:new', 'state:modified', 'state:old,rye')).toEqual([
    ['rye', 'till.tips'],
    ['rye'],
    [],
  ]);
});

it('a unit test with other rows is modified', async () => {
  const change = (written: Manifest) => {
    written.unit_tests['unit_test.bakery.agg_sales_daily.loyalty_counts']!.checksum = 'another';
  };
  expect(await selectedAfter(change, 'state:modified')).toEqual([['loyalty_counts']]);
});

it('a macro that changed modifies what calls it, at any depth', async () => {
  const macro = (sql: string, macros: string[] = []) => ({ macro_sql: sql, depends_on: { macros } });
  const withMacros = (inner: string) => (written: Manifest) => {
    written.macros = {
      'macro.bakery.outer': macro('{{ inner() }}', ['macro.bakery.inner']),
      'macro.bakery.inner': macro(inner),
    };
    node(written, 'loyalty').depends_on = {
      ...(node(written, 'loyalty').depends_on as object),
      macros: ['macro.bakery.outer'],
    };
  };
  await session.execute(`CREATE DBT PROJECT ${PROJECT} FROM '${await manifest(withMacros('1'))}'`);
  await session.execute(`EXECUTE DBT PROJECT ${PROJECT} ARGS = 'build'`);
  await session.execute(`ALTER DBT PROJECT ${PROJECT} DEPLOY FROM '${await manifest(withMacros('2'))}'`);
  const { rows } = await session.execute(
    `EXECUTE DBT PROJECT ${PROJECT} ARGS = 'list --select state:modified.macros --state ./imports/before --output name' ` +
      `IMPORTS = (SYSTEM$DBT_GET_LAST_RUN_TARGET('${PROJECT}') AS 'before')`,
  );
  expect(rows[0]![2]).toMatch(/\nloyalty\n$/);
});

it('a word that dbt does not know is refused', async () => {
  await expect(selectedAfter(() => {}, 'state:stale')).rejects.toThrow('Got an invalid selector "stale"');
});

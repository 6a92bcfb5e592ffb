/** Data flows one way: which room may import which, and what the pure rooms may not touch. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

const SRC = join(__dirname, '..', 'src');

/** Rooms to the left of the colon may import those to the right, themselves, and the two files of the root. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  config: [],
  model: ['config'],
  'sql-text': ['model', 'config'],
  decision: ['sql-text', 'model', 'config'],
  log: ['sql-text', 'model', 'config'],
  render: ['decision', 'log', 'sql-text', 'model', 'config'],
  files: ['plan', 'render', 'model', 'config'],
  snowflake: ['model', 'config'],
  contract: ['decision', 'log', 'snowflake', 'sql-text', 'model', 'config'],
  plan: ['contract/finding', 'render', 'sql-text', 'model', 'config'],
  account: ['plan', 'snowflake', 'render', 'sql-text', 'model', 'config'],
  readings: ['snowflake', 'sql-text', 'model', 'config'],
  probe: ['sql-text', 'model', 'config'],
  doctor: ['oncall', 'readings', 'decision', 'sql-text', 'model', 'config'],
  oncall: ['readings', 'render', 'decision', 'sql-text', 'model', 'config'],
  apply: [
    'account',
    'plan',
    'contract/finding',
    'snowflake',
    'render',
    'sql-text',
    'model',
    'config',
    'files',
  ],
  // A whole of its own: of the product it takes cron, time zones and the names of log layouts.
  local: ['model/cron', 'model/time-zone', 'config/layout-names', 'config/types'],
  report: [
    'readings',
    'rehearse/page',
    'rehearse/rehearsal',
    'rehearse/step',
    'rehearse/summary',
    'decision',
    'model',
    'config',
  ],
  init: ['account/found-dbt', 'plan/deployed', 'sql-text', 'model', 'config'],
  backtest: [
    'local/index',
    'rehearse/page',
    'rehearse/summary',
    'snowflake/session',
    'plan/bodies',
    'render',
    'decision',
    'sql-text',
    'model',
    'config',
  ],
  rehearse: ['local/index', 'local/as-written', 'decision', 'render', 'sql-text', 'model', 'config'],
};

/** Everything in these rooms but the files named, which hold their one effect. */
const PURE = [
  'config',
  'model',
  'sql-text',
  'decision',
  'log',
  'render',
  'contract',
  'plan',
  'oncall',
  'doctor',
  'init',
  'report',
  'probe',
  'rehearse/check',
  'rehearse/page',
];
const EFFECTS_ALLOWED = [
  'config/load.ts',
  'config/import-typescript.ts',
  'config/time-limit.ts',
  'render/load-templates.ts',
];

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(join(SRC, file), 'utf8') }));

const roomOf = (file: string): string => file.split('/')[0]!;

/** Paths below src/ that a file imports, types too. */
function imports({ file, text }: (typeof sources)[number]): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, target]) =>
    relative(SRC, normalize(join(SRC, dirname(file), target!))).replaceAll('\\', '/'),
  );
}

it('every room has its rule but cli, which may import all of them', () => {
  const rooms = new Set(
    sources
      .map(({ file }) => file)
      .filter((file) => file.includes('/'))
      .map(roomOf),
  );
  expect([...rooms].sort()).toEqual(['cli', ...Object.keys(MAY_IMPORT)].sort());
});

describe('imports', () => {
  it.each(Object.entries(MAY_IMPORT))('of %s point to the left only: %j', (room, allowed) => {
    const wrong = sources
      .filter(({ file }) => roomOf(file) === room)
      .flatMap((source) => imports(source).map((target) => ({ file: source.file, target })))
      .filter(({ target }) => target.includes('/') && roomOf(target) !== room)
      .filter(
        ({ target }) => !allowed.some((prefix) => target === prefix || target.startsWith(`${prefix}/`)),
      );
    expect(wrong).toEqual([]);
  });
});

describe('the local Snowflake', () => {
  const DOOR = 'local/index';
  /** Of types alone: the declarations that the package ships come by way of it. */
  const TYPES_DOOR = 'local/as-written';
  const outside = sources.filter(({ file }) => roomOf(file) !== 'local');

  it('has one door, and one beside it for the types of what people write', () => {
    const past = outside.flatMap((source) =>
      imports(source)
        .filter((target) => target.startsWith('local/') && target !== DOOR && target !== TYPES_DOOR)
        .map((target) => `${source.file} imports ${target}`),
    );
    expect(past).toEqual([]);
  });

  it('exports at its door only what somebody takes', () => {
    const door = sources.find(({ file }) => file === `${DOOR}.ts`)!.text;
    const names = [...door.matchAll(/export (?:type )?\{([^}]+)\}/g)].flatMap(([, list]) =>
      list!
        .split(',')
        .map((name) => name.replace(/^\s*type /, '').trim())
        .filter((name) => name !== ''),
    );
    const taken = outside.map(({ text }) => text).join('\n');
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(taken))).toEqual([]);
  });

  it('loads DuckDB behind the door, when it is asked for', () => {
    const loaded = new Set<string>();
    const load = (file: string): void => {
      const source = sources.find((each) => each.file === `${file}.ts`);
      if (!source || loaded.has(file)) return;
      loaded.add(file);
      const statics = source.text.match(/^(?:import|export) (?!type )[^;]*? from '\.[^']+';/gm) ?? [];
      imports({ ...source, text: statics.join('\n') }).forEach(load);
    };
    load(DOOR);
    expect(loaded.size).toBeGreaterThan(10);
    const heavy = [...loaded].filter((file) =>
      /^import (?!type )[^;]*'@duckdb/m.test(sources.find((each) => each.file === `${file}.ts`)!.text),
    );
    expect(heavy).toEqual([]);
  });

  it('is compiled alone as well, by its own tsconfig', () => {
    const { scripts } = JSON.parse(readFileSync(join(SRC, '..', 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(scripts.typecheck).toContain('tsc -p src/local');
    expect(JSON.parse(readFileSync(join(SRC, 'local', 'tsconfig.json'), 'utf8'))).toMatchObject({
      extends: '../../tsconfig.json',
      compilerOptions: { types: ['node'] },
    });
  });

  it('has a page for each of its rooms, and its page names them all', () => {
    const page = readFileSync(join(SRC, 'local', 'README.md'), 'utf8');
    const rooms = readdirSync(join(SRC, 'local'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    for (const { name } of rooms) {
      expect(existsSync(join(SRC, 'local', name, 'README.md')) ? name : `${name} has no README.md`).toBe(
        name,
      );
      expect(page).toContain(`[${name}](${name}/README.md)`);
    }
  });
});

/** A grammar is recursive, and its files with it: a block holds statements, one of which is a block. */
const RECURSIVE = [
  /^local\/sql\/parse\//,
  /^local\/sql\/(lower|functions)\//,
  /^local\/scripting\/parse\//,
  /^local\/scripting\/run\//,
];

/** Files that a file needs when it is run: what is imported as a type alone is not among them. */
function valueImports(source: (typeof sources)[number]): string[] {
  const text = source.text
    .replace(/^(?:import|export) type [^;]*;/gm, '')
    .replace(/^(?:import|export) \{(?:\s*type [\w$ ]+,?)+\s*\} from [^;]*;/gm, '')
    .replace(/\bimport\(/g, '');
  const known = new Set(sources.map(({ file }) => file));
  return imports({ ...source, text }).flatMap((target) =>
    [`${target}.ts`, `${target}/index.ts`].filter((file) => known.has(file)),
  );
}

/** The files that can be reached from a file, itself among them only where it is on a cycle. */
function reachable(start: string, graph: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const waiting = [...(graph.get(start) ?? [])];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    waiting.push(...(graph.get(file) ?? []));
  }
  return found;
}

describe('imports of values', () => {
  it('form no cycle, but where a grammar does', () => {
    const graph = new Map(sources.map((source) => [source.file, valueImports(source)]));
    const cyclic = sources
      .map(({ file }) => file)
      .filter((file) => !RECURSIVE.some((folder) => folder.test(file)))
      .filter((file) => reachable(file, graph).has(file));
    expect(cyclic).toEqual([]);
  });
});

describe('the pure rooms', () => {
  it.each(PURE)('%s touches no disk, network, clock, environment or console', (room) => {
    const own = sources.filter(({ file }) => file.startsWith(`${room}/`) && !EFFECTS_ALLOWED.includes(file));
    expect(own).not.toEqual([]);
    const wrong = own.flatMap(({ file, text }) =>
      (
        text.match(
          /from 'node:(?!crypto)[^']+'|process\.\w+|console\.\w+|Date\.now\(\)|new Date\(\)|Math\.random/g,
        ) ?? []
      ).map((use) => `${file}: ${use}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('printing and exit codes', () => {
  it('are the business of src/cli alone', () => {
    const wrong = sources
      .filter(({ file }) => roomOf(file) !== 'cli')
      .filter(({ text }) => /console\.(log|error|warn)|process\.(exit|stdout|stderr)/.test(text))
      .map(({ file }) => file);
    expect(wrong).toEqual([]);
  });
});

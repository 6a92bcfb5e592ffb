import { tokenize, type Token } from '../../src/local/sql/lexer';
import type { Deployment } from '../../src/model/deployment';
import { canonical, fingerprint, fingerprintOfAll, readMark } from '../../src/render/fingerprint';
import { renderDeployment } from '../../src/render/render';
import { CASES } from './golden/cases';

const rendered = CASES.map((deployment) => renderDeployment(deployment));
const statements = rendered.flatMap((one) =>
  one.statements.map((statement) => ({ ...statement, of: one.deployment })),
);
const sqlFiles = rendered.flatMap((one) =>
  Object.entries(one.files)
    .filter(([path]) => path.endsWith('.sql'))
    .map(([path, text]) => ({ name: `${one.deployment}/${path}`, text })),
);

const isLock = (kind: string): boolean => kind === 'lock' || kind === 'unlock';

/** The statement's tokens, with those of its `$$` body in their place. */
function allTokens(sql: string): Token[] {
  return tokenize(sql).flatMap((token) => (token.kind === 'dollar' ? allTokens(token.value) : [token]));
}

/** The same tokens, one a line, without comments. */
function relaid(sql: string): string {
  return tokenize(sql)
    .map(({ kind, text, value }) => (kind === 'dollar' ? `$$${relaid(value)}$$` : text))
    .join('\n');
}

function isBalanced(tokens: readonly Token[]): boolean {
  let open = 0;
  for (const { kind, text } of tokens) {
    if (kind === 'symbol' && text === '(') open += 1;
    if (kind === 'symbol' && text === ')') open -= 1;
    if (open < 0) return false;
  }
  return open === 0;
}

describe.each(statements)(
  'the statement $id of $of',
  ({ sql, kind, fingerprint: mark, why, file, tasks }) => {
    it('is one statement without a closing semicolon', () => {
      const outside = tokenize(sql);
      expect(outside.some(({ text }) => text === ';')).toBe(false);
      expect(sql).toBe(sql.trim());
    });

    it('is complete: every parenthesis and block is closed', () => {
      expect(isBalanced(allTokens(sql))).toBe(true);
      const words = allTokens(sql).map(({ kind: what, value }) => (what === 'word' ? value : what));
      const opened = words.filter((word, at) => opensBlock(word, words[at - 1], words[at + 1]));
      expect(words.filter((word) => word === 'END')).toHaveLength(opened.length);
    });

    it('holds at most one $$ body', () => {
      expect([0, 2]).toContain(sql.split('$$').length - 1);
    });

    it('says in one line why it is there', () => {
      expect(why).toMatch(/^[^\n]+[^.\n]$/);
      expect(file).toMatch(isLock(kind) ? /^setup\.sql$/ : /^\d\d_[a-z0-9_]+\.sql$/);
    });

    it('carries its fingerprint at the end of each COMMENT, and only where there is one', () => {
      const tokens = allTokens(sql);
      const comments = tokens.filter(
        (_, at) => tokens[at - 2]?.value === 'COMMENT' && tokens[at - 1]?.text === '=',
      );
      const marks = comments.map(({ value }) => readMark(value)?.fingerprint);
      if (kind === 'grant' || isLock(kind)) {
        expect([mark, ...marks.filter(Boolean)]).toEqual([null]);
      } else if (kind === 'graph') {
        expect(marks).toEqual(tasks?.map((task) => task.fingerprint));
        expect(marks).toEqual(tasks?.map((task) => fingerprint(task.sql)));
        expect(mark).toBe(fingerprintOfAll(tasks ?? []));
      } else {
        expect(marks).toEqual([mark]);
        expect(mark).toBe(fingerprint(sql));
      }
    });

    it('keeps its fingerprint when it is laid out anew', () => {
      expect(canonical(relaid(sql))).toBe(canonical(sql));
    });
  },
);

/** BEGIN ... END, IF ... END IF, LOOP ... END LOOP, CASE ... END. */
function opensBlock(word: string, before: string | undefined, after: string | undefined): boolean {
  if (before === 'END') return false;
  return ['BEGIN', 'CASE', 'LOOP', 'REPEAT', 'FOR'].includes(word) || (word === 'IF' && after !== 'EXISTS');
}

describe.each(sqlFiles)('the file $name', ({ text }) => {
  it('is printable ASCII with line feeds and one at the end', () => {
    expect(text).toMatch(/^[\x20-\x7e\n]*[^\n]\n$/);
  });

  it('holds nothing that a client takes for a template', () => {
    expect(text).not.toMatch(/&|<%|\{\{|\{%|\{#|^!/m);
  });

  it('avoids what goes wrong on an account', () => {
    const words = allTokens(text)
      .map(({ value }) => value)
      .join(' ');
    expect(words).not.toMatch(
      /DATEDIFF \( 'hour'|LISTAGG \( DISTINCT|COUNT_IF|ACCOUNTADMIN|CREATE OR REPLACE TASK|SYSTEM\$TASK_DEPENDENTS_ENABLE|\bUSE ROLE\b/i,
    );
  });

  it('ends its last statement with a semicolon', () => {
    expect(tokenize(text).at(-1)?.text).toBe(';');
  });

  it('names the config and the command in its header, and no path', () => {
    const header = text.slice(0, text.indexOf('\n\n')).replaceAll('\n', ' ');
    expect(header).toMatch(/auto-restart\.config\.ts, deployment [\w/]+\..*npx dbt-auto-restart generate/);
    expect(text).not.toMatch(/\/work\/|\/home\/|\/tmp\//);
  });
});

describe.each(rendered)('the rendered deployment $deployment', ({ deployment, statements: own, files }) => {
  it('stands in apply order, between the lock and its release: views, procedure, graphs, grants', () => {
    const order = ['lock', 'view', 'procedure', 'graph', 'grant', 'unlock'];
    const ranks = own.map(({ kind }) => order.indexOf(kind));
    expect(ranks).toEqual([...ranks].sort());
  });

  it('has every statement in setup.sql, in order and unchanged', () => {
    const texts = own.map(({ sql }) => tokenize(`${sql};`).map(({ text }) => text));
    expect(tokenize(files['setup.sql']!).map(({ text }) => text)).toEqual(texts.flat());
  });

  it('has every statement in the file it names', () => {
    for (const { sql, file } of own) expect(files[file]).toContain(`${sql};`);
  });

  it('gives every statement an id of its own', () => {
    expect(new Set(own.map(({ id }) => id)).size).toBe(own.length);
  });

  it('lists its files and fingerprints in manifest.json', () => {
    const manifest = JSON.parse(files['manifest.json']!);
    expect(manifest.deployment).toBe(deployment);
    expect(manifest.files).toEqual(Object.keys(files));
    expect(manifest.statements).toEqual(
      own
        .filter(({ kind }) => !isLock(kind))
        .map(({ id, kind, object, file, fingerprint: mark, tasks, grant }) => ({
          id,
          kind,
          object,
          file,
          fingerprint: mark,
          ...(grant && { grant }),
          ...(tasks && {
            tasks: tasks.map(({ name, sql: _sql, ...rest }) => ({ ...rest, name: name.name })),
          }),
        })),
    );
  });
});

describe('rendering', () => {
  it.each(CASES)('$name gives the same bytes whatever the order of keys', (deployment) => {
    expect(renderDeployment(reversed(deployment) as Deployment)).toEqual(renderDeployment(deployment));
  });

  it.each(CASES)('$name leaves the deployment as it was', (deployment) => {
    const before = JSON.stringify(deployment);
    renderDeployment(deployment);
    expect(JSON.stringify(deployment)).toBe(before);
  });
});

/** The same value with the keys of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

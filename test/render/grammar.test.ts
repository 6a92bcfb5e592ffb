/**
 * A second opinion on the generated SQL: an independent Snowflake grammar, which the product itself does not use. A
 * statement whose text the grammar only carries along unread (a "command") does not count as understood.
 */
import { Dialect, init, parse } from '@polyglot-sql/sdk';
import config from '../../auto-restart.config';
import { parseBody } from '../../src/local/scripting/program';
import { splitStatements } from '../../src/local/sql/split';
import { tokenize, type Token } from '../../src/local/sql/lexer';
import type { Deployment } from '../../src/model/deployment';
import { resolveDeployments } from '../../src/model/resolve';
import { renderDeployment } from '../../src/render/render';
import { CASES } from './golden/cases';

const shipped = resolveDeployments(config);
const DEPLOYMENTS = [...shipped, ...CASES];

interface Piece {
  kind: string;
  sql: string;
}

/** Everything executable that is rendered for a deployment: statements, what their blocks hold, files to paste. */
function piecesOf(deployment: Deployment): Piece[] {
  const { statements, files } = renderDeployment(deployment);
  const pasted = ['monitoring.sql', 'verify.sql', 'teardown.sql'].flatMap((file) =>
    splitStatements(files[file]!),
  );
  const whole = [...statements.map(({ sql }) => sql), ...pasted];
  return whole.flatMap((sql) => [piece(sql), ...bodiesOf(sql).flatMap(insideOf)]);
}

function piece(sql: string): Piece {
  return { kind: kindOf(sql), sql };
}

const bodiesOf = (sql: string): string[] =>
  tokenize(sql).flatMap(({ kind, value }) => (kind === 'dollar' ? [value] : []));

/** The SQL statements and the expressions of a Scripting block. */
function insideOf(body: string): Piece[] {
  const block = parseBody(body);
  return [...walk(block)];
}

type Part = string | { is: string; variable: { name: string } };

function* walk(node: unknown): Generator<Piece> {
  if (typeof node !== 'object' || node === null) return;
  const { is, parts, text, tokens } = node as {
    is?: string;
    parts?: Part[];
    text?: string;
    tokens?: Token[];
  };
  if (is === 'sql')
    yield piece(parts!.map((part) => (typeof part === 'string' ? part : `:${part.variable.name}`)).join(''));
  else if (text !== undefined && tokens !== undefined) yield { kind: 'expression', sql: `SELECT ${text}` };
  else for (const child of Object.values(node)) yield* walk(child);
}

/** The words before the first name, and for ALTER what is done: `CREATE OR ALTER TASK`, `ALTER TASK RESUME`, `query`. */
function kindOf(sql: string): string {
  const words = tokenize(sql).map(({ value }) => value);
  const text = words.join(' ');
  if (words[0] === 'SELECT' || words[0] === 'WITH') return 'query';
  if (words[0] === 'GRANT' && text.includes(' ON DBT PROJECT ')) return 'GRANT ON DBT PROJECT';
  if (words[0] === 'ALTER') return `ALTER ${words[1]} ${words.at(-1)}`;
  const phrase = /^(?:CREATE(?: OR \w+)? \w+|(?:DROP|SHOW|EXECUTE) \w+|\w+)/.exec(text)?.[0] ?? text;
  return text.includes(' AS EXECUTE DBT PROJECT ') ? `${phrase} AS EXECUTE DBT PROJECT` : phrase;
}

type Verdict = 'understood' | 'unread' | 'refused';

/** What the grammar has no rule for. Everything else that is rendered it understands. */
const NOT_KNOWN: Record<string, Verdict> = {
  // Statements that it carries along as text.
  CALL: 'unread',
  'DROP TASK': 'unread',
  'EXECUTE IMMEDIATE': 'unread', // of a block; what the block holds is among the pieces
  // It knows neither COPY GRANTS nor COMMENT on a procedure.
  'CREATE OR REPLACE PROCEDURE': 'refused',
  // It knows tasks, and no dbt projects.
  'GRANT ON DBT PROJECT': 'refused',
  'CREATE OR ALTER TASK AS EXECUTE DBT PROJECT': 'refused',
};

beforeAll(() => init());

function verdictOn(sql: string): Verdict {
  const { success, ast } = parse(sql, Dialect.Snowflake);
  const [only, more] = Array.isArray(ast) ? (ast as object[]) : [];
  if (!success || !only || more) return 'refused';
  return 'command' in only ? 'unread' : 'understood';
}

describe.each(DEPLOYMENTS)('the SQL of $name, read by another grammar', (deployment) => {
  const pieces = piecesOf(deployment);

  it('is understood, piece by piece, but for the kinds listed here', () => {
    const others = pieces.filter(({ kind }) => !(kind in NOT_KNOWN));
    expect(others.filter(({ sql }) => verdictOn(sql) !== 'understood')).toEqual([]);
  });

  it('holds the queries of the procedure among its pieces', () => {
    const known = pieces.filter(({ kind, sql }) => kind === 'query' && /:(?:job|project|mode)\b/i.test(sql));
    expect(known.length).toBeGreaterThanOrEqual(3);
  });

  it('has a procedure that is understood without COPY GRANTS and COMMENT', () => {
    const [procedure] = pieces.filter(({ kind }) => kind === 'CREATE OR REPLACE PROCEDURE');
    const known = procedure!.sql.replace('\nCOPY GRANTS', '').replace(/\nCOMMENT =\s*'(?:[^']|'')*'/, '');
    expect(verdictOn(known)).toBe('understood');
  });

  it('has tasks that are understood when they run something else', () => {
    const tasks = pieces.filter(({ kind }) => kind.endsWith(' AS EXECUTE DBT PROJECT'));
    const known = tasks.map(({ sql }) => sql.replace(/EXECUTE DBT PROJECT[\s\S]*$/, 'SELECT 1'));
    expect(known.filter((sql) => verdictOn(sql) !== 'understood')).toEqual([]);
  });
});

describe('the grammar', () => {
  it('has no rule for exactly the kinds listed here', () => {
    const found = DEPLOYMENTS.flatMap(piecesOf).map(({ kind, sql }) => [kind, verdictOn(sql)] as const);
    const notKnown = found.filter(([, verdict]) => verdict !== 'understood');
    expect(Object.fromEntries(notKnown)).toEqual(NOT_KNOWN);
  });

  it.each(['SELECT a b c FROM t', 'SELECT FROM WHERE', 'CREATE OR ALTER TASK t AS', 'GRANT ON t TO'])(
    'does not understand %s',
    (sql) => {
      expect(verdictOn(sql)).not.toBe('understood');
    },
  );
});

describe.each(shipped)('the generated SQL of $name, which ships', (deployment) => {
  const { files, statements } = renderDeployment(deployment);
  const sql = Object.entries(files).filter(([path]) => path.endsWith('.sql'));
  const [procedure] = statements.filter(({ kind }) => kind === 'procedure');

  it.each(sql)('%s is ASCII and avoids what goes wrong on an account', (_, text) => {
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(text).not.toMatch(/DATEDIFF\s*\(\s*'?hour|LISTAGG\s*\(\s*DISTINCT|ACCOUNTADMIN/i);
  });

  it('has a procedure with the rights of its caller, which reads its state in one SELECT', () => {
    expect(procedure!.sql).toMatch(/^EXECUTE AS CALLER$/m);
    expect(procedure!.sql.match(/FROM \S+V_AUTO_RESTART_STATE/g)).toHaveLength(1);
  });
});

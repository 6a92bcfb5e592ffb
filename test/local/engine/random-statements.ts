/** Statements at random: the same seed makes the same ones. Most are well formed; few mean anything. */
import { functionsOfSnowflake } from '../../../src/local/reference/functions';

type Random = () => number;

/** Mulberry32: small, and the same everywhere. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Those that change the account under the test, or sleep. */
const LEFT_OUT = /^SYSTEM\$|^RANDSTR$|^REPEAT$|^RPAD$|^LPAD$|^SPACE$/;
const FUNCTIONS = functionsOfSnowflake().filter((name) => !LEFT_OUT.test(name));
const TABLES = ['LOAVES', 'SHELF'];
const COLUMNS = ['ID', 'NAME', 'PRICE', 'BAKED_AT', 'DETAILS', 'TAGS'];
const TYPES = ['NUMBER', 'NUMBER(10, 2)', 'VARCHAR', 'VARCHAR(3)', 'BOOLEAN', 'FLOAT', 'DATE', 'TIME'];
const MORE_TYPES = ['TIMESTAMP_NTZ', 'TIMESTAMP_LTZ', 'TIMESTAMP_TZ', 'VARIANT', 'ARRAY', 'OBJECT', 'BINARY'];
const OPERATORS = ['+', '-', '*', '/', '%', '||', '=', '<>', '<', '>=', 'AND', 'OR', 'LIKE', 'ILIKE'];
const LITERALS = [
  ...['NULL', '0', '1', '-1', '2.5', '1e300', '99999999999999999999999999999999999999', 'TRUE', 'FALSE'],
  ...[
    "''",
    "'rye'",
    "'2026-03-02'",
    "'2026-03-02 15:04:05 +0100'",
    "'%'",
    '\'{"a": [1, null]}\'',
    "'é\u{1f950}'",
  ],
  ...["'day'", "'YYYY-MM-DD'", "'('", 'CURRENT_TIMESTAMP()', "DATE '2026-03-02'", '[1, 2]', "{'a': 1}"],
  ...["INTERVAL '1 day'", 'NULL::VARIANT', "PARSE_JSON('[1, {}]')"],
];
const OUT_OF_PLACE = ['*', 'DAY', '$1', '$NOT_SET', 'NOT_THERE', 'a.b.c.d', '?', ':x', 'DEFAULT'];

export function randomStatement(random: Random): string {
  const below = (limit: number): number => Math.floor(random() * limit);
  const any = <T>(of: readonly T[]): T => of[below(of.length)]!;
  const many = (upTo: number, make: () => string): string =>
    Array.from({ length: 1 + below(upTo) }, make).join(', ');

  /** Columns are named only where a table is. */
  let tables = 0;
  const leaf = (): string => {
    if (random() < 0.01) return any(OUT_OF_PLACE);
    return tables > 0 && random() < 0.6 ? any(COLUMNS) : any(LITERALS);
  };
  const expression = (depth = 3): string => {
    if (depth === 0) return leaf();
    const inner = (): string => expression(below(depth));
    return any([
      inner,
      () => `(${inner()} ${any(OPERATORS)} ${inner()})`,
      () => `${any(FUNCTIONS)}(${random() < 0.1 ? '' : many(3, inner)})`,
      () => `${any(FUNCTIONS)}(${many(2, inner)}) OVER (PARTITION BY ${inner()} ORDER BY ${inner()})`,
      () => `CASE WHEN ${inner()} THEN ${inner()} ELSE ${inner()} END`,
      () => `(${inner()})::${any([...TYPES, ...MORE_TYPES])}`,
      () => `TRY_CAST(${inner()} AS ${any([...TYPES, ...MORE_TYPES])})`,
      () => `${inner()} IN (${many(3, inner)})`,
      () => `${inner()} BETWEEN ${inner()} AND ${inner()}`,
      () => `${inner()} IS NOT NULL`,
      () => (tables > 0 ? `DETAILS:a[${below(3)}].b` : leaf()),
      () => `(${query(depth - 1)})`,
      () => `EXISTS (${query(depth - 1)})`,
    ])();
  };
  const from = (depth: number): string =>
    any([
      () => any(TABLES),
      () => any(TABLES),
      () => `(${query(depth)}) AS q`,
      () =>
        `${any(TABLES)} a ${any(['JOIN', 'LEFT JOIN', 'FULL JOIN'])} ${any(TABLES)} b ON ${expression(1)}`,
      () => `LOAVES, LATERAL FLATTEN(INPUT => ${any(['DETAILS', 'TAGS', expression(1)])}) f`,
      () => `TABLE(GENERATOR(ROWCOUNT => ${below(50)}))`,
      () => `(VALUES (${many(2, () => any(LITERALS))})) v`,
    ])();
  const query = (depth = 2): string => {
    const source = random() < 0.5 ? any(TABLES) : from(Math.max(0, depth - 1));
    tables += 1;
    const columns = many(3, () => expression(depth));
    const rest = [
      random() < 0.4 ? ` WHERE ${expression(depth)}` : '',
      random() < 0.2 ? ` GROUP BY ${any(['ALL', '1', expression(1)])}` : '',
      random() < 0.1 ? ` QUALIFY ${expression(1)}` : '',
      random() < 0.2 ? ` ORDER BY ${expression(1)} ${any(['', 'DESC', 'NULLS LAST'])}` : '',
      random() < 0.2 ? ` LIMIT ${below(5)}` : '',
    ].join('');
    tables -= 1;
    return `SELECT ${random() < 0.1 ? 'DISTINCT ' : ''}${columns} FROM ${source}${rest}`;
  };
  const dml = (): string =>
    any([
      () => `INSERT INTO ORDERS SELECT ${many(2, () => expression())}`,
      () => `INSERT INTO LOAVES (ID, NAME) VALUES (${expression(1)}, ${expression(1)})`,
      () => `UPDATE LOAVES SET ${any(COLUMNS)} = ${expression()} WHERE ${expression(1)}`,
      () => `DELETE FROM ORDERS WHERE ${expression()}`,
      () =>
        `MERGE INTO LOAVES USING (${query(1)}) s ON ${expression(1)} WHEN MATCHED THEN UPDATE SET NAME = ${expression(1)}`,
    ])();
  const block = (): string =>
    `BEGIN LET x ${any(['', ...TYPES, ...MORE_TYPES])} := ${expression(2)}; ` +
    `IF (${expression(1)}) THEN ${dml()}; END IF; ` +
    `FOR i IN 1 TO ${below(4)} DO x := ${expression(1)}; END FOR; RETURN x; ` +
    `${random() < 0.5 ? 'EXCEPTION WHEN OTHER THEN RETURN SQLERRM; ' : ''}END`;
  const object = (): string =>
    any([
      () => `CREATE OR REPLACE TABLE ORDERS AS ${query()}`,
      () => `CREATE OR REPLACE VIEW COUNTER AS ${query()}`,
      () => `CREATE OR REPLACE TABLE ORDERS (ID NUMBER, WHAT ${any(MORE_TYPES)} DEFAULT ${expression(1)})`,
      () =>
        `SHOW ${any(['TABLES', 'VIEWS', 'TASKS', 'PROCEDURES', 'GRANTS', 'STREAMS'])} LIKE ${any(LITERALS)}`,
      () => `DESCRIBE TABLE ${any(TABLES)}`,
      () =>
        `ALTER SESSION SET ${any(['QUERY_TAG', 'TIMEZONE', 'WEEK_START', 'STATEMENT_TIMEOUT_IN_SECONDS'])} = ${any(LITERALS)}`,
      () => `SET v = ${expression(1)}`,
      () => `${any(['BEGIN', 'COMMIT', 'ROLLBACK'])}`,
    ])();
  /** A word lost, doubled or moved: what is not well formed. */
  const broken = (text: string): string => {
    const parts = text.split(' ');
    const at = below(parts.length);
    parts.splice(at, below(2), ...(random() < 0.5 ? [] : [any(parts)]));
    return parts.join(' ');
  };
  const value = (): string => `SELECT ${many(2, () => expression())}`;
  const statement = any([query, query, value, value, dml, block, object])();
  return random() < 0.1 ? broken(statement) : statement;
}

export const TABLES_FIRST = [
  'CREATE TABLE LOAVES (ID NUMBER, NAME VARCHAR, PRICE NUMBER(10, 2), BAKED_AT TIMESTAMP_NTZ, DETAILS VARIANT, TAGS ARRAY)',
  `INSERT INTO LOAVES SELECT 1, 'rye', 2.5, '2026-03-02 04:00:00', PARSE_JSON('{"a": [{"b": 1}]}'), ['dark']`,
  `INSERT INTO LOAVES SELECT 2, 'é\u{1f950}', NULL, NULL, NULL, NULL`,
  'CREATE TABLE ORDERS (ID NUMBER, WHAT VARCHAR)',
  'CREATE VIEW SHELF AS SELECT * FROM LOAVES',
];

/** Words that only whoever wrote DuckDB, V8 or Node could have put into a message. */
export const FOREIGN =
  /duckdb|(?:Binder|Parser|Catalog|Conversion|Internal|Out of Range|Invalid Input|Not implemented) Error|Cannot read propert|is not a function|Maximum call stack|Cannot mix BigInt|Invalid time value|\bat Object\.|undefined|internal error/i;

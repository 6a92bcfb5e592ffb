import { tokenize } from '../../src/local/sql/lexer';
import { canonical } from '../../src/render/fingerprint';
import { formatQuery } from '../../src/render/format';

const QUERIES = [
  "select run_id, count(*) as loaves from bakery.oven.runs where status = 'it''s -- \"done\"' group by run_id",
  "with a as (select x::varchar as x, y:b[0].c as y from t), b as (select * from a qualify row_number() over (partition by x order by y desc nulls last) = 1) select listagg(x, ' ') within group (order by x) from b left join a on a.x = b.x",
  "select iff(a > dateadd('hour', -24, sysdate()), 'x\\\\n', null) from table(bakery.information_schema.task_history(result_limit => 10)) union all select '$x' from \"Salt & co\".\"b\"",
];

describe('formatting a query', () => {
  it.each(QUERIES)('changes no token of %s', (sql) => {
    expect(canonical(formatQuery(sql))).toBe(canonical(sql));
    expect(tokenize(formatQuery(sql)).map(({ value }) => value)).toEqual(
      tokenize(sql).map(({ value }) => value),
    );
  });

  it.each(QUERIES)('is stable for %s', (sql) => {
    expect(formatQuery(formatQuery(sql))).toBe(formatQuery(sql));
  });
});

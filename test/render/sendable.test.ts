import { assertSendable } from '../../src/render/sendable';

describe('the last look at SQL', () => {
  it.each(['SELECT 1', "SELECT '\\x26name', 10 % 3;\n-- half < 50%"])('lets %j pass', (sql) => {
    expect(() => assertSendable(sql, 'bread.sql')).not.toThrow();
  });

  it.each([
    'é',
    '\t',
    '&name',
    '<% x %>',
    '{{ x }}',
    '{% x %}',
    '{# x #}',
    '[dbt-auto-restart -/-/bakery \\x01]',
  ])('stops %j', (mark) => {
    expect(() => assertSendable(`SELECT 1\n-- ${mark}`, 'bread.sql')).toThrow(
      /bread\.sql holds .* in line 2/,
    );
  });
});

import { parseIdentifier, parseObjectName } from '../../src/model/names';

const home = { database: 'BAKERY', schema: 'OVEN' };

it.each([
  ['bread', 'BREAD'],
  ['_Bread$1', '_BREAD$1'],
  ['"Bread"', 'Bread'],
  ['"a ""b"" c"', 'a "b" c'],
  ['"a.b"', 'a.b'],
  ['"ORDER"', 'ORDER'],
])('reads %s as %s', (text, name) => {
  expect(parseIdentifier(text)).toEqual({ ok: true, value: name });
});

it.each([
  '',
  '1bread',
  'my bread',
  'a-b',
  'brød',
  '"open',
  '""',
  'a.b',
  'select',
  'x'.repeat(256),
  '"a\nb"',
  "a'",
])('refuses %j as an identifier', (text) => {
  expect(parseIdentifier(text).ok).toBe(false);
});

it.each([
  ['bread', { database: 'BAKERY', schema: 'OVEN', name: 'BREAD' }],
  ['shop.bread', { database: 'BAKERY', schema: 'SHOP', name: 'BREAD' }],
  ['"Db".shop."x.y"', { database: 'Db', schema: 'SHOP', name: 'x.y' }],
])('fills in what %s leaves out', (text, name) => {
  expect(parseObjectName(text, home)).toEqual({ ok: true, value: name });
});

it.each(['a.b.c.d', 'a..b', '.a', 'a.', 'a.b c', '"a"b'])('refuses %j as the name of an object', (text) => {
  expect(parseObjectName(text, home).ok).toBe(false);
});

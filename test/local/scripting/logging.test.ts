/** https://docs.snowflake.com/en/developer-guide/logging-tracing/logging-snowflake-scripting */
import { openLocal, type Local } from './local';

let local: Local;

beforeAll(async () => {
  local = await openLocal();
});

afterAll(() => local.close());

it.each([
  "SYSTEM$LOG('info', 'the oven is hot')",
  "SYSTEM$LOG('warning', 'the oven is very hot')",
  "SYSTEM$LOG_TRACE('a')",
  'SYSTEM$LOG_DEBUG(5)',
  "SYSTEM$LOG_INFO('loaves: ' || n)",
  "SYSTEM$LOG_WARN('a')",
  "SYSTEM$LOG_ERROR('a')",
  "SYSTEM$LOG_FATAL('a')",
  "SYSTEM$ADD_EVENT('baked')",
  "SYSTEM$ADD_EVENT('baked', {'loaves': n})",
  "SYSTEM$SET_SPAN_ATTRIBUTES({'loaves': n})",
])('%s is a statement of its own', async (statement) => {
  expect(await local.block(`LET n := 12; ${statement}; RETURN n;`)).toBe(12);
});

it('keeps the error of an argument', async () => {
  const error = await local.error('BEGIN SYSTEM$LOG_INFO(1 / 0); END');
  expect(error.code).toBe('100051');
});

it('knows its levels', async () => {
  expect(await local.error("BEGIN SYSTEM$LOG('loud', 'x'); END")).toMatchObject({ code: '001044' });
});

it.each([
  ["SYSTEM$LOG('info')", '000938'],
  ["SYSTEM$LOG_INFO('a', 'b')", '000939'],
])('counts the arguments of %s', async (statement, code) => {
  expect(await local.error(`BEGIN ${statement}; END`)).toMatchObject({ code });
});

it('has no level to set: there is no event table', async () => {
  const error = await local.error('ALTER SESSION SET LOG_LEVEL = INFO');
  expect(error).toMatchObject({ code: '000002', message: expect.stringContaining('LOG_LEVEL') });
});

import { statementError } from '../../src/snowflake/errors';
import { redact } from '../../src/snowflake/redact';

describe('secrets are never shown', () => {
  it('values known to be secret are hidden wherever they stand', () => {
    expect(redact('login of BAKER with rye-bread failed', ['rye-bread'])).toBe(
      'login of BAKER with **** failed',
    );
  });

  it('the longer of two secrets is hidden first', () => {
    expect(redact('flour-and-water', ['flour', 'flour-and-water'])).toBe('****');
  });

  it('a private key is hidden, also one that is cut off', () => {
    const key = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE\n-----END ENCRYPTED PRIVATE KEY-----';
    expect(redact(`key ${key} end`)).toBe('key (private key ****) end');
    expect(redact('key -----BEGIN PRIVATE KEY-----\nMIIE')).toBe('key (private key ****)');
  });

  it.each([
    ['a token of the protocol', 'Snowflake Token="ver:1-abc"', 'Snowflake Token=****'],
    ['a JSON web token', 'sent eyJhbGciOi.eyJpc3Mi.c2ln', 'sent ****'],
    ['a password in SQL', "ALTER USER b SET PASSWORD = 'rye'", 'ALTER USER b SET PASSWORD = ****'],
    ['a password in JSON', '{"password": "rye", "user": "b"}', '{"password": ****, "user": "b"}'],
    ['a password in an address', 'via http://baker:rye@proxy:3128', 'via http://baker:****@proxy:3128'],
    ['a passphrase', 'private_key_passphrase=rye role=x', 'private_key_passphrase=**** role=x'],
  ])('%s is hidden', (_, text, shown) => {
    expect(redact(text)).toBe(shown);
  });

  it('what is no secret stays as it is', () => {
    const text = "SQL compilation error: error line 3 at position 7\ninvalid identifier 'FLOUR'";
    expect(redact(text, [])).toBe(text);
  });
});

describe('errors of the driver become one class', () => {
  it('carries code, SQLSTATE, query id and place', () => {
    const error = statementError(
      Object.assign(new Error('SQL compilation error:\nsyntax error line 2 at position 5 unexpected'), {
        code: '001003',
        sqlState: '42000',
        data: { queryId: '01b1', line: 2, pos: 5 },
      }),
      [],
    );
    expect(error).toMatchObject({
      code: 'FAILED',
      snowflakeCode: '001003',
      sqlState: '42000',
      queryId: '01b1',
      place: { line: 2, position: 5 },
    });
  });

  it('an error without a place has none', () => {
    const error = statementError(
      Object.assign(new Error('gone'), { code: '000604', data: { line: -1, pos: -1 } }),
      [],
    );
    expect(error.place).toBeNull();
  });

  it('after a broken connection it says that the statement may have run', () => {
    const error = statementError(
      Object.assign(new Error('socket hang up'), { name: 'NetworkError', code: 401001 }),
      [],
    );
    expect(error).toMatchObject({ code: 'CONNECTION', message: expect.stringContaining('went away') });
    expect(error.hint).toContain('may have run');
  });
});

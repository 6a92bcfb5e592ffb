/** Whoever can do without an answer has to know whether there will be others. */
import { AutoRestartError } from '../../src/errors';
import { endsSession, statementError } from '../../src/snowflake/errors';

const answer = (code: string) => statementError({ code, message: 'in words of Snowflake' }, []);

it.each([
  ['an object is missing', answer('002003'), false],
  ['the role may not do this', answer('003001'), false],
  ['there is no warehouse', answer('000606'), true],
  ['the session is gone', answer('390114'), true],
  ['nobody answers', statementError({ name: 'OperationFailedError' }, []), true],
  ['no statement is the matter', new AutoRestartError('FAILED', 'SHOW was cut'), false],
  ['a fault of this tool', new TypeError('undefined is no function'), false],
])('%s', (_, error, ends) => {
  expect(endsSession(error)).toBe(ends);
});

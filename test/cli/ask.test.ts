/** Questions: what is typed ahead answers the question it is meant for, and the end of input is no answer. */
import { PassThrough } from 'node:stream';
import { startAsking } from '../../src/cli/output/ask';

const asking = (typed: string) => {
  const input = new PassThrough();
  input.write(typed);
  return { input, ...startAsking(input, new PassThrough()) };
};

it('keeps what is typed ahead for the questions that follow', async () => {
  const { ask, close } = asking('flour\nwater\n');
  expect([await ask('first? '), await ask('second? ')]).toEqual(['flour', 'water']);
  close();
});

it('takes the end of input for no answer, also while it waits and ever after', async () => {
  const { input, ask } = asking('');
  const answer = ask('first? ');
  input.end();
  expect([await answer, await ask('second? ')]).toEqual([null, null]);
});

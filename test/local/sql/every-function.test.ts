import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FUNCTIONS } from '../../../src/local/sql/functions/all';

describe('the allow list of functions', () => {
  it('holds nothing that these tests do not call', () => {
    const texts = readdirSync(__dirname).map((name) => readFileSync(join(__dirname, name), 'utf8'));
    const called = (name: string): boolean =>
      texts.some((text) => new RegExp(`\\b${name.replaceAll('$', '\\$')}\\(`).test(text));
    const bare = ['CURRENT_DATE', 'CURRENT_TIMESTAMP'];
    expect([...FUNCTIONS.keys()].filter((name) => !called(name) && !bare.includes(name))).toEqual([]);
  });
});

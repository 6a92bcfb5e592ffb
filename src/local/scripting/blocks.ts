/** Anonymous blocks as statements. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/blocks */
import type { StatementHandler } from '../engine/contract';
import { unsupported } from '../errors';
import { TokenReader } from '../sql/token-reader';
import { isBlockStart } from './parse/block';
import { compile } from './program';
import { activation } from './run/activation';
import { runBody } from './run/body';
import { innerScope } from './run/scope';

export const anonymousBlock: StatementHandler = {
  name: 'anonymous block',
  matches: (tokens) => isBlockStart(new TokenReader('', tokens)),
  async run({ text, binds }, session) {
    if (binds.length > 0) throw unsupported('binds of an anonymous block');
    const scope = innerScope(undefined, undefined);
    // The whole text: lines are counted from the first one of what was sent, or of what stands in `$$`.
    const { result } = await runBody(compile(text), scope, activation(session), 'anonymous block');
    return result;
  },
};

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
  async run({ text, tokens, binds }, session) {
    if (binds.length > 0) throw unsupported('binds of an anonymous block');
    // From the very start: lines are counted from the first one of what was sent, or of what stands in `$$`.
    const body = text.slice(0, tokens[tokens.length - 1]!.end);
    const scope = innerScope(undefined, undefined);
    const { result } = await runBody(compile(body), scope, activation(session), 'anonymous block', undefined);
    return result;
  },
};

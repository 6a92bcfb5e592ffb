/** WITH ... AS PROCEDURE ... CALL. https://docs.snowflake.com/en/sql-reference/sql/call-with */
import type { StatementHandler } from '../../engine/contract';
import { TokenReader } from '../../sql/token-reader';
import { parseBody } from '../program';
import { evaluateArguments } from './arguments';
import { callUserProcedure, unknownProcedure } from './call';
import { parseArguments, parseDefinition } from './header';

/** A procedure for one call: it runs in the caller's session, with the caller's rights. */
export const anonymousProcedure: StatementHandler = {
  name: 'WITH ... AS PROCEDURE ... CALL',
  matches: (tokens) =>
    tokens[0]?.value === 'WITH' && tokens[2]?.value === 'AS' && tokens[3]?.value === 'PROCEDURE',
  async run(statement, session) {
    const reader = new TokenReader(statement.text, statement.tokens);
    reader.expect('WITH');
    const name = reader.identifier();
    reader.expect('AS', 'PROCEDURE');
    const definition = parseDefinition(reader, parseArguments(reader));
    parseBody(definition.body);
    reader.expect('CALL');
    const callee = reader.name();
    if (callee.length !== 1 || callee[0] !== name) throw unknownProcedure(callee);
    const args = await evaluateArguments(reader, statement, session);
    reader.end();
    const where = { database: '', schema: '', name, owner: session.role, createdOn: '0', secure: false };
    return callUserProcedure([{ ...definition, ...where, executeAs: 'CALLER' }], args, session);
  },
};

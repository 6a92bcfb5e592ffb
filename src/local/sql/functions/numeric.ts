/** Functions of numbers, which take texts and variants for numbers, and nothing else. */
import type { Lowered } from '../compilation';
import { typeOf } from '../lower/operands';
import { misplaced } from '../operands';
import { compileError } from '../scope';
import { define, type FunctionDefinition } from './registry';

const TAKEN = new Set(['NUMBER', 'FLOAT', 'VARCHAR', 'VARIANT', 'NULL']);

/** As `define`; @throws SnowflakeError 001044 for an argument that no number is made of, but in the calls that `takes` knows */
export function defineNumeric(
  names: string,
  arity: number | [number, number],
  lower: FunctionDefinition['lower'],
  more: Partial<FunctionDefinition> = {},
  takes: (args: readonly Lowered[]) => boolean = () => false,
): void {
  define(
    names,
    arity,
    (args, call, context) => {
      if (!takes(args) && args.some(({ type }) => !TAKEN.has(type.kind)))
        throw compileError(
          context.compilation,
          call.at,
          '001044',
          '42P13',
          misplaced(call.name, args.map(typeOf)),
        );
      return lower(args, call, context);
    },
    more,
  );
}

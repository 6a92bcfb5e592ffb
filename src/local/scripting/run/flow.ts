/** How a statement hands on: `undefined` to the next one. */
import type { QueryResult, TypedValue } from '../../values';

export type Flow =
  undefined | { is: 'break' | 'continue'; label: string | undefined } | { is: 'return'; value: Returned };

export type Returned = { is: 'scalar'; value: TypedValue } | { is: 'table'; result: QueryResult };

/** The engine's own statements, in the order they are offered to. Features come before them. */
import type { StatementHandler } from '../contract';
import { comment } from './comments';
import { createDatabase, createSchema, dropContainer } from './containers';
import { describe } from './describe';
import { dml, truncate } from './dml';
import { grant } from './grants';
import { alterWarehouse, createPrincipal, dropPrincipal } from './principals';
import { queries } from './query';
import { createSequence, dropSequence } from './sequences';
import { alterSession, setVariable, use } from './settings';
import { show } from './show';
import { alterContainer } from './alter-container';
import { alterTable } from './alter-table';
import { alterView } from './alter-view';
import { dropTable } from './drop-table';
import { createTable } from './tables';
import { transactions } from './transactions';
import { createView } from './views';

export const engineStatements: readonly StatementHandler[] = [
  queries,
  dml,
  truncate,
  transactions,
  use,
  alterSession,
  setVariable,
  createTable,
  alterTable,
  dropTable,
  createView,
  alterView,
  createSequence,
  dropSequence,
  createDatabase,
  createSchema,
  alterContainer,
  dropContainer,
  createPrincipal,
  alterWarehouse,
  dropPrincipal,
  grant,
  show,
  describe,
  comment,
];

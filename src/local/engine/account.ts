/** What the engine's own parts know of each other, beyond the contract that features see. */
import type { Objects, TableRecord } from '../catalog/objects';
import type { CatalogStore } from '../catalog/store';
import type { Compiled } from '../sql/compilation';
import type { Token } from '../sql/lexer';
import type { TypedValue } from '../values';
import type {
  BuiltInProcedure,
  Feature,
  LocalSnowflake,
  Session,
  StatementHandler,
  SystemFunction,
  TableFunction,
} from './contract';
import type { Duck, DuckConnection } from './duck';
import type { InjectedFault } from './injected-faults';
import type { KeptResults } from './kept-results';
import type { PendingRows } from './pending-rows';
import type { PersistedResults } from './persisted-results';
import type { RunningStatement } from './running-statement';
import type { Change } from './transaction';

export interface EngineAccount extends LocalSnowflake {
  readonly catalog: CatalogStore;
  readonly duck: Duck;
  readonly objects: Objects;
  readonly features: readonly Feature[];
  readonly handlers: readonly StatementHandler[];
  readonly functions: ReadonlyMap<string, SystemFunction>;
  readonly tableFunctions: ReadonlyMap<string, TableFunction>;
  readonly procedures: ReadonlyMap<string, BuiltInProcedure>;
  readonly nextQueryId: () => string;
  /** Grows with every change of names or columns: compiled statements of before are not used again. */
  schemaVersion: number;
  /** Grows with every change of data: results of before are not used again. */
  dataVersion: number;
  /** Rows that are not in DuckDB's tables yet. */
  readonly pending: PendingRows;
  readonly dispatched: Map<string, Dispatched>;
  readonly results: KeptResults;
  readonly persisted: PersistedResults;
  /** Open sessions by id: of clients, tasks and alerts. */
  readonly sessions: Map<string, EngineSession>;
  /** Statements of clients and tasks that run now. */
  readonly running: Set<RunningStatement>;
  /** What SYSTEM$LOCAL_INJECT has put there and nothing has met yet. */
  readonly injected: InjectedFault[];
}

export interface Dispatched {
  tokens: readonly Token[];
  handler: StatementHandler;
  /** Whether there is nothing in it to rewrite. */
  plain: boolean;
  /** Compiled forms by bind types and what else they depend on. */
  compiled: Map<string, Compiled>;
}

export interface EngineSession extends Session {
  readonly account: EngineAccount;
  readonly id: string;
  /** `ORG-NAME`, as the client asked for it. */
  readonly accountName: string;
  readonly variables: Map<string, TypedValue>;
  readonly queryIds: string[];
  /** Temporary tables by key; they hide permanent ones. */
  readonly temporary: Map<string, TableRecord>;
  /** What was changed since BEGIN; `undefined` outside a transaction. */
  transaction: Change[] | undefined;
  /** The role may do what was granted to it and nothing else, even where nothing was. */
  grantsOnly: boolean;
  /** Whether the roles granted to the user count beside the session's own. */
  secondaryRoles: 'ALL' | 'NONE';
  /** The client's or task's statement that runs now. */
  readonly statement: RunningStatement | undefined;
  /** Ids of the statements before this one in a flow (`->>`). */
  pipe: readonly string[];
  /** Takes no further statement, and closes when the one that runs has ended. */
  abort(): Promise<void>;
  /** The connection, borrowed at first use. */
  connection(): Promise<DuckConnection>;
  /** Runs `body` alone on the connection; it may change data. */
  exclusively<T>(body: (connection: DuckConnection) => Promise<T>): Promise<T>;
  /**
   * The same for a body that only reads.
   * @param tables DuckDB's names of those it may read; left out, any
   */
  reading<T>(body: (connection: DuckConnection) => Promise<T>, tables?: ReadonlySet<string>): Promise<T>;
}

/** Features see `Session`; every session there is, is one of the engine's. */
export function engineSession(session: Session): EngineSession {
  return session as EngineSession;
}

/** Opens an embedded account: DuckDB, the catalog, the clock, and the features that it is made of. */
import { openCatalog } from '../catalog/store';
import { objectsOf } from '../catalog/objects';
import { VirtualClock } from '../clock';
import { canceled } from '../errors';
import '../sql/functions/all';
import type { EngineAccount } from './account';
import type { Feature, LocalSnowflake } from './contract';
import { openDuck } from './duck';
import { KeptResults } from './kept-results';
import { PendingRows } from './pending-rows';
import { PersistedResults } from './persisted-results';
import { policyReferences } from './policy-references';
import { queryIds } from './query-ids';
import { newSession } from './session';
import { statementDeadlines } from './statement-timeout';
import { engineFunctions } from './statements/functions';
import { engineStatements } from './statements/all';

export interface OpenOptions {
  /** The database file; left out, everything is in memory. */
  file?: string;
  /** What the clock shows at first; a file that exists goes on where it was. @default the present */
  start?: Date;
  features?: readonly Feature[];
}

/** @throws SnowflakeError 250001 when the file is in use or is none of ours */
export async function openLocalSnowflake(options: OpenOptions = {}): Promise<LocalSnowflake> {
  const duck = await openDuck(options.file);
  const catalog = await openCatalog(duck.persistent ? duck.own : undefined);
  const life = catalog.collection<number>('account');
  const opening = (life.get('openings') ?? 0) + 1;
  await life.set('openings', opening);
  const stoppedAt = life.get('clock');
  const start = options.start ?? (stoppedAt === undefined ? new Date() : new Date(stoppedAt));
  const features = options.features ?? [];
  const named = <T extends { name: string }>(each: readonly T[]): Map<string, T> =>
    new Map(each.map((item) => [item.name, item]));
  const parts = new Map<unknown, unknown>();
  let closing: Promise<void> | undefined;
  const account: EngineAccount = {
    clock: new VirtualClock(start),
    catalog,
    duck,
    objects: objectsOf(catalog),
    features,
    handlers: [...features.flatMap((feature) => feature.statements ?? []), ...engineStatements],
    functions: named([...features.flatMap((feature) => feature.functions ?? []), ...engineFunctions]),
    tableFunctions: named([policyReferences, ...features.flatMap((feature) => feature.tableFunctions ?? [])]),
    procedures: named(features.flatMap((feature) => feature.procedures ?? [])),
    nextQueryId: queryIds(opening),
    schemaVersion: 0,
    dataVersion: 1,
    pending: new PendingRows(
      duck,
      () => {
        account.dataVersion += 1;
      },
      () => account.schemaVersion,
    ),
    dispatched: new Map(),
    results: new KeptResults(),
    persisted: new PersistedResults(),
    sessions: new Map(),
    running: new Set(),
    injected: [],
    part<T>(make: (account: LocalSnowflake) => T): T {
      if (!parts.has(make)) parts.set(make, make(account));
      return parts.get(make) as T;
    },
    openSession: (sessionOptions) => {
      const session = newSession(account, sessionOptions);
      account.sessions.set(session.id, session);
      return session;
    },
    get isClosed() {
      return closing !== undefined;
    },
    close: () => (closing ??= close()),
  };
  /** Whatever runs ends with 000604; what it did in the database and the catalog before is on disk. */
  async function close(): Promise<void> {
    account.clock.stop(canceled());
    // A loop that never sleeps and never asks the database ends by this alone.
    for (const statement of account.running) statement.end(canceled());
    await life.set('clock', Number(account.clock.now() / 1000n));
    await catalog.flushed();
    await account.pending.close();
    await duck.close();
  }
  account.clock.addSource(statementDeadlines(account.running));
  for (const feature of features) await feature.install?.(account);
  return account;
}

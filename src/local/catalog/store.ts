/**
 * Collections of records, in memory, written through to the database file as an append-only journal: a later line for
 * a key replaces an earlier one. Writes are gathered while one batch is under way, so hundreds a second cost little.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Catalog, Collection } from '../engine/contract';

const SCHEMA = '"local snowflake"';
const JOURNAL = `${SCHEMA}.journal`;

type Line = [collection: string, key: string, json: string | null];

export interface CatalogStore extends Catalog {
  /** Resolves when everything set so far is in the file. @throws when it could not be written */
  flushed(): Promise<void>;
}

/** Reads the journal of the file behind `connection`; without one (in memory) nothing is written. */
export async function openCatalog(connection: DuckDBConnection | undefined): Promise<CatalogStore> {
  const records = connection ? await readJournal(connection) : new Map<string, Map<string, unknown>>();
  const journal = connection ? startJournal(connection) : undefined;
  const collections = new Map<string, Collection<unknown>>();
  return {
    collection<T>(name: string): Collection<T> {
      let found = collections.get(name);
      if (!found) {
        found = newCollection(
          records.get(name) ?? new Map<string, unknown>(),
          journal &&
            ((key, value) => journal.append([name, key, value === null ? null : JSON.stringify(value)])),
        );
        collections.set(name, found);
      }
      return found as Collection<T>;
    },
    flushed: () => journal?.flushed() ?? Promise.resolve(),
  };
}

function newCollection<T>(
  records: Map<string, T>,
  write: (key: string, value: T | null) => Promise<void> = () => Promise.resolve(),
): Collection<T> {
  return {
    get: (key) => records.get(key),
    set(key, value) {
      records.set(key, value);
      return write(key, value);
    },
    async delete(key) {
      const existed = records.delete(key);
      if (existed) await write(key, null);
      return existed;
    },
    values: () => records.values(),
    entries: () => records.entries(),
    get size() {
      return records.size;
    },
  };
}

async function readJournal(connection: DuckDBConnection): Promise<Map<string, Map<string, unknown>>> {
  await connection.run(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
  await connection.run(
    `CREATE TABLE IF NOT EXISTS ${JOURNAL} (line BIGINT, collection VARCHAR, key VARCHAR, json VARCHAR)`,
  );
  await compact(connection);
  const reader = await connection.runAndReadAll(`SELECT collection, key, json FROM ${JOURNAL} ORDER BY line`);
  const records = new Map<string, Map<string, unknown>>();
  for (const [collection, key, json] of reader.getRows() as string[][]) {
    if (!records.has(collection!)) records.set(collection!, new Map());
    records.get(collection!)!.set(key!, JSON.parse(json!));
  }
  return records;
}

/** Keeps the last line of each key, at the place where it was first set (since it was last deleted), and none of deleted ones. */
async function compact(connection: DuckDBConnection): Promise<void> {
  const counted = await connection.runAndReadAll(
    `SELECT count(*) - count(DISTINCT (collection, key)) + count(*) FILTER (WHERE json IS NULL) FROM ${JOURNAL}`,
  );
  if (Number(counted.getRows()[0]![0]) === 0) return;
  const deleted = `SELECT collection, key, max(line) AS at FROM ${JOURNAL} WHERE json IS NULL GROUP BY collection, key`;
  await connection.run(
    `CREATE OR REPLACE TABLE ${JOURNAL} AS
     SELECT min(j.line) AS line, j.collection, j.key, arg_max(j.json, j.line) AS json
     FROM ${JOURNAL} j LEFT JOIN (${deleted}) d ON d.collection = j.collection AND d.key = j.key
     WHERE j.line > coalesce(d.at, -1) GROUP BY j.collection, j.key ORDER BY line`,
  );
}

function startJournal(connection: DuckDBConnection): {
  append(line: Line): Promise<void>;
  flushed(): Promise<void>;
} {
  let waiting: Line[] = [];
  let writing: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let line = Date.now() * 1000;

  async function write(lines: readonly Line[]): Promise<void> {
    const statement = await connection.prepare(
      `INSERT INTO ${JOURNAL} SELECT CAST(v[1] AS BIGINT), v[2], v[3], v[4] FROM (SELECT unnest(CAST(CAST($1 AS VARCHAR) AS JSON)::VARCHAR[][]) AS v)`,
    );
    statement.bindVarchar(1, JSON.stringify(lines.map((each) => [String((line += 1)), ...each])));
    await statement.run();
  }

  /** One batch at a time; what arrives meanwhile goes into the next. */
  function schedule(): Promise<void> {
    next ??= (writing ?? Promise.resolve())
      .catch(() => undefined)
      .then(async () => {
        const lines = waiting;
        waiting = [];
        next = undefined;
        writing = write(lines);
        await writing;
      });
    return next;
  }

  return {
    append(each) {
      waiting.push(each);
      const done = schedule();
      // Callers need not await; a failure shows again in flushed().
      done.catch(() => undefined);
      return done;
    },
    async flushed() {
      if (next) await next;
      else if (writing) await writing;
    },
  };
}

/**
 * Connections that sessions borrow, and what is going on with them: DuckDB ends the process where something is closed that a
 * thread of its own still works with, such as a task's run when an account is closed.
 */
import type { DuckDBInstance } from '@duckdb/node-api';
import { canceled } from '../errors';
import { type AskedValue, nameConnection } from './asked-function';
import type { DuckConnection } from './duck';

/** By the machine's clock: that of a closed account stands still. */
const patience = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

export class ConnectionPool {
  private readonly all: DuckConnection[] = [];
  private readonly free: DuckConnection[] = [];
  private readonly underWay = new Set<Promise<unknown>>();
  private closed = false;

  constructor(private readonly instance: DuckDBInstance) {}

  /**
   * Runs `body`, which works with DuckDB; `close` waits for it.
   * @throws SnowflakeError 000604 once the pool is closed
   */
  async whileOpen<T>(body: () => Promise<T>): Promise<T> {
    if (this.closed) throw canceled();
    const work = body();
    this.underWay.add(work);
    try {
      return await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  borrow(): Promise<DuckConnection> {
    return this.whileOpen(async () => this.free.pop() ?? this.connect());
  }

  release(connection: DuckConnection): void {
    this.free.push(connection);
  }

  /** What the statement that runs on the connection of that number asks for. */
  askedOf(number: number): readonly AskedValue[] {
    return this.all[number]?.asked ?? [];
  }

  /** Interrupts what runs and waits until it has ended. */
  async close(): Promise<void> {
    this.closed = true;
    // Again and again: what goes on may be between two statements, or about to begin one.
    while (this.underWay.size > 0) {
      for (const { raw } of this.all) raw.interrupt();
      await Promise.race([Promise.allSettled(this.underWay), patience()]);
    }
    for (const { raw } of this.all) raw.closeSync();
  }

  private async connect(): Promise<DuckConnection> {
    const raw = await this.instance.connect();
    const connection: DuckConnection = {
      raw,
      asked: [],
      timezone: '',
      prepared: new Map(),
      macros: new Set(),
    };
    const number = this.all.push(connection) - 1;
    await raw.run(nameConnection(number));
    return connection;
  }
}

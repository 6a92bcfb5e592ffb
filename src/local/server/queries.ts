/**
 * Statements in flight and their results, by query id: what a client can ask for again, cancel, or look up.
 * A session runs one statement after the other; what waits is `queued`.
 */
import { randomUUID } from 'node:crypto';
import { SnowflakeError } from '../errors';
import { asSnowflakeError, failureAnswer, type Answer } from './answers';

export type QueryState = 'queued' | 'running' | 'success' | 'failed' | 'aborted';

export interface Query {
  readonly id: string;
  readonly requestId: string;
  readonly sessionId: number;
  readonly sqlText: string;
  readonly startedAt: number;
  readonly controller: AbortController;
  state: QueryState;
  endedAt: number | undefined;
  error: SnowflakeError | undefined;
  /** What the client is sent; there once `done` is. */
  answer: Answer | undefined;
  done: Promise<void>;
  /** Rows that `answer` keeps in memory. */
  rows: number;
}

/** Finished statements kept for clients that come back for them. */
const KEPT_QUERIES = 1000;
const KEPT_ROWS = 500_000;

export class Queries {
  private readonly byId = new Map<string, Query>();
  private readonly byRequest = new Map<string, Query>();

  get(id: string): Query | undefined {
    return this.byId.get(id);
  }

  /** The statement a request already started: a client that lost the answer sends the same request id again. */
  ofRequest(sessionId: number, requestId: string): Query | undefined {
    return this.byRequest.get(`${sessionId} ${requestId}`);
  }

  /** Starts `body` once `after` has ended. `body` gets the query, and gives the answer; what it throws is one too. */
  start(
    about: { sessionId: number; requestId: string; sqlText: string },
    after: Promise<void>,
    body: (query: Query) => Promise<{ answer: Answer; rows: number }>,
  ): Query {
    this.forget();
    const query = this.add(about);
    query.done = after.then(() => this.run(query, body));
    return query;
  }

  /** A statement that has already ended: one of several in a text. */
  addFinished(about: { id: string; sessionId: number; sqlText: string }, answer: Answer, rows: number): void {
    const query = this.add({ ...about, requestId: about.id });
    Object.assign(query, { state: 'success', endedAt: Date.now(), answer, rows });
  }

  /** @returns false when it has already ended */
  cancel(query: Query): boolean {
    if (query.state !== 'queued' && query.state !== 'running') return false;
    query.controller.abort();
    return true;
  }

  /** Forgets what a closed session left, and cancels what it still runs. */
  endSession(sessionId: number): void {
    for (const query of [...this.byId.values()]) {
      if (query.sessionId !== sessionId) continue;
      this.cancel(query);
      this.remove(query);
    }
  }

  private add(about: { id?: string; sessionId: number; requestId: string; sqlText: string }): Query {
    const query: Query = {
      id: about.id ?? randomUUID(),
      requestId: about.requestId,
      sessionId: about.sessionId,
      sqlText: about.sqlText,
      startedAt: Date.now(),
      controller: new AbortController(),
      state: 'queued',
      endedAt: undefined,
      error: undefined,
      answer: undefined,
      done: Promise.resolve(),
      rows: 0,
    };
    this.byId.set(query.id, query);
    this.byRequest.set(`${query.sessionId} ${query.requestId}`, query);
    return query;
  }

  private async run(
    query: Query,
    body: (query: Query) => Promise<{ answer: Answer; rows: number }>,
  ): Promise<void> {
    try {
      if (query.controller.signal.aborted) throw canceled();
      query.state = 'running';
      const { answer, rows } = await body(query);
      Object.assign(query, { state: 'success', answer, rows });
    } catch (error) {
      query.error = asSnowflakeError(query.controller.signal.aborted ? canceled() : error);
      query.answer = failureAnswer(query.error, query.id);
      query.state = query.controller.signal.aborted ? 'aborted' : 'failed';
    } finally {
      query.endedAt = Date.now();
    }
  }

  /** The oldest finished ones go first. Called when a statement starts, so the results of the last request stay. */
  private forget(): void {
    let rows = 0;
    for (const query of this.byId.values()) rows += query.rows;
    for (const query of [...this.byId.values()]) {
      if (this.byId.size < KEPT_QUERIES && rows <= KEPT_ROWS) return;
      if (query.answer === undefined) continue;
      rows -= query.rows;
      this.remove(query);
    }
  }

  private remove(query: Query): void {
    this.byId.delete(query.id);
    this.byRequest.delete(`${query.sessionId} ${query.requestId}`);
  }
}

/** https://docs.snowflake.com/en/sql-reference/functions/system_cancel_query */
function canceled(): SnowflakeError {
  return new SnowflakeError('000604', '57014', 'SQL execution canceled');
}

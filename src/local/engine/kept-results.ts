/** Results by query id, for RESULT_SCAN and LAST_QUERY_ID: the latest ones. */
import type { QueryResult } from '../values';

const KEPT = 256;
/** Of all kept results together; the latest is kept however large it is. */
const KEPT_ROWS = 1_000_000;

export class KeptResults {
  private readonly byId = new Map<string, QueryResult>();
  private rows = 0;

  get(queryId: string): QueryResult | undefined {
    return this.byId.get(queryId);
  }

  keep(result: QueryResult): void {
    this.rows += result.rows.length - (this.byId.get(result.queryId)?.rows.length ?? 0);
    this.byId.set(result.queryId, result);
    // Many are let go of at a time: a Map gives its oldest entry slowly while those before it are only just deleted.
    if (this.byId.size > 2 * KEPT || this.rows > KEPT_ROWS) this.letGo(result.queryId);
  }

  private letGo(latest: string): void {
    for (const [id, { rows }] of this.byId) {
      if (id === latest || (this.byId.size <= KEPT && this.rows <= KEPT_ROWS)) return;
      this.byId.delete(id);
      this.rows -= rows.length;
    }
  }
}

/** Results by query id, for RESULT_SCAN and LAST_QUERY_ID: the latest ones. */
import type { QueryResult } from '../values';
import { sizeOfRows } from './result-size';

const KEPT = 256;
/** Of all kept results together; the latest is kept however large it is. */
const KEPT_BYTES = 67_108_864;

export class KeptResults {
  private readonly byId = new Map<string, QueryResult>();
  private readonly sizes = new Map<string, number>();
  private size = 0;

  get(queryId: string): QueryResult | undefined {
    return this.byId.get(queryId);
  }

  keep(result: QueryResult): void {
    const size = sizeOfRows(result.rows);
    this.size += size - (this.sizes.get(result.queryId) ?? 0);
    this.byId.set(result.queryId, result);
    this.sizes.set(result.queryId, size);
    // Many are let go of at a time: a Map gives its oldest entry slowly while those before it are only just deleted.
    if (this.byId.size > 2 * KEPT || this.size > KEPT_BYTES) this.letGo(result.queryId);
  }

  private letGo(latest: string): void {
    for (const id of this.byId.keys()) {
      if (id === latest || (this.byId.size <= KEPT && this.size <= KEPT_BYTES)) return;
      this.byId.delete(id);
      this.size -= this.sizes.get(id) ?? 0;
      this.sizes.delete(id);
    }
  }
}

/**
 * The forms of a statement whose plans are kept: its values stand in its text. Instants change with every execution, so
 * they are asked for when it runs, as long as its tables are small: DuckDB skips old rows of large ones by literals only.
 */
import type { Compiled } from '../sql/compilation';
import type { TypedValue } from '../values';
import type { DuckConnection } from './duck';
import { instantsOf, isInstant, withValues } from './inline';

export interface KeptPlan {
  readonly sql: string;
  readonly instants: readonly bigint[];
}

const MOST_PLANS = 64;
const SMALL_TABLE = 100_000;
/** How often the tables are counted again. */
const EXECUTIONS_PER_COUNT = 256;

export class KeptPlans {
  /** By the values; no text yet for those that it ran with once: most values never come back. */
  private readonly texts = new Map<string, string | undefined>();
  private executions = 0;
  private asks = true;
  private refused = false;

  constructor(private readonly compiled: Compiled) {}

  /** @returns `undefined` where it runs with parameters */
  async planFor(connection: DuckConnection, values: readonly TypedValue[]): Promise<KeptPlan | undefined> {
    if (!this.refused && this.executions % EXECUTIONS_PER_COUNT === 1)
      this.asks = await this.areTablesSmall(connection);
    this.executions += 1;
    const { asks, texts } = this;
    const key = keyOf(values, asks);
    const seen = texts.has(key);
    if (!seen && texts.size >= MOST_PLANS) texts.clear();
    const sql = texts.get(key) ?? (seen ? withValues(this.compiled.sql, values, asks) : undefined);
    texts.set(key, sql);
    return sql === undefined ? undefined : { sql, instants: asks ? instantsOf(values) : [] };
  }

  /** DuckDB does not take it: an instant stands where no subquery may. From now on instants are literals too. */
  refuse(): void {
    this.texts.clear();
    this.refused = true;
    this.asks = false;
  }

  private async areTablesSmall({ raw }: DuckConnection): Promise<boolean> {
    for (const table of this.compiled.tables ?? []) {
      const [[rows] = []] = await (await raw.run(`SELECT count(*) FROM ${table}`)).getRows();
      if (Number(rows) > SMALL_TABLE) return false;
    }
    return true;
  }
}

function keyOf(values: readonly TypedValue[], asks: boolean): string {
  return values
    .map((value) =>
      asks && isInstant(value) ? '@' : `${value.type.kind}:${typeof value.value}:${String(value.value)}`,
    )
    .join('\n');
}

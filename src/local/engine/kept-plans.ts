/**
 * The forms of a statement whose plans are kept: its values stand in its text. Instants change with every execution, so
 * they are asked for when it runs; but the day is written down, for DuckDB skips old rows of large tables by literals only.
 */
import type { Compiled } from '../sql/compilation';
import type { TypedValue } from '../values';
import { type Asked, withValues } from './inline';

export interface KeptPlan {
  readonly sql: string;
  readonly instants: readonly bigint[];
}

const MOST_PLANS = 64;

export class KeptPlans {
  /** By the values; no text yet for those that it ran with once: most values never come back. */
  private readonly texts = new Map<string, string | undefined>();
  private refused = false;

  constructor(private readonly compiled: Compiled) {}

  /** @returns `undefined` where it runs with parameters */
  planFor(values: readonly TypedValue[]): KeptPlan | undefined {
    const { texts } = this;
    const asked = values.map((value, index) => this.isAsked(value, index));
    const key = keyOf(values, asked);
    const seen = texts.has(key);
    if (!seen && texts.size >= MOST_PLANS) texts.clear();
    const sql = texts.get(key) ?? (seen ? withValues(this.compiled.sql, values, asked) : undefined);
    texts.set(key, sql);
    return sql === undefined ? undefined : { sql, instants: asked.filter((each) => each !== false) };
  }

  /** DuckDB does not take it: an instant stands where no subquery may. From now on instants are literals too. */
  refuse(): void {
    this.texts.clear();
    this.refused = true;
  }

  private isAsked({ type, value }: TypedValue, index: number): Asked {
    if (this.refused || type.kind !== 'TIMESTAMP_NTZ' || typeof value !== 'bigint') return false;
    const parameter = this.compiled.parameters[index];
    const isDay = parameter?.from === 'session' && parameter.value === 'utcToday';
    return isDay ? false : value;
  }
}

function keyOf(values: readonly TypedValue[], asked: readonly Asked[]): string {
  return values
    .map(({ type, value }, index) =>
      asked[index] === false ? `${type.kind}:${typeof value}:${String(value)}` : '@',
    )
    .join('\n');
}

/**
 * The forms of a statement whose plans are kept: its values stand in its text. Instants and rows that this process
 * computes change with every execution, so they are asked for when it runs; but the day is written down, for DuckDB skips
 * old rows of large tables by literals only.
 */
import type { Compiled } from '../sql/compilation';
import type { TypedValue } from '../values';
import type { AskedValue } from './asked-function';
import { type Asked, withValues } from './inline';

export interface KeptPlan {
  readonly sql: string;
  readonly asked: readonly AskedValue[];
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
    const asked = values.map((value, index) => this.askedFor(value, index));
    const key = keyOf(values, asked);
    const seen = texts.has(key);
    if (!seen && texts.size >= MOST_PLANS) texts.clear();
    const sql = texts.get(key) ?? (seen ? withValues(this.compiled.sql, values, asked) : undefined);
    texts.set(key, sql);
    return sql === undefined ? undefined : { sql, asked: asked.filter((each) => each !== undefined) };
  }

  /** DuckDB does not take it: a value stands where no subquery may. From now on nothing is asked for. */
  refuse(): void {
    this.texts.clear();
    this.refused = true;
  }

  private askedFor({ type, value }: TypedValue, index: number): Asked {
    const parameter = this.compiled.parameters[index];
    if (this.refused || !parameter) return undefined;
    if (
      parameter.from === 'tableFunction' ||
      parameter.from === 'virtualTable' ||
      parameter.from === 'result'
    )
      return typeof value === 'string' ? value : undefined;
    const isDay = parameter.from === 'session' && parameter.value === 'utcToday';
    return type.kind === 'TIMESTAMP_NTZ' && typeof value === 'bigint' && !isDay ? value : undefined;
  }
}

function keyOf(values: readonly TypedValue[], asked: readonly Asked[]): string {
  return values
    .map(({ type, value }, index) =>
      asked[index] === undefined ? `${type.kind}:${typeof value}:${String(value)}` : '@',
    )
    .join('\n');
}

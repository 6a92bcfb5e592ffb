/**
 * The forms of a statement whose plans are kept: its values stand in its text. Instants and rows that this process
 * computes change with every execution, so they are asked for when it runs, and so are texts that turn out to change. Where
 * a table is large the day and texts are written down, for DuckDB skips rows by literals only.
 */
import type { Compiled, Parameter } from '../sql/compilation';
import type { TypedValue } from '../values';
import type { AskedValue } from './asked-function';
import type { DuckConnection } from './duck';
import { type Asked, withValues } from './inline';
import { KnownTexts } from './known-texts';

export interface KeptPlan {
  readonly sql: string;
  readonly asked: readonly AskedValue[];
}

const MOST_PLANS = 64;
/** Of a text in one place; with more the next one is new, too. */
const FEW_TEXTS = 3;
/** Rows of one of DuckDB's row groups: of fewer it skips none. */
const LARGE = 122_880;
/** After so many executions it is asked again how large the tables are. */
const LOOK_AGAIN = 100;
export class KeptPlans {
  /** By the values; no text yet for those that it ran with once: most values never come back. */
  private readonly texts = new Map<string, string | undefined>();
  private readonly known: KnownTexts;
  private refused = false;
  private executions = 0;
  private isLarge = false;
  /** Texts that the statement had, by their places. */
  private readonly had = new Map<number, Set<unknown>>();

  constructor(private readonly compiled: Compiled) {
    this.known = new KnownTexts(compiled.textWork);
  }

  /** @returns `undefined` where it runs with parameters */
  async planFor(values: readonly TypedValue[], connection: DuckConnection): Promise<KeptPlan | undefined> {
    await this.noteSize(connection);
    const { texts } = this;
    const asked = values.map((value, index) => this.askedFor(value, index));
    const key = keyOf(values, asked);
    const seen = texts.has(key);
    if (!seen && texts.size >= MOST_PLANS) texts.clear();
    const sql = texts.get(key) ?? (seen ? withValues(this.compiled.sql, values, asked) : undefined);
    texts.set(key, sql);
    if (sql === undefined) return undefined;
    return {
      sql: await this.known.writtenInto(sql, connection),
      asked: asked.filter((each) => each !== undefined),
    };
  }

  /** @returns whether the error says that the plan does not hold any more: another is to be asked for */
  isOutdated(error: unknown): boolean {
    return this.known.miss(error);
  }

  /** DuckDB does not take it: a value stands where no subquery may. From now on nothing is asked for. */
  refuse(): void {
    this.texts.clear();
    this.refused = true;
  }

  private async noteSize({ raw }: DuckConnection): Promise<void> {
    this.executions += 1;
    if (this.isLarge || this.executions % LOOK_AGAIN !== 1) return;
    const counts = [...(this.compiled.tables ?? [])].map((table) => `(SELECT count(*) FROM ${table})`);
    const result = counts.length > 0 ? await raw.run(`SELECT greatest(${counts.join(', ')})`) : undefined;
    const rows = (await result?.getRows())?.[0]?.[0] ?? Infinity;
    this.isLarge = Number(rows) > LARGE;
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
    if (type.kind === 'VARCHAR' && typeof value === 'string')
      return this.isNew(value, index) && !this.isLarge ? value : undefined;
    if (this.isLarge && isDay(parameter)) return undefined;
    return type.kind === 'TIMESTAMP_NTZ' && typeof value === 'bigint' ? value : undefined;
  }

  /** Whether there is a text of its own for every execution or so, such as the id of a run. */
  private isNew(text: string, index: number): boolean {
    const had = this.had.get(index) ?? new Set();
    if (had.size <= FEW_TEXTS) had.add(text);
    this.had.set(index, had);
    return had.size > FEW_TEXTS;
  }
}

function isDay(parameter: Parameter): boolean {
  return parameter.from === 'session' && parameter.value === 'utcToday';
}

function keyOf(values: readonly TypedValue[], asked: readonly Asked[]): string {
  return values
    .map(({ type, value }, index) =>
      asked[index] === undefined ? `${type.kind}:${typeof value}:${String(value)}` : '@',
    )
    .join('\n');
}

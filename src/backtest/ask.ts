/**
 * The generated SQL, asked at any time of the past: the views of the policy, the history and the state as they are rendered, over tables
 * that hold what the log showed at that time. Nothing decides here.
 */
import { openLocal, type LocalSnowflake, type Session, text, type TypedValue } from '../local/index';
import type { Deployment } from '../model/deployment';
import type { Templates } from '../render/templates';
import { renderViews } from '../render/views';
import { identifier, qualified } from '../sql-text';
import { NODE_COLUMNS, RUN_COLUMNS, type Kind, type NodeRow, type RunRow } from './log';

/** One row of V_AUTO_RESTART_STATE, as far as it is asked for. */
export interface JobState {
  next_action: string;
  next_reason: string;
  chain_reason: string;
  selector: string | null;
  running_run_id: string | null;
  attempts_made: number;
  outstanding_count: number;
  retry_until: number | null;
  /** From when on RETRY_ONLY retries. */
  next_at: number | null;
}

/** One row of V_AUTO_RESTART_HISTORY. */
export interface HistoryRow {
  run_id: string;
  job_name: string | null;
  run_kind: string;
  outcome: string;
  ended_at: number | null;
}

export interface Shown {
  runs: readonly RunRow[];
  nodes: readonly NodeRow[];
}

const RUNS = 'BACKTEST_RUNS';
const NODES = 'BACKTEST_NODES';

const TYPES = { text: 'VARCHAR', flag: 'BOOLEAN', number: 'NUMBER', time: 'TIMESTAMP_NTZ' } as const;

/** Columns of the tables, with their types. */
const RUN_TYPES = typesOf(RUN_COLUMNS);
const NODE_TYPES = typesOf(NODE_COLUMNS);

function typesOf(columns: Readonly<Record<string, Kind>>): (readonly [string, string])[] {
  return Object.entries(columns).map(([name, kind]) => [
    name,
    typeof kind === 'string' ? TYPES[kind] : TYPES.text,
  ]);
}

export class Asked {
  private constructor(
    private readonly account: LocalSnowflake,
    private readonly session: Session,
    private readonly deployment: Deployment,
  ) {}

  static async open(deployment: Deployment, templates: Templates): Promise<Asked> {
    const account = await openLocal({ start: new Date(0) });
    const session = account.openSession({ user: 'BACKTEST' });
    const asked = new Asked(account, session, deployment);
    await asked.makeObjects(templates);
    return asked;
  }

  /** How a job stood at a time, by what the log showed then. */
  async state(at: number, job: string, shown: Shown): Promise<JobState> {
    this.account.clock.set(new Date(at));
    await this.show(shown);
    const { rows } = await this.session.execute(
      `SELECT next_action, next_reason, chain_reason, selector, running_run_id, attempts_made, outstanding_count,
        DATE_PART('epoch_millisecond', retry_until), DATE_PART('epoch_millisecond', next_at)
      FROM ${qualified(this.deployment.views.state)} WHERE job_name = ?`,
      [text(job)],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`the state view has no job ${job}`);
    return {
      next_action: String(row[0]),
      next_reason: String(row[1]),
      chain_reason: String(row[2]),
      selector: row[3] === null ? null : String(row[3]),
      running_run_id: row[4] === null ? null : String(row[4]),
      attempts_made: Number(row[5]),
      outstanding_count: Number(row[6]),
      retry_until: row[7] === null ? null : Number(row[7]),
      next_at: row[8] === null ? null : Number(row[8]),
    };
  }

  /** Whose every run is, by the whole of the log. */
  async history(at: number, shown: Shown): Promise<HistoryRow[]> {
    this.account.clock.set(new Date(at));
    await this.show(shown);
    const { rows } = await this.session.execute(
      `SELECT run_id, job_name, run_kind, outcome, DATE_PART('epoch_millisecond', run_ended_at)
      FROM ${qualified(this.deployment.views.history)}`,
    );
    return rows.map((row) => ({
      run_id: String(row[0]),
      job_name: row[1] === null ? null : String(row[1]),
      run_kind: String(row[2]),
      outcome: String(row[3]),
      ended_at: row[4] === null ? null : Number(row[4]),
    }));
  }

  close(): Promise<void> {
    return this.account.close();
  }

  private async makeObjects(templates: Templates): Promise<void> {
    const { database, schema, views } = this.deployment;
    const home = `${identifier(database)}.${identifier(schema)}`;
    const rendered = renderViews(this.deployment, templates);
    const table = (name: string, types: readonly (readonly [string, string])[]): string =>
      `CREATE TABLE ${home}.${name} (${types.map(([column, type]) => `${column} ${type}`).join(', ')})`;
    for (const sql of [
      `CREATE DATABASE IF NOT EXISTS ${identifier(database)}`,
      `CREATE SCHEMA IF NOT EXISTS ${home}`,
      `USE SCHEMA ${home}`,
      table(RUNS, RUN_TYPES),
      table(NODES, NODE_TYPES),
      rendered.jobs,
      `CREATE VIEW ${qualified(views.runs)} AS SELECT * FROM ${home}.${RUNS}`,
      `CREATE VIEW ${qualified(views.nodes)} AS SELECT * FROM ${home}.${NODES}`,
      rendered.history,
      rendered.state,
    ])
      await this.session.execute(sql);
  }

  private async show({ runs, nodes }: Shown): Promise<void> {
    await this.fill(RUNS, RUN_TYPES, runs);
    await this.fill(NODES, NODE_TYPES, nodes);
  }

  private async fill(
    table: string,
    types: readonly (readonly [string, string])[],
    rows: readonly object[],
  ): Promise<void> {
    await this.session.execute(`DELETE FROM ${table}`);
    const columns = types.map(([name, type]) => `value:${name}::${type}`).join(', ');
    for (let at = 0; at < rows.length; at += MOST_ROWS) {
      const json: TypedValue = text(JSON.stringify(rows.slice(at, at + MOST_ROWS)));
      await this.session.execute(
        `INSERT INTO ${table} SELECT ${columns} FROM TABLE(FLATTEN(INPUT => PARSE_JSON(?)))`,
        [json],
      );
    }
  }
}

/** Of one INSERT: a JSON text has a limit. */
const MOST_ROWS = 5000;

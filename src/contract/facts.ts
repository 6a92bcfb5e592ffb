/** What the rows of one log are, as the query of src/contract/rows-query.ts tells it. */

export interface LogFacts {
  /** Rows of the run log, of any time. */
  rows: number;
  times: Times;
  kinds: RunKind[];
  /** Words of the runs' status, upper case and without blanks around; '' for none. */
  runWords: Word[];
  nodeWords: Word[];
  names: NameKind[];
  /** Node results; `known`: those of a run in the run log. */
  nodes: { rows: number; failed: number; known: number };
  /** Runs that failed by their status, and those among them without a node that is not well. */
  outcomes: { failed: number; silent: number; ended: number };
}

/** Times are UTC, as the config reads them, to the minute. */
export interface Times {
  /** Runs in the days that are looked back. */
  runs: number;
  newest: string | null;
  newestEnd: string | null;
  now: string;
  startsAhead: number;
  endsAhead: number;
  ended: number;
  endsBefore: number;
  /** Seconds. */
  shortest: number | null;
  /** Run ids with more than two different starts. */
  repeated: number;
}

export interface RunKind {
  project: string | null;
  environment: string | null;
  command: string | null;
  scope: string;
  runs: number;
}

export interface Word {
  word: string | null;
  count: number;
}

export interface NameKind {
  kind: 'name' | 'relation' | 'capitals' | 'unsafe' | 'empty';
  example: string | null;
  count: number;
}

const NO_TIMES: Times = {
  runs: 0,
  newest: null,
  newestEnd: null,
  now: '',
  startsAhead: 0,
  endsAhead: 0,
  ended: 0,
  endsBefore: 0,
  shortest: null,
  repeated: 0,
};

/** @returns one value a log, in the order in which they were asked for */
export function readFacts(rows: readonly Readonly<Record<string, unknown>>[], logs: number): LogFacts[] {
  const all = Array.from({ length: logs }, (): LogFacts => ({
    rows: 0,
    times: NO_TIMES,
    kinds: [],
    runWords: [],
    nodeWords: [],
    names: [],
    nodes: { rows: 0, failed: 0, known: 0 },
    outcomes: { failed: 0, silent: 0, ended: 0 },
  }));
  for (const row of rows) {
    const facts = all[Number(row['LOG'])];
    if (facts !== undefined) read(facts, String(row['FACT']), JSON.parse(String(row['VALUE'])));
  }
  for (const facts of all) facts.kinds.sort((a, b) => b.runs - a.runs);
  return all;
}

function read(facts: LogFacts, fact: string, value: unknown): void {
  switch (fact) {
    case 'table':
      facts.rows = (value as { rows: number }).rows;
      return;
    case 'times':
      facts.times = value as Times;
      return;
    case 'kind':
      facts.kinds.push(value as RunKind);
      return;
    case 'run-word':
      facts.runWords.push(value as Word);
      return;
    case 'node-word':
      facts.nodeWords.push(value as Word);
      return;
    case 'name':
      facts.names.push(value as NameKind);
      return;
    case 'nodes':
      facts.nodes = value as LogFacts['nodes'];
      return;
    case 'outcomes':
      facts.outcomes = value as LogFacts['outcomes'];
      return;
    default:
      throw new Error(`no fact is called ${fact}`);
  }
}

/** Hooks that a user wrote by hand, for tables of their own: a row of the run, a row of each node. */
import type { QualifiedName } from '../../engine/contract';
import { type SqlType, text, type TypedValue } from '../../values';
import { aliasOf, type DagNode, isTest } from '../dag';
import type { NodeResult } from '../run';
import { idIn, listIn, numberIn, type Outcome, statusIn, textIn, timeIn } from './column-values';
import { type HookContext, type HookWriter, momentOf, type Row, type RunEnd, type Write } from './layout';
import { type Mapping, type NodeRole, type RunRole, writtenTable } from './mapping';

/** The type of a column as it is in the account, `undefined` for none of that name. */
export type TypeOf = (table: QualifiedName, column: string) => SqlType | undefined;

export function mappedHooks(mapping: Mapping, typeOf: TypeOf): HookWriter {
  const { runs, nodes, manner } = mapping;
  const rows = manner.rows ?? 'updated';
  const tables = { runs: writtenTable(runs.table, manner), nodes: writtenTable(nodes.table, manner) };
  const insert = (table: QualifiedName, of: readonly Row[]): Write[] =>
    of.length === 0 ? [] : [{ table, rows: of }];
  const types: Types = {
    run: (role) => typeOf(tables.runs, runs.columns[role] ?? '') ?? VARCHAR,
    node: (role) => typeOf(tables.nodes, nodes.columns[role] ?? '') ?? VARCHAR,
  };
  const nodeRows = (run: HookContext, results: readonly NodeResult[]): Row[] =>
    results.flatMap((result) => rowsOfNode(run, result, mapping, types));
  return {
    onRunStart: (run) =>
      rows === 'end' ? [] : insert(tables.runs, [runRow(run, mapping, types, undefined)]),
    // dbt runs no post-hook of a node that failed, and tests have none.
    postHooks: (run, results) =>
      insert(
        tables.nodes,
        nodeRows(
          run,
          results.filter(({ node, status }) => !isTest(node) && status === 'success'),
        ),
      ),
    onRunEnd: (run, results, end) => {
      const written =
        end.mode === 'on-run-end'
          ? nodeRows(
              run,
              results.filter((each) => isLogged(each, mapping)),
            )
          : [];
      const operations = manner.operations ? [operationRow(run, mapping, types)] : [];
      const ended = { end, results };
      const row = runRow(run, mapping, types, ended);
      return [
        ...insert(tables.nodes, [...written, ...operations]),
        ...(rows === 'updated' ? updating(tables.runs, row, mapping) : insert(tables.runs, [row])),
      ];
    },
  };
}

const VARCHAR: SqlType = { kind: 'VARCHAR' };

interface Types {
  run(role: RunRole): SqlType;
  node(role: NodeRole): SqlType;
}

/** Tests are logged where the log can tell them from models. */
function isLogged({ node }: NodeResult, { nodes, manner }: Mapping): boolean {
  return !isTest(node) || nodes.columns.resourceType !== undefined || manner.names === 'unique-id';
}

interface Ended {
  end: RunEnd;
  results: readonly NodeResult[];
}

/** The row of a run at its start, or (with `ended`) at its end. */
function runRow(run: HookContext, mapping: Mapping, types: Types, ended: Ended | undefined): Row {
  const { words, zones, manner } = mapping;
  const { invocation } = run;
  const endedAt = ended ? momentOf(run, ended.end.seconds) : null;
  const line = manner.commands === 'line' ? run.invocationCommand : invocation.command;
  const values: Record<RunRole, (type: SqlType) => TypedValue> = {
    runId: (type) => idIn(type, run, manner),
    startedAt: (type) => timeIn(type, run.startedAt, zones.startedAt, manner),
    endedAt: (type) => timeIn(type, endedAt, zones.endedAt, manner),
    status: (type) => statusIn(type, outcomeOf(ended), words, manner),
    project: (type) => textIn(type, run.project),
    environment: (type) => textIn(type, run.target),
    command: (type) => textIn(type, line),
    commandLine: (type) => textIn(type, run.invocationCommand),
    selection: (type) => listIn(type, invocation.select, manner),
    exclude: (type) => listIn(type, invocation.exclude, manner),
    yamlSelector: (type) => textIn(type, invocation.selector ?? null),
    testsFailed: (type) => (ended ? numberIn(type, testsFailed(ended)) : { type, value: null }),
  };
  const required = Object.entries(manner.required ?? {}).map(
    ([column, value]) => [column, text(value)] as const,
  );
  return {
    ...rowFrom(mapping.runs.columns, values, types.run),
    ...Object.fromEntries(required),
  };
}

function rowFrom<Role extends string>(
  columns: Readonly<Partial<Record<Role, string>>>,
  values: Readonly<Record<Role, (type: SqlType) => TypedValue>>,
  typeOf: (role: Role) => SqlType,
): Row {
  const entries = Object.entries(columns) as [Role, string][];
  return Object.fromEntries(entries.map(([role, column]) => [column, values[role](typeOf(role))]));
}

/** The row of the start, changed in what the end knows; a log that asks for none of it is left as it is. */
function updating(table: QualifiedName, row: Row, { runs: { columns } }: Mapping): Write[] {
  const changed = (['endedAt', 'status', 'testsFailed'] as const).flatMap((role) => columns[role] ?? []);
  const { runId } = columns;
  if (runId === undefined || changed.length === 0) return [];
  const changes = Object.fromEntries(changed.map((column) => [column, row[column]!]));
  return [{ table, key: [runId, row[runId]!], changes }];
}

/** Hooks that see successes only call every run a success. */
function outcomeOf(ended: Ended | undefined): Outcome {
  if (!ended) return 'running';
  if (ended.end.mode !== 'on-run-end') return 'succeeded';
  return ended.results.some(({ status }) => UNFINISHED.includes(status)) ? 'failed' : 'succeeded';
}

const UNFINISHED: readonly string[] = ['error', 'fail', 'skipped'];

function testsFailed({ end, results }: Ended): number {
  if (end.mode !== 'on-run-end') return 0;
  return results.filter(({ node, status }) => isTest(node) && (status === 'fail' || status === 'error'))
    .length;
}

function rowsOfNode(run: HookContext, result: NodeResult, mapping: Mapping, types: Types): Row[] {
  const { node, status, message, start, end } = result;
  const outcome: Outcome =
    status === 'skipped' ? 'skipped' : status === 'error' || status === 'fail' ? 'failed' : 'succeeded';
  const ran = status !== 'skipped';
  const about = { name: nameOf(node, run, mapping), resourceType: node.resourceType };
  const finished = { ...about, outcome, message, startedAt: ran ? start : null, endedAt: ran ? end : null };
  const started = { ...about, outcome: 'running' as const, message: null, startedAt: start, endedAt: null };
  const both = mapping.manner.nodeRows === 'start-and-end' && ran;
  return (both ? [started, finished] : [finished]).map((logged) => nodeRow(run, logged, mapping, types));
}

interface LoggedNode {
  name: string;
  resourceType: string;
  outcome: Outcome;
  message: string | null;
  /** Seconds since the run's start. */
  startedAt: number | null;
  endedAt: number | null;
}

function nodeRow(
  run: HookContext,
  node: LoggedNode,
  { nodes, words, zones, manner }: Mapping,
  types: Types,
): Row {
  const at = (seconds: number | null) => (seconds === null ? null : momentOf(run, seconds));
  const values: Record<NodeRole, (type: SqlType) => TypedValue> = {
    runId: (type) => idIn(type, run, manner),
    name: (type) => textIn(type, node.name),
    status: (type) => statusIn(type, node.outcome, words, manner),
    startedAt: (type) => timeIn(type, at(node.startedAt), zones.startedAt, manner),
    endedAt: (type) => timeIn(type, at(node.endedAt), zones.endedAt, manner),
    resourceType: (type) => textIn(type, node.resourceType),
    message: (type) => textIn(type, node.message),
  };
  return rowFrom(nodes.columns, values, types.node);
}

function nameOf(node: DagNode, run: HookContext, { manner }: Mapping): string {
  switch (manner.names) {
    case 'unique-id':
      return node.uniqueId;
    case 'relation':
      return `${run.database}.${run.schema}.${aliasOf(node)}`;
    case 'capitals':
      return node.name.toUpperCase();
    default:
      return node.name;
  }
}

function operationRow(run: HookContext, mapping: Mapping, types: Types): Row {
  const name = `operation.${run.project}.${run.project}-on-run-end-0`;
  const operation = { name, resourceType: 'operation', outcome: 'succeeded' as const, message: null };
  return nodeRow(run, { ...operation, startedAt: 0, endedAt: 0 }, mapping, types);
}

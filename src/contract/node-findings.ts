/** Whether node results can be used: there, of the runs of the log, by names that dbt finds, failures among them. */
import type { AuditTablesState } from '../model/deployment';
import { qualified } from '../sql-text';
import { placeOf } from './column-findings';
import { count, inConfig, writeColumn } from './config-words';
import type { LogFacts, NameKind } from './facts';
import { finding, type Finding } from './finding';

export function nodeFindings(state: AuditTablesState, facts: LogFacts): Finding[] {
  const { nodes, times } = facts;
  if (times.runs === 0) return [];
  const table = state.nodes.tables[0]!.table;
  if (nodes.rows === 0) {
    const said = `${count(times.runs, 'run', 'runs')}, and no node result: a failure has nothing to restart`;
    return [
      finding(
        'NODES_EMPTY',
        qualified(table),
        said,
        'let the hooks write node results, or correct the table',
      ),
    ];
  }
  if (nodes.known === 0) {
    const where = placeOf(table, state.nodes.runId);
    const said = `none of its ${count(nodes.rows, 'node result', 'node results')} is of a run in ${placeOf(state.runs.table, state.runs.runId)}`;
    const hint = `name the columns that hold one id: ${writeColumn(state, { key: 'nodes.runId' }, '<the column>')}`;
    return [finding('NODES_OF_OTHER_RUNS', where, said, hint)];
  }
  return [...nameFindings(state, facts), ...failuresLogged(state, facts)];
}

function nameFindings(state: AuditTablesState, { names }: LogFacts): Finding[] {
  const where = placeOf(state.nodes.tables[0]!.table, state.nodes.name);
  const all = names.reduce((sum, { count: number }) => sum + number, 0);
  const of = (kind: NameKind['kind']): NameKind | undefined => names.find((one) => one.kind === kind);
  const said = ({ count: number, example }: NameKind): string =>
    `${number} of ${count(all, 'row', 'rows')}, such as ${inConfig(example ?? '')}`;
  const asRelation = writeColumn(state, { key: 'nodes.nameIs' }, 'relation');
  const relation = of('relation');
  const capitals = of('capitals');
  const unsafe = of('unsafe');
  const empty = of('empty');
  return [
    ...(relation === undefined
      ? []
      : [
          finding(
            'RELATION_NAMES',
            where,
            `it holds relations, which select nothing: ${said(relation)}`,
            asRelation,
          ),
        ]),
    ...(capitals === undefined
      ? []
      : [
          finding(
            'NAMES_NOT_SELECTABLE',
            where,
            `names in capitals, and dbt minds the case: ${said(capitals)}`,
            `${asRelation}, if its models are in lower case; nothing, if they are called so`,
          ),
        ]),
    ...[unsafe, empty].flatMap((kind) =>
      kind === undefined
        ? []
        : [
            finding(
              'NAMES_NOT_SELECTABLE',
              where,
              `${kind.kind === 'empty' ? 'rows without a name' : 'texts that are no names of nodes'}: ${said(kind)}`,
              'name the column that holds the name, or let the hooks write model.name; a failure of one such node is a full build',
            ),
          ],
    ),
  ];
}

/** Packages that write from on-run-end log what failed; what a post-hook writes never does. */
const LOGS_FAILURES: readonly AuditTablesState['layout'][] = ['elementary', 'dbt_artifacts'];
/** With fewer runs it is no wonder that none failed. */
const ENOUGH_RUNS = 5;
const HOW =
  'let an on-run-end hook write every result: dbt runs no post-hook of a node that failed; until then what is missing beside the three full runs before counts as failed';

function failuresLogged(state: AuditTablesState, { nodes, outcomes }: LogFacts): Finding[] {
  if (LOGS_FAILURES.includes(state.layout)) return [];
  const where = placeOf(state.nodes.tables[0]!.table, state.nodes.status);
  if (outcomes.failed > 0 && outcomes.silent === outcomes.failed && nodes.failed === 0) {
    const said = `${count(outcomes.failed, 'run', 'runs')} failed, and none of ${count(nodes.rows, 'node result', 'node results')} did`;
    return [finding('FAILURES_NOT_LOGGED', where, said, HOW)];
  }
  if (nodes.failed > 0 || outcomes.failed > 0 || outcomes.ended < ENOUGH_RUNS) return [];
  const said = `no node failed in ${count(outcomes.ended, 'run', 'runs')}: all went well, or the hooks write only what did`;
  return [
    finding('FAILURES_NOT_LOGGED', where, said, `make sure that a failure leaves a row; if not, ${HOW}`),
  ];
}

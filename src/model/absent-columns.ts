/** A preset layout less the columns that older tables of the package do not have. */
import { didYouMean } from '../config/nearest';
import { showValue, type ProblemSink } from '../config/problems';
import type { AuditTablesConfig } from '../config/types';
import type { Layout } from './layouts';

/** What no log can do without; a table is no column. */
const KEPT = {
  runs: ['table', 'runId', 'startedAt'],
  nodes: ['tables', 'runId', 'name', 'nameIs', 'status'],
} as const;

export function withoutColumns(layout: Layout, config: AuditTablesConfig, problems: ProblemSink): Layout {
  const { absentColumns } = config;
  if (absentColumns === undefined) return layout;
  if (typeof config.layout !== 'string') {
    const hint = 'leave the column out of the layout instead';
    problems.add(['absentColumns'], 'it is about preset layouts, and this one is your own', hint);
    return layout;
  }
  const { known, needed } = columnsOf(layout);
  absentColumns.forEach((name, index) => {
    const at = problems.at('absentColumns', index);
    const column = name.trim().toUpperCase();
    if (needed.includes(column)) {
      at.add(
        [],
        `${showValue(name)} is needed: no run can be told without it`,
        'map tables of your own instead',
      );
    } else if (!known.includes(column)) {
      at.add([], `${showValue(name)} is no column of ${String(config.layout)}`, didYouMean(column, known));
    }
  });
  const absent = absentColumns
    .map((name) => name.trim().toUpperCase())
    .filter((name) => !needed.includes(name));
  const isThere = (name: string | null): boolean => name === null || !absent.includes(name);
  return {
    ...layout,
    runs: rest(layout.runs, KEPT.runs, isThere),
    nodes: rest(layout.nodes, KEPT.nodes, isThere),
    messageColumn: isThere(layout.messageColumn) ? layout.messageColumn : null,
    args: isThere(layout.args) ? layout.args : null,
  };
}

function rest<T extends object>(part: T, kept: readonly string[], isThere: (name: string) => boolean): T {
  const entries = Object.entries(part).filter(([key, name]) => kept.includes(key) || isThere(String(name)));
  return Object.fromEntries(entries) as T;
}

function columnsOf({ runs, nodes, messageColumn, args }: Layout): { known: string[]; needed: string[] } {
  const every = [...Object.entries(runs), ...Object.entries(nodes)].flatMap(([key, name]) =>
    key === 'table' || key === 'tables' || key === 'nameIs' || typeof name !== 'string' ? [] : [name],
  );
  const needed = [runs.runId, runs.startedAt, nodes.runId, nodes.name, nodes.status];
  const others = [messageColumn, args].flatMap((name) => (name === null ? [] : [name]));
  return { known: [...new Set([...every, ...others])], needed };
}

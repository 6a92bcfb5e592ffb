/** A preset layout less the columns that older tables of the package do not have. */
import { didYouMean } from '../config/nearest';
import { showValue, type ProblemSink } from '../config/problems';
import type { AuditTablesConfig } from '../config/types';
import type { Layout } from './layouts';

export function withoutColumns(layout: Layout, config: AuditTablesConfig, problems: ProblemSink): Layout {
  const { absentColumns, layout: preset } = config;
  if (absentColumns === undefined) return layout;
  if (typeof preset !== 'string') {
    const hint = 'leave the column out of the layout instead';
    problems.add(['absentColumns'], 'it is about preset layouts, and this one is your own', hint);
    return layout;
  }
  const { needed, others } = columnsOf(layout);
  const absent = new Set<string>();
  absentColumns.forEach((name, index) => {
    const at = ['absentColumns', index];
    const column = name.trim().toUpperCase();
    if (others.includes(column)) {
      absent.add(column);
    } else if (needed.includes(column)) {
      const told = ofRuns(layout).includes(column) ? 'no run can be told' : 'no failure can be named';
      problems.add(at, `${showValue(name)} is needed: ${told} without it`, 'map tables of your own instead');
    } else {
      problems.add(at, `${showValue(name)} is no column of ${preset}`, didYouMean(column, others));
    }
  });
  const orNull = (column: string | null): string | null =>
    column !== null && absent.has(column) ? null : column;
  const runs = rest(layout.runs, absent);
  return {
    ...layout,
    runs,
    nodes: rest(layout.nodes, absent),
    messageColumn: orNull(layout.messageColumn),
    args: orNull(layout.args),
    selectionWidth: runs.selection === undefined ? null : layout.selectionWidth,
  };
}

function rest<T extends object>(part: T, absent: ReadonlySet<unknown>): T {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => !absent.has(value))) as T;
}

const NO_COLUMNS = ['table', 'tables', 'nameIs'];

/** By what a log can do without. */
function columnsOf(layout: Layout): { needed: string[]; others: string[] } {
  const { runs, nodes, messageColumn, args } = layout;
  const needed = [...ofRuns(layout), nodes.runId, nodes.name, nodes.status];
  const mapped = [...Object.entries(runs), ...Object.entries(nodes)].flatMap(([key, name]) =>
    NO_COLUMNS.includes(key) ? [] : [String(name)],
  );
  const unmapped = [messageColumn, args].filter((name) => name !== null);
  return { needed, others: [...mapped, ...unmapped].filter((name) => !needed.includes(name)) };
}

function ofRuns({ runs }: Layout): string[] {
  return [runs.runId, runs.startedAt];
}

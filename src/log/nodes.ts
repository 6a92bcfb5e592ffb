/** The node results of the log in canonical words: what the template of V_AUTO_RESTART_NODES is filled with. */
import type { AuditTablesState } from '../model/deployment';
import { identifier, qualified } from '../sql-text';
import { utcInstant } from './instant';
import { isNode, isTest, nodeName } from './node-name';
import type { Column } from './runs';
import { nodeSeverity } from './words';

const INDENT = 8;

export interface NodeTable {
  table: string;
  /** A raw column that bounds what is read, `null` for none. */
  prunedBy: string | null;
  columns: Column[];
  /** A condition: the row is of something that dbt builds. */
  isNode: string;
}

export function nodeTables({ nodes, statuses, zones }: AuditTablesState): NodeTable[] {
  const name = `l.${identifier(nodes.name)}::VARCHAR`;
  const resourceType = nodes.resourceType === null ? null : `l.${identifier(nodes.resourceType)}::VARCHAR`;
  return nodes.tables.map(({ table, resourceType: ofTable }) => ({
    table: qualified(table),
    prunedBy: nodes.prunedBy === null ? null : identifier(nodes.prunedBy),
    isNode: isNode(name, resourceType, nodes.prunedBy === null ? INDENT : INDENT + 4),
    columns: [
      { name: 'run_id', expression: `l.${identifier(nodes.runId)}::VARCHAR` },
      { name: 'node_name', expression: nodeName(name, nodes.nameIs, INDENT) },
      { name: 'is_test', expression: isTest(name, ofTable, resourceType) },
      { name: 'severity', expression: nodeSeverity(`l.${identifier(nodes.status)}`, statuses, INDENT) },
      {
        name: 'ended_at',
        expression:
          nodes.endedAt === null
            ? 'NULL::TIMESTAMP_NTZ'
            : utcInstant(`l.${identifier(nodes.endedAt)}`, zones.endedAt, INDENT),
      },
      ...(nodes.message === null
        ? []
        : [{ name: 'message', expression: `l.${identifier(nodes.message)}::VARCHAR` }]),
      { name: 'error_number', expression: errorNumber(nodes.message) },
    ],
  }));
}

/** Of a message such as `000904 (42000): 01b2...: SQL compilation error`: the number in front of the SQLSTATE. */
function errorNumber(message: string | null): string {
  if (message === null) return 'NULL::VARCHAR';
  const column = `l.${identifier(message)}::VARCHAR`;
  return `REGEXP_SUBSTR(${column}, '([0-9]{6}) [(][0-9A-Z]{5}[)]', 1, 1, 'e', 1)`;
}

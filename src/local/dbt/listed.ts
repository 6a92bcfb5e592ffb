/** What `dbt list` prints of a node. https://docs.getdbt.com/reference/commands/list */
import type { DbtInvocation } from './args';
import type { DagNode } from './dag';

export function listed(node: DagNode, output: DbtInvocation['output']): string {
  if (output === 'path') return node.path;
  return output === 'name' ? searchName(node) : selectorOf(node);
}

/** Something that `--select` takes and that means this node alone. */
function selectorOf(node: DagNode): string {
  switch (node.resourceType) {
    case 'source':
      return `source:${node.package}.${node.sourceName}.${node.name}`;
    case 'unit_test':
      return `unit_test:${node.package}.${node.name}${node.version === undefined ? '' : `_v${node.version}`}`;
    case 'exposure':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
      return `${node.resourceType}:${node.package}.${node.name}`;
    default:
      return node.fqn.join('.');
  }
}

function searchName(node: DagNode): string {
  if (node.resourceType === 'source') return `${node.sourceName}.${node.name}`;
  const isVersioned = node.resourceType === 'model' && node.version !== undefined;
  return !isVersioned ? node.name : `${node.name}.v${node.version}`;
}

/**
 * `state:`, the nodes that differ from an earlier manifest.
 * https://docs.getdbt.com/reference/node-selection/methods, https://docs.getdbt.com/reference/node-selection/state-comparison-caveats
 */
import { DbtError } from './args';
import type { DagNode, Fingerprint } from './dag';
import type { DeployedNodes } from './fingerprint';

type Check = (before: Fingerprint | undefined, node: DagNode) => boolean;

/** Whether one part differs; a new node differs in all the parts that its kind has. */
function differsIn(part: keyof Fingerprint): Check {
  return (before, { fingerprint }) => fingerprint?.[part] !== '' && before?.[part] !== fingerprint?.[part];
}

/**
 * dbt lets a new source, exposure or metric be new, but not modified. The body of a generic test is written by dbt from
 * its configuration, which is compared anyway.
 */
const isModified: Check = (before, node) => {
  if (before) {
    const without = node.testName === undefined ? {} : { body: '' };
    return JSON.stringify({ ...before, ...without }) !== JSON.stringify({ ...node.fingerprint, ...without });
  }
  return !['source', 'exposure', 'metric', 'semantic_model', 'saved_query'].includes(node.resourceType);
};

const CHECKS: Readonly<Record<string, Check>> = {
  new: (before) => before === undefined,
  old: (before) => before !== undefined,
  modified: isModified,
  unmodified: (before, node) => !isModified(before, node),
  'modified.body': differsIn('body'),
  'modified.configs': differsIn('configs'),
  'modified.persisted_descriptions': differsIn('persistedDescriptions'),
  'modified.relation': differsIn('relation'),
  'modified.macros': (before, node) => before !== undefined && differsIn('macros')(before, node),
  'modified.contract': differsIn('contract'),
};

/** @throws DbtError without a manifest to compare with, and for a value that dbt does not know */
export function stateMatch(value: string, manifest: DeployedNodes | undefined): (node: DagNode) => boolean {
  if (!manifest) throw new DbtError('Got a state selector method, but no comparison manifest');
  const check = CHECKS[value];
  if (!check) {
    const known = Object.keys(CHECKS).map((name) => `'${name}'`);
    throw new DbtError(`Got an invalid selector "${value}", expected one of "[${known.join(', ')}]"`);
  }
  return (node) => check(manifest[node.uniqueId], node);
}

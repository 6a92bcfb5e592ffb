/** SYSTEM$LOCAL_DBT_...: what a rehearsal or a test needs beyond Snowflake's SQL, said in SQL. */
import { keyOf, qualify } from '../../catalog/names';
import type { Session, SystemFunction } from '../../engine/contract';
import { splitName } from '../../sql/token-reader';
import { type TypedValue, VARCHAR } from '../../values';
import { controlsOf, type Fault, setControls } from '../controls';
import { type DagNode, isTest } from '../dag';
import { nodesCalled, tellingApart } from '../named-nodes';
import { type DbtProject, projectCalled, projectsOf } from '../projects';
import { readDag } from '../read-dag';
import { createProject } from '../statements/create';
import {
  invalidArgument,
  optionalBoolean,
  optionalInteger,
  optionalNumber,
  optionalText,
  requiredText,
} from './arguments';
import { setHooks } from './hooks-control';

/** Each takes the project first; what it returns says what is set now. */
function control(
  name: string,
  call: (project: DbtProject, args: readonly TypedValue[], session: Session) => Promise<string>,
): SystemFunction {
  return {
    name: `SYSTEM$LOCAL_DBT_${name}`,
    returns: VARCHAR,
    call: (args, session) =>
      call(projectCalled(requiredText(args, 0, 'the project'), session), args, session),
  };
}

export const controlFunctions: SystemFunction[] = [
  {
    name: 'SYSTEM$LOCAL_DBT_CREATE',
    returns: VARCHAR,
    call: async (args, session) => {
      const name = qualify(splitName(requiredText(args, 0, 'the name')), session);
      const dag = readDag(requiredText(args, 1, 'the DAG'));
      const replace = { replace: true, ifNotExists: false };
      await createProject({ name, dag, source: 'inline', properties: {} }, replace, session);
      return `dbt project ${keyOf(name)}: ${dag.nodes.length} nodes`;
    },
  },
  control('FAIL', async (project, args, session) => {
    const { uniqueId: node, name } = nodeOf(project, requiredText(args, 1, 'the node'));
    const filter = optionalText(args, 3);
    const times = timesOf(args, 2);
    await addFault(project, session, { kind: 'fail', node, times, ...(filter === null ? {} : { filter }) });
    return `${name} fails ${timesText(times)}`;
  }),
  control('ERROR', async (project, args, session) => {
    const { uniqueId, name } = nodeOf(project, requiredText(args, 1, 'the node'));
    const error = requiredText(args, 2, 'the error');
    const { catalog } = session.account;
    const errors = { ...controlsOf(catalog, project).errors, [uniqueId]: error };
    if (error === '') delete errors[uniqueId];
    await setControls(catalog, project, { errors });
    return error === '' ? `${name} fails without a word` : `where ${name} fails: ${error}`;
  }),
  control('CRASH', async (project, args, session) => {
    const text = requiredText(args, 1, 'the node');
    const node = text === '' ? undefined : nodeOf(project, text);
    const times = args.length > 2 ? timesOf(args, 2) : 1;
    await addFault(project, session, { kind: 'crash', node: node?.uniqueId ?? '', times });
    return `dbt dies ${node ? `while ${node.name} runs` : 'before its first hook'} ${timesText(times)}`;
  }),
  control('FAIL_IN_RUN', (project, args, session) => inRun('fail', project, args, session)),
  control('CRASH_IN_RUN', (project, args, session) => inRun('crash', project, args, session)),
  control('FAIL_RATE', async (project, args, session) => {
    const text = requiredText(args, 1, 'the node');
    const node = text === '*' ? '*' : nodeOf(project, text).uniqueId;
    const probability = optionalNumber(args, 2) ?? 0;
    if (probability < 0 || probability > 1) throw invalidArgument(`${probability} is not a probability`);
    await addFault(project, session, {
      kind: 'rate',
      node,
      probability,
      state: optionalInteger(args, 3) ?? 0,
    });
    return `${text} fails with probability ${probability}`;
  }),
  control('HOOKS', setHooks),
  control('TARGET', async (project, args, session) => {
    const target = requiredText(args, 1, 'the target');
    await setControls(session.account.catalog, project, { target });
    return `target ${target}`;
  }),
  control('HISTORY_BLIND', async (project, args, session) => {
    const historyBlind = optionalBoolean(args, 1) ?? true;
    await setControls(session.account.catalog, project, { historyBlind });
    return historyBlind ? 'no role sees the history' : 'the history is seen';
  }),
  control('REMOVE_NODE', async (project, args, session) => {
    const node = nodeOf(project, requiredText(args, 1, 'the node'));
    const left = withoutNode(project, node);
    await projectsOf(session.account.catalog).set(keyOf(project), {
      ...project,
      dag: { ...project.dag, nodes: left },
    });
    return `${project.dag.project}: ${left.length} nodes`;
  }),
];

async function inRun(
  does: 'fail' | 'crash',
  project: DbtProject,
  args: readonly TypedValue[],
  session: Session,
): Promise<string> {
  const text = requiredText(args, 1, 'the node');
  const node = text === '' && does === 'crash' ? undefined : nodeOf(project, text);
  const task = requiredText(args, 2, 'the task');
  const list = requiredText(args, 3, 'the numbers of the runs');
  const runs = list.split(',').map(Number);
  if (runs.some((run) => !Number.isInteger(run) || run < 1)) {
    throw invalidArgument(`'${list}' is no list of runs: they are counted from 1`);
  }
  await addFault(project, session, { kind: 'in-run', does, node: node?.uniqueId ?? '', task, runs, seen: 0 });
  return `${node?.name ?? 'dbt'} ${does === 'fail' ? 'fails' : 'dies'} in run ${runs.join(', ')} of ${task}`;
}

/** By name, where one node alone has it; with package or version, or by unique id. */
function nodeOf({ dag }: DbtProject, text: string): DagNode {
  const [node, ...others] = nodesCalled(dag.nodes, text);
  if (!node) throw invalidArgument(`dbt project ${dag.project} has no node '${text}'`);
  if (others.length === 0) return node;
  const names = tellingApart([node, ...others]).join(', ');
  throw invalidArgument(
    `dbt project ${dag.project} has ${others.length + 1} nodes called '${text}': say ${names}`,
  );
}

/** Its tests go with it; what depended on it depends on what it depended on. */
function withoutNode({ dag }: DbtProject, node: DagNode): DagNode[] {
  return dag.nodes
    .filter((other) => {
      const isItsTest = isTest(other) && other.dependsOn.includes(node.uniqueId);
      return other.uniqueId !== node.uniqueId && !isItsTest;
    })
    .map((other) =>
      other.dependsOn.includes(node.uniqueId)
        ? {
            ...other,
            dependsOn: other.dependsOn.flatMap((id) => (id === node.uniqueId ? node.dependsOn : [id])),
          }
        : other,
    );
}

/** NULL is until further notice, 0 never again. */
function timesOf(args: readonly TypedValue[], index: number): number {
  const times = optionalInteger(args, index) ?? Number.MAX_SAFE_INTEGER;
  if (times < 0) throw invalidArgument(`${times} times`);
  return times;
}

function timesText(times: number): string {
  if (times === Number.MAX_SAFE_INTEGER) return 'until further notice';
  return times === 0 ? 'no more' : `in the next ${times} runs`;
}

/** A later word on the same node and kind (and filter) takes the place of an earlier one. */
async function addFault(project: DbtProject, session: Session, fault: Fault): Promise<void> {
  const { catalog } = session.account;
  const others = controlsOf(catalog, project).faults.filter((other) => !isSameFault(other, fault));
  const ends = (fault.kind === 'rate' && fault.probability === 0) || ('times' in fault && fault.times === 0);
  await setControls(catalog, project, { faults: ends ? others : [...others, fault] });
}

function isSameFault(a: Fault, b: Fault): boolean {
  const detail = (fault: Fault): string | undefined =>
    fault.kind === 'in-run'
      ? `${fault.does} ${fault.task}`
      : fault.kind === 'fail'
        ? fault.filter
        : undefined;
  return a.kind === b.kind && a.node === b.node && detail(a) === detail(b);
}

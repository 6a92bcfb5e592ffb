/** Makes nodes fail, dbt die and models vanish, in every dbt project that has the node. */
import {
  type DbtProject,
  integer,
  keyOf,
  nodesCalled,
  projectsOf,
  type Session,
  text,
  type TypedValue,
} from '../local/index';
import { AutoRestartError } from '../errors';
import { literal } from '../sql-text';
import type { Happening } from './happenings';

/** @throws AutoRestartError REQUEST when the node was deployed away before */
export async function injure(session: Session, { event, ends }: Happening): Promise<void> {
  const node = nodeIn(event);
  const projects = [...projectsOf(session.account.catalog).values()].filter((project) => has(project, node));
  if (projects.length === 0)
    throw new AutoRestartError('REQUEST', `there is no node ${node} any more`, { where: event.at ?? '' });
  for (const project of projects) await injureProject(session, literal(keyOf(project)), { event, ends });
}

async function injureProject(
  session: Session,
  project: string,
  { event, ends }: Pick<Happening, 'event' | 'ends'>,
): Promise<void> {
  const call = async (name: string, args: string, ...binds: TypedValue[]): Promise<void> => {
    await session.execute(`SELECT SYSTEM$LOCAL_DBT_${name}(${project}, ${args})`, binds);
  };
  if ('remove' in event) return call('REMOVE_NODE', '?', text(event.remove));
  if ('failRate' in event) {
    const probability = ends ? 0 : event.probability;
    return call('FAIL_RATE', `?, ${probability}, ${event.seed}`, text(event.failRate));
  }
  if (!('fail' in event) && !('crash' in event)) return;
  const [verb, node] = 'fail' in event ? ['FAIL', text(event.fail)] : ['CRASH', text(event.crash)];
  if ('fail' in event && !ends) await call('ERROR', '?, ?', node, text(event.error ?? ''));
  if ('inRun' in event) {
    const runs = [event.inRun].flat().join(',');
    return call(`${verb}_IN_RUN`, '?, ?, ?', node, text(event.task), text(runs));
  }
  const untilNotice = 'until' in event && event.until !== undefined;
  const times = 'times' in event ? (event.times ?? 1) : 1;
  await call(verb, '?, ?', node, integer(ends ? 0 : untilNotice ? null : times));
}

function nodeIn(event: Happening['event']): string {
  if ('fail' in event) return event.fail;
  if ('crash' in event) return event.crash;
  if ('failRate' in event) return event.failRate;
  return 'remove' in event ? event.remove : '';
}

function has({ dag }: DbtProject, node: string): boolean {
  if (node === '' || node === '*') return true;
  return nodesCalled(dag.nodes, node).length > 0;
}

/** `names` of the config -> the generated objects. */
import type { ProblemSink } from '../config/problems';
import { showValue } from '../config/problems';
import type { DeploymentConfig, NamesConfig } from '../config/types';
import type { Deployment, ObjectName, Views } from './deployment';
import { readIdentifier, type Home } from './read-names';

/** In the order in which they can be made. */
export const VIEW_ORDER = [
  'jobs',
  'runs',
  'nodes',
  'history',
  'state',
] as const satisfies readonly (keyof Views)[];

const PROCEDURE = 'RUN_DBT_AUTO_RESTART';
const HISTORY = 'V_AUTO_RESTART_HISTORY';

const SUFFIXES = {
  stateView: '_STATE',
  jobsView: '_JOBS',
  runsView: '_RUNS',
  nodesView: '_NODES',
} as const;

/** Views without a name of their own are called after the history: `V_BREAD_HISTORY` gives `V_BREAD_STATE`. */
function calledAfter(history: string, suffix: string): string {
  return history.replace(/(?:_HISTORY)?$/, suffix);
}

export function resolveNames(
  { names }: DeploymentConfig,
  home: Home,
  problems: ProblemSink,
): Pick<Deployment, 'procedure' | 'views'> {
  const seen = new Map<string, string>();
  const read = (key: keyof NamesConfig, name: string): string => readIdentifier(name, problems, [key]);
  const history = read('view', names?.view ?? HISTORY);
  const named = (key: keyof NamesConfig, name: string): ObjectName => {
    const other = seen.get(name);
    if (other !== undefined) {
      problems.add(
        [key],
        `${showValue(name)} is also the name of names.${other}`,
        'views of one schema need names of their own',
      );
    }
    seen.set(name, key);
    return { ...home, name };
  };
  const view = (key: keyof typeof SUFFIXES): ObjectName => {
    const own = names?.[key];
    return named(key, own === undefined ? calledAfter(history, SUFFIXES[key]) : read(key, own));
  };
  return {
    // A procedure may have the name of a view.
    procedure: { ...home, name: read('procedure', names?.procedure ?? PROCEDURE) },
    views: {
      history: named('view', history),
      state: view('stateView'),
      jobs: view('jobsView'),
      runs: view('runsView'),
      nodes: view('nodesView'),
    },
  };
}

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

const DEFAULTS: Required<NamesConfig> = {
  procedure: 'RUN_DBT_AUTO_RESTART',
  view: 'V_AUTO_RESTART_HISTORY',
  stateView: 'V_AUTO_RESTART_STATE',
  jobsView: 'V_AUTO_RESTART_JOBS',
  runsView: 'V_AUTO_RESTART_RUNS',
  nodesView: 'V_AUTO_RESTART_NODES',
};

export function resolveNames(
  { names }: DeploymentConfig,
  home: Home,
  problems: ProblemSink,
): Pick<Deployment, 'procedure' | 'views'> {
  const seen = new Map<string, string>();
  const named = (key: keyof NamesConfig): ObjectName => {
    const name = readIdentifier(names?.[key] ?? DEFAULTS[key], problems, [key]);
    const other = seen.get(name);
    if (other !== undefined && key !== 'procedure') {
      problems.add(
        [key],
        `${showValue(name)} is also the name of names.${other}`,
        'views of one schema need names of their own',
      );
    }
    // A procedure may have the name of a view.
    if (key !== 'procedure') seen.set(name, key);
    return { ...home, name };
  };
  return {
    procedure: named('procedure'),
    views: {
      history: named('view'),
      state: named('stateView'),
      jobs: named('jobsView'),
      runs: named('runsView'),
      nodes: named('nodesView'),
    },
  };
}

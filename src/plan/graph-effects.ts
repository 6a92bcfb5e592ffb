/** What changing a graph means for what runs. */
import { qualified } from '../sql-text';
import { rootFinder, type Component } from './components';
import type { Deployed, DeployedTask } from './deployed';
import { hazard, type Hazard } from './hazards';
import { nextTick } from './ticks';

/** @param drops whether what the config no longer has is dropped, or only suspended */
export function graphEffects(
  component: Component,
  deployed: Deployed,
  drops: boolean,
): { texts: string[]; hazards: Hazard[] } {
  const texts: string[] = [];
  const hazards: Hazard[] = [];
  for (const root of startedRoots(component, deployed.tasks)) {
    const name = qualified(root.name);
    const tick = nextTick(root.properties['SCHEDULE'], deployed.now);
    const staysSuspended = component.leftOver.includes(root);
    if (staysSuspended) {
      texts.push(`root ${name} is suspended and ${drops ? 'dropped' : 'stays so'}`);
    } else {
      texts.push(`root ${name} is suspended for about a second${tick === null ? '' : `; ${tick.text}`}`);
    }
    if (tick?.near === true && !staysSuspended) {
      hazards.push(hazard('TICK_WITHIN_SUSPEND', `${name} may miss a start: ${tick.text}`));
    }
    if (deployed.running.includes(name)) {
      const message = `${name} runs now: the run goes on to its end as it began, and can no longer be repeated with RETRY LAST`;
      hazards.push(hazard('GRAPH_RUNNING', message));
    }
  }
  return { texts, hazards };
}

function startedRoots({ wanted, leftOver }: Component, all: readonly DeployedTask[]): DeployedTask[] {
  const tasks = [...wanted.flatMap(({ deployed }) => deployed ?? []), ...leftOver];
  return [...new Set(tasks.flatMap(rootFinder(all)))].filter(({ state }) => state === 'started');
}

/** Tasks of one project that start in the same minute. */
import type { Schedule } from '../../config/types';
import { sharedStart } from '../occurrences';
import { keysOf, warning, type WarningRule } from './context';

/** Roots of one project with one schedule: they meet each other, and the same others. */
interface Group {
  schedule: Schedule;
  /** The first root that has it, and how many have it so far. */
  first: string;
  count: number;
  /** When it meets another group, by that one's schedule. */
  meets: Map<string, Date | null>;
}

/** One warning for each root that meets an earlier one, in time that grows with the schedules rather than the roots. */
export const schedulesCollide: WarningRule = (context) => {
  const keys = keysOf(context);
  const byProject = new Map<string, Map<string, Group>>();
  return context.deployment.graphs.flatMap(({ root }) => {
    if (root.schedule === null) return [];
    const groups = byProject.get(root.action.project) ?? new Map<string, Group>();
    byProject.set(root.action.project, groups);
    const met = meetings(root.schedule, groups);
    remember(root.schedule, root.name.name, groups);
    const [first] = met;
    if (first === undefined) return [];
    const others = met.reduce((sum, { group }) => sum + group.count, -1);
    const more = others === 0 ? '' : ` and ${others} more`;
    return [
      warning(
        'SCHEDULES_COLLIDE',
        ['tasks', keys.get(root.name.name) ?? root.name.name, 'schedule'],
        `it starts in the same minute as ${first.group.first}${more}, on the same project: ${dayAndTime(first.at)}`,
        'both see an idle log and run at once: move one of them by some minutes',
      ),
    ];
  });
};

function keyOf(schedule: Schedule): string {
  return JSON.stringify(schedule);
}

/** The groups that it meets, as they are before this root; the one that came first first. */
function meetings(schedule: Schedule, groups: ReadonlyMap<string, Group>): { group: Group; at: Date }[] {
  const key = keyOf(schedule);
  return [...groups.values()].flatMap((group) => {
    const known = group.meets.get(key);
    const at = known === undefined ? sharedStart(group.schedule, schedule) : known;
    group.meets.set(key, at);
    return at === null ? [] : [{ group: { ...group }, at }];
  });
}

function remember(schedule: Schedule, root: string, groups: Map<string, Group>): void {
  const group = groups.get(keyOf(schedule));
  if (group === undefined) groups.set(keyOf(schedule), { schedule, first: root, count: 1, meets: new Map() });
  else group.count += 1;
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function dayAndTime(at: Date): string {
  return `${WEEKDAYS[at.getUTCDay()]} ${at.toISOString().slice(11, 16)} UTC`;
}

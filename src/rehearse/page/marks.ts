/** The events above the lanes: a sign for each, those that would overlap as one, and a line down to the lanes. */
import type { Happened } from '../rehearsal';
import { element, escaped } from './escape';
import { dayText, type Scale, timeText } from './scale';

const SIGNS: Readonly<Record<Happened['kind'], string>> = {
  fail: '!',
  failRate: '%',
  crash: '\u2020',
  remove: '\u2212',
  suspend: '\u2016',
  resume: '\u25b8',
  run: '\u203a',
  apply: '\u25c6',
};

export const EVENT_NAMES: Readonly<Record<Happened['kind'], string>> = {
  fail: 'a node is made to fail',
  failRate: 'nodes fail at random',
  crash: 'dbt is made to die',
  remove: 'a model is deployed away',
  suspend: 'a task is suspended',
  resume: 'a task is resumed',
  run: 'a statement by hand',
  apply: 'a deployment is applied',
};

export function signOf(kind: Happened['kind']): string {
  return SIGNS[kind];
}

const RADIUS = 8;

export function marksOf(events: readonly Happened[], scale: Scale, y: number, bottom: number): string {
  return clusters(events, scale)
    .map(({ x, members }) => {
      const tip = members.map(markTip).join('\n');
      const kinds = new Set(members.map(({ kind }) => kind));
      const sign =
        kinds.size === 1 && members.length === 1 ? SIGNS[members[0]!.kind] : String(members.length);
      return element(
        'g',
        { class: 'mark', tabindex: '0', role: 'img', 'aria-label': tip },
        `<title>${escaped(tip)}</title>` +
          element('line', { x1: x, x2: x, y1: y + RADIUS, y2: bottom }) +
          element('circle', { cx: x, cy: y, r: RADIUS }) +
          element('text', { x, y: y + 4, 'text-anchor': 'middle' }, escaped(sign)),
      );
    })
    .join('');
}

function markTip({ at, text }: Happened): string {
  const moment = Date.parse(at);
  return `${dayText(moment)} ${timeText(moment)}  ${text.replace(/\s+/g, ' ')}`;
}

interface Cluster {
  x: number;
  members: Happened[];
}

function clusters(events: readonly Happened[], scale: Scale): Cluster[] {
  const found: Cluster[] = [];
  for (const event of events) {
    const x = Math.min(
      Math.max(scale.x(Date.parse(event.at)), RADIUS + 1),
      scale.left + scale.width - RADIUS,
    );
    const last = found.at(-1);
    if (last && x - last.x < 2 * RADIUS + 1) last.members.push(event);
    else found.push({ x, members: [event] });
  }
  return found;
}

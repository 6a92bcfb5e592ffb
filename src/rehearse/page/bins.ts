/** A lane of a long rehearsal: a column for each hour, day or week, stacked by what its runs were. */
import { hasFailed, type Step } from '../step';
import { element, escaped } from './escape';
import { type Kind, KINDS, kindOf } from '../kinds';
import type { Lane } from './lanes';
import { beginOf, DAY, HOUR, type Scale } from './scale';
import { binTip } from './tips';

export const BIN_LANE = 64;
const BASE = 60;
const HIGHEST = 46;

/** Milliseconds of a column. */
export function binLength({ from, to }: Pick<Scale, 'from' | 'to'>): number {
  const days = (to - from) / DAY;
  if (days <= 10) return HOUR;
  return days <= 800 ? DAY : 7 * DAY;
}

/** Runs in the fullest column. */
export function mostInColumn(lane: Lane, length: number): number {
  return Math.max(0, ...binsOf(lane, length).map(({ steps }) => steps.length));
}

interface Bin {
  from: number;
  steps: Lane['steps'];
}

/** @param row address of a step's row in the table */
export function columnsOf(lane: Lane, scale: Scale, top: number, row: (index: number) => string): string {
  const length = binLength(scale);
  const bins = binsOf(lane, length);
  const most = mostInColumn(lane, length);
  return bins
    .map(({ from, steps }) => {
      const tip = binTip(
        lane.name,
        from,
        length,
        steps.map(({ step }) => step),
      );
      const column = columnOf(
        steps.map(({ step }) => step),
        {
          x: scale.x(from),
          width: Math.max(1.5, (length * scale.width) / (scale.to - scale.from)),
          bottom: top + BASE,
          unit: HIGHEST / most,
        },
      );
      return element(
        'a',
        { href: `#${row(tellingStep(steps))}`, class: 'run' },
        `<title>${escaped(tip)}</title>${column}`,
      );
    })
    .join('');
}

function binsOf({ steps }: Lane, length: number): Bin[] {
  const bins = new Map<number, Bin>();
  for (const entry of steps) {
    const due = Date.parse(`${entry.step.at.replace(' ', 'T')}Z`);
    const from = beginOf(due, length);
    const bin = bins.get(from) ?? { from, steps: [] };
    bins.set(from, bin);
    bin.steps.push(entry);
  }
  return [...bins.values()];
}

/** The row that a column leads to: of what failed first, else of the first retry, else of its first run. */
function tellingStep(steps: Lane['steps']): number {
  const found =
    steps.find(({ step }) => hasFailed(step)) ??
    steps.find(({ step }) => kindOf(step) === 'retry') ??
    steps[0]!;
  return found.index;
}

/** What is worth a look lies at the bottom. */
const STACK: readonly Kind[] = ['retry', ...KINDS.filter((kind) => kind !== 'retry')];

/** Failures lie at the bottom, where they can be compared; a tooth above the column says that there are some. */
function columnOf(
  steps: readonly Step[],
  { x, width, bottom, unit }: { x: number; width: number; bottom: number; unit: number },
): string {
  const gap = width > 6 ? 1 : 0;
  const failed = steps.filter(hasFailed);
  const others = steps.filter((step) => !hasFailed(step));
  const stack = [
    { name: 'failed', count: failed.length },
    ...STACK.map((kind) => ({ name: kind, count: others.filter((step) => kindOf(step) === kind).length })),
  ];
  let y = bottom;
  const parts = stack.flatMap(({ name, count }) => {
    if (count === 0) return [];
    y -= count * unit;
    return [element('rect', { class: name, x, y, width: width - gap, height: count * unit })];
  });
  const middle = x + (width - gap) / 2;
  const tooth = failed.length > 0 ? element('path', { class: 'tooth', d: toothAt(middle, y) }) : '';
  return parts.join('') + tooth;
}

function toothAt(x: number, y: number): string {
  const round = (value: number): string => String(Math.round(value * 10) / 10);
  return `M${round(x - 3)} ${round(y - 7)}h6l-3 5z`;
}

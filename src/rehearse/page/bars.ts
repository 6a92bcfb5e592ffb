/** A lane in which each run is a bar of its own length. Kinds differ in height and pattern, failures carry a cross. */
import { hasFailed, type Step } from '../step';
import { element, escaped } from './escape';
import type { Lane } from './lanes';
import { type Kind, kindOf } from '../kinds';
import type { Scale } from './scale';
import { stepTip, waitedFor } from './tips';

export const BAR_LANE = 38;
const BASE = 34;
const LEAST_WIDTH = 7;

const HEIGHTS: Readonly<Record<Kind, number>> = { full: 24, retry: 24, dbt: 14, skipped: 10, nothing: 8 };

/** @param row address of a step's row in the table */
export function barsOf({ steps }: Lane, scale: Scale, top: number, row: (index: number) => string): string {
  return steps
    .map(({ step, index }) =>
      element(
        'a',
        { href: `#${row(index)}`, class: 'run' },
        `<title>${escaped(stepTip(step))}</title>${bar(step, scale, top)}`,
      ),
    )
    .join('');
}

function bar(step: Step, scale: Scale, top: number): string {
  const kind = kindOf(step);
  const end = step.ended === null ? scale.to : Date.parse(step.ended);
  const from = scale.x(Date.parse(step.dbtStarted ?? step.started));
  const width = Math.max(LEAST_WIDTH, scale.x(end) - from);
  const x = Math.min(from, scale.left + scale.width - width);
  const height = HEIGHTS[kind];
  const y = top + BASE - height;
  const shape =
    kind === 'nothing' && !hasFailed(step)
      ? element('circle', { class: 'nothing', cx: x + LEAST_WIDTH / 2, cy: y + height / 2, r: 3.5 })
      : element('rect', { class: `${kind}${runs(step)}`, x, y, width, height, rx: 2 });
  const cross = hasFailed(step) ? crossAt(x + Math.min(width, 12) / 2, y - 6) : '';
  return `${waiting(step, scale, top)}${shape}${cross}`;
}

function runs({ outcome }: Step): string {
  return outcome === 'EXECUTING' ? ' open' : '';
}

/** From the start of the task's run to that of dbt. */
function waiting(step: Step, scale: Scale, top: number): string {
  if (waitedFor(step) === 0) return '';
  const x = scale.x(Date.parse(step.started));
  const width = Math.max(3, scale.x(Date.parse(step.dbtStarted!)) - x);
  return element('rect', { class: 'waiting', x, y: top + BASE - 10, width, height: 6 });
}

function crossAt(x: number, y: number): string {
  return element('path', { class: 'cross', d: `M${x - 3.5} ${y - 3.5}l7 7m0 -7l-7 7` });
}

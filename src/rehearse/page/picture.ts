/**
 * The picture of a rehearsal as SVG, written by hand rather than by a chart library: it is rectangles on a time axis,
 * needs no script and no dependency, and every bar can be a link that a keyboard reaches.
 */
import type { Rehearsed } from '../rehearsal';
import { summaryText } from '../summary';
import { BAR_LANE, barsOf } from './bars';
import { BIN_LANE, binLength, columnsOf, mostInColumn } from './bins';
import { element, escaped } from './escape';
import { type Lane, lanesOf } from './lanes';
import { marksOf } from './marks';
import { DAY, HOUR, type Scale, scaleOf, ticksOf } from './scale';

const WIDTH = 1080;
const LEFT = 10;
const TITLE = 22;
const AXIS = 26;
const GAP = 8;

/** With more runs than this in a lane its bars could no longer be told apart. */
const MOST_BARS = 70;

export interface PictureOptions {
  /** Prefix of ids, unique in the page. */
  id: string;
  /** Address of a step's row in the table. */
  row: (index: number) => string;
}

export function pictureOf(rehearsed: Rehearsed, { id, row }: PictureOptions): string {
  const lanes = lanesOf(rehearsed);
  const scale = scaleOf(Date.parse(rehearsed.start), Date.parse(rehearsed.end), LEFT, WIDTH - 2 * LEFT);
  const binned = isBinned(lanes);
  const band = binned ? BIN_LANE : BAR_LANE;
  const top = rehearsed.events.length > 0 ? 30 : 6;
  const height = top + lanes.length * (TITLE + band + GAP) + AXIS;
  const bottom = height - AXIS;
  const drawn = lanes.map((lane, index) => {
    const y = top + index * (TITLE + band + GAP);
    const runs = binned ? columnsOf : barsOf;
    const note = binned && lane.steps.length > 0 ? `${lane.note}, up to ${most(lane, scale)}` : lane.note;
    return (
      laneFrame({ ...lane, note }, scale, y, band) +
      (lane.steps.length > 0 ? runs(lane, scale, y + TITLE, row) : '')
    );
  });
  const events = rehearsed.events.length > 0 ? marksOf(rehearsed.events, scale, 13, bottom) : '';
  return element(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${height}`,
      class: 'picture',
      role: 'group',
      'aria-labelledby': `${id}-title ${id}-desc`,
    },
    `<title id="${id}-title">${escaped(`Timeline of ${rehearsed.name}`)}</title>` +
      `<desc id="${id}-desc">${escaped(description(rehearsed, lanes, binned ? binLength(scale) : null))}</desc>` +
      axis(scale, top, bottom) +
      events +
      drawn.join(''),
  );
}

/** `24 a day`: how high a full column is. */
function most(lane: Lane, scale: Scale): string {
  const length = binLength(scale);
  return `${mostInColumn(lane, length)} ${length === HOUR ? 'an' : 'a'} ${binName(length)}`;
}

export function isBinned(lanes: readonly Lane[]): boolean {
  return lanes.some(({ steps }) => steps.length > MOST_BARS);
}

function description(rehearsed: Rehearsed, lanes: readonly Lane[], bin: number | null): string {
  const what = bin === null ? 'each run is a bar' : `a column is what ran in one ${binName(bin)}`;
  const own = lanes.map(({ name, note }) => `${name}: ${note}`).join('; ');
  return `From ${rehearsed.start} to ${rehearsed.end}, UTC; ${what}. ${summaryText(rehearsed.summary)}. ${own}.`;
}

export function binName(length: number): string {
  if (length === HOUR) return 'hour';
  return length === DAY ? 'day' : 'week';
}

function axis(scale: Scale, top: number, bottom: number): string {
  return ticksOf(scale, 13)
    .map(({ at, label, strong }) => {
      const x = scale.x(at);
      const anchor = x < 30 ? 'start' : x > WIDTH - 30 ? 'end' : 'middle';
      return (
        element('line', { class: strong ? 'grid strong' : 'grid', x1: x, x2: x, y1: top, y2: bottom + 4 }) +
        element('text', { class: 'tick', x, y: bottom + 18, 'text-anchor': anchor }, escaped(label))
      );
    })
    .join('');
}

function laneFrame({ name, note, suspended }: Lane, scale: Scale, y: number, band: number): string {
  const { left, width } = scale;
  const bands = suspended.map(({ from, to }) =>
    element(
      'g',
      { class: 'suspended' },
      `<title>suspended</title>` +
        element('rect', {
          x: scale.x(from),
          y: y + TITLE,
          width: Math.max(2, scale.x(to) - scale.x(from)),
          height: band - 2,
        }),
    ),
  );
  return (
    element('text', { class: 'lane', x: left, y: y + 13 }, escaped(name)) +
    element('text', { class: 'note', x: left + width, y: y + 13, 'text-anchor': 'end' }, escaped(note)) +
    bands.join('') +
    element('line', {
      class: 'base',
      x1: left,
      x2: left + width,
      y1: y + TITLE + band - 4,
      y2: y + TITLE + band - 4,
    })
  );
}

/** The page of rehearsals: what it holds, that names cannot break it, that it stays small and asks for nothing. */
import { createHash } from 'node:crypto';
import type { Happened, Rehearsed } from '../../src/rehearse/rehearsal';
import { escaped } from '../../src/rehearse/page/escape';
import { pageOf } from '../../src/rehearse/page/page';
import { ticksOf } from '../../src/rehearse/page/scale';
import { hourly, rehearsed, step } from './steps';

const DAY = 86_400_000;
const page = (results: Rehearsed[], all = false): string => pageOf(results, { all });
const count = (text: string, part: RegExp): number => [...text.matchAll(part)].length;

/** One after the other: fails, is retried after waiting, is skipped, has nothing to do; an operator; a run that goes on. */
const stories = rehearsed({
  end: '2026-01-07T00:00:00Z',
  tasks: ['BAKE_BREAD', 'SWEEP', 'NEVER_RUN'],
  steps: [
    step({ outcome: 'FAILED', failed: ['dough'], skipped: ['bread'] }),
    step({
      at: '2026-01-05 05:00',
      action: 'SELECTIVE_RETRY',
      attempt: 2,
      message: '🔄 RETRY #2: dough+',
      command: 'run --select dough+',
      dbtStarted: '2026-01-05T05:05:00Z',
    }),
    step({
      at: '2026-01-05 06:00',
      action: 'SKIP',
      command: null,
      dbtStarted: null,
      dbtEnded: null,
      outcome: 'SKIPPED',
    }),
    step({ at: '2026-01-05 07:00', action: 'NOTHING', command: null, dbtStarted: null, dbtEnded: null }),
    step({
      at: '2026-01-05 08:00',
      task: null,
      mode: null,
      action: 'DBT',
      message: '🔵 FULL BUILD: First run',
    }),
    step({
      at: '2026-01-06 22:00',
      task: 'SWEEP',
      action: 'DBT',
      outcome: 'EXECUTING',
      ended: null,
      dbtEnded: null,
    }),
  ],
  events: [
    { at: '2026-01-05T03:00:00Z', kind: 'fail', task: null, text: 'dough fails in its next run' },
    { at: '2026-01-05T12:00:00Z', kind: 'suspend', task: 'SWEEP', text: 'SWEEP is suspended' },
    { at: '2026-01-06T12:00:00Z', kind: 'resume', task: 'SWEEP', text: 'SWEEP is resumed' },
    { at: '2026-01-06T12:01:00Z', kind: 'apply', task: null, text: 'patient is applied' },
  ],
});

describe('a picture', () => {
  const html = page([stories]);
  const picture = /<svg[^>]*class="picture"[\s\S]*?<\/svg>/.exec(html)![0];

  it('has a lane for each task that ran or was suspended, and one for what was done by hand', () => {
    const lanes = [...picture.matchAll(/<text class="lane"[^>]*>([^<]*)</g)].map(([, name]) => name);
    expect(lanes).toEqual(['BAKE_BREAD', 'SWEEP', 'by hand']);
    expect(html).toContain('Did not run: NEVER_RUN');
  });

  it('draws each kind of run with a shape of its own, failures with a cross, waiting before the bar', () => {
    expect(count(picture, /<rect class="full"/g)).toBe(2);
    expect(count(picture, /<rect class="retry"/g)).toBe(1);
    expect(count(picture, /<rect class="skipped"/g)).toBe(1);
    expect(count(picture, /<circle class="nothing"/g)).toBe(1);
    expect(count(picture, /<rect class="dbt open"/g)).toBe(1);
    expect(count(picture, /<path class="cross"/g)).toBe(1);
    expect(count(picture, /<rect class="waiting"/g)).toBe(1);
    expect(count(picture, /<g class="suspended"/g)).toBe(1);
  });

  it('places a bar by its time: 48 hours are 1060 pixels', () => {
    const [, x, width] = /<rect class="retry" x="([\d.]+)"[^>]* width="([\d.]+)"/.exec(picture)!;
    expect(Number(x)).toBeCloseTo(10 + (1060 / 48) * (5 + 5 / 60), 0);
    expect(Number(width)).toBe(7);
  });

  it('says of each run what it was, which command ran and how long it took', () => {
    expect(picture).toContain(
      '<title>Mon 5 Jan 05:00  BAKE_BREAD: retry #2\n🔄 RETRY #2: dough+\ndbt run --select dough+\nran 2\ntook 5 min after waiting 5 min</title>',
    );
    expect(picture).toContain('full build, failed');
    expect(picture).toContain('still runs at the end');
  });

  it('marks events, those that would overlap with their number', () => {
    expect([...picture.matchAll(/class="mark"[\s\S]*?<text[^>]*>([^<]*)</g)].map(([, sign]) => sign)).toEqual(
      ['!', '‖', '2'],
    );
    expect(picture).toContain('Tue 6 Jan 12:00  SWEEP is resumed\nTue 6 Jan 12:01  patient is applied');
  });

  it('is named and described for whoever cannot see it, and every run is a link to its row', () => {
    expect(picture).toMatch(/role="group" aria-labelledby="r0-title r0-desc"/);
    expect(picture).toContain('<title id="r0-title">Timeline of 1-bread</title>');
    expect(picture).toMatch(
      /<desc id="r0-desc">From 2026-01-05T00:00:00Z .*BAKE_BREAD: 4 runs, 1 failed; SWEEP: 1 run/,
    );
    const links = [...picture.matchAll(/<a href="#([^"]+)"/g)].map(([, id]) => id!);
    expect(links).toEqual(['r0-s-0', 'r0-s-1', 'r0-s-2', 'r0-s-3', 'r0-s-5', 'r0-s-4']);
    for (const id of links) expect(html).toContain(`<tr id="${id}"`);
  });
});

describe('a long rehearsal', () => {
  const of = (days: number): Rehearsed =>
    rehearsed({ steps: hourly(days), end: new Date(Date.UTC(2026, 0, 5) + days * DAY).toISOString() });

  it.each([
    [7, 168, 'hour'],
    [365, 365, 'day'],
    [1400, 200, 'week'],
  ])('of %d days has %d columns, one for each %s', (days, columns, name) => {
    const html = page([of(days)]);
    expect(count(html, /<a href="#r0-s-\d+" class="run"/g)).toBe(columns);
    expect(html).toContain(`a column is one ${name}`);
  });

  it('stacks what a day had: failures at the bottom, with a tooth above the column', () => {
    const html = page([of(30)]);
    expect(html).toMatch(
      /<title>Mon 5 Jan {2}BAKE_BREAD: 24 runs\n23 full builds, 1 retry\n1 failed: dough<\/title><rect class="failed"[^>]*\/><rect class="retry"[^>]*\/><rect class="full"[^>]*\/><path class="tooth"/,
    );
  });

  it('of a year stays below a megabyte, and below four with a row for each step', () => {
    expect(page([of(365)]).length).toBeLessThan(1e6);
    const whole = page([of(365)], true);
    expect(whole.length).toBeLessThan(4e6);
    expect(count(whole, /<tr id=/g)).toBe(8760);
  });

  it('has links to rows that exist, of a streak that was under way', () => {
    const html = page([of(60)]);
    const rows = new Set([...html.matchAll(/<tr id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...html.matchAll(/<a href="#(r0-s[^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !rows.has(id))).toEqual([]);
    expect(new Set(links).size).toBeGreaterThan(30);
  });
});

describe('a page', () => {
  it('says of each rehearsal whether it went as expected, and what did not', () => {
    const html = page([stories, rehearsed({ name: '2-cake', ok: false, differences: ['expected cake'] })]);
    expect(html).toContain('2 rehearsals, 1 not as expected. Times are UTC.');
    expect(html).toContain('<h3>1 difference</h3><ul><li>expected cake</li></ul>');
    expect(html).toMatch(/<a href="#r1"><span class="no"[^>]*>✕<\/span> 2-cake<\/a>/);
  });

  it('of nothing at all is a page', () => {
    expect(page([])).toContain('There was nothing to rehearse.');
    expect(page([rehearsed({ steps: [], tasks: [] })])).toContain('Nothing happened.');
    expect(openElements(page([]))).toEqual([]);
  });

  it('asks for nothing: no address but its own places, and a policy that forbids it', () => {
    const html = page([stories]);
    const addresses = [...html.matchAll(/(?:href|src|url\(|action)=?["'(]?([^"')\s>]+)/g)].map(
      ([, target]) => target!,
    );
    expect(addresses.length).toBeGreaterThan(5);
    expect(addresses.filter((target) => !target.startsWith('#'))).toEqual([]);
    expect(html).not.toMatch(/https?:|@import|<link|<img|<iframe|fetch\(|XMLHttpRequest/);
    const [, script] = /<script>([\s\S]*)<\/script>/.exec(html)!;
    const hash = createHash('sha256').update(script!).digest('base64');
    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}';`,
    );
  });

  it('has one script, and without it everything is there but the filters', () => {
    const html = page([stories]);
    expect(count(html, /<script/g)).toBe(1);
    expect(html).not.toMatch(/ on\w+="/);
    expect(count(html, / hidden=""/g)).toBe(1);
  });

  it('is well-formed, so that any tool can read it', () => {
    expect(openElements(page([stories]))).toEqual([]);
    expect(openElements(page([rehearsed({ steps: hourly(365) })]))).toEqual([]);
  });

  it('has no id twice', () => {
    const ids = [...page([stories, stories]).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('names from a manifest', () => {
  const EVIL = `</title></svg><script>alert(1)</script><img src=x onerror="alert(1)">'"&`;

  it('that are markup are text wherever they stand', () => {
    const event: Happened = { at: '2026-01-05T03:00:00Z', kind: 'run', task: EVIL, text: EVIL };
    const evil = step({
      task: EVIL,
      message: EVIL,
      command: EVIL,
      ran: [EVIL],
      failed: [EVIL],
      skipped: [EVIL],
      outcome: 'FAILED',
    });
    for (const steps of [[evil], Array.from({ length: 200 }, () => evil)]) {
      const html = page([
        rehearsed({
          name: EVIL,
          title: EVIL,
          steps,
          tasks: [EVIL, `${EVIL}2`],
          events: [event],
          differences: [EVIL],
          ok: false,
        }),
      ]);
      expect(html).not.toMatch(/<img|onerror="|<script>alert/);
      expect(count(html, /<script/g)).toBe(1);
      expect(openElements(html)).toEqual([]);
    }
  });

  it('may hold what XML cannot: control characters and halves of pairs', () => {
    expect(escaped('a\u0000b\u001bc\ud800d\ufffee\u{1f35e}\n')).toBe(
      'a\ufffdb\ufffdc\ufffdd\ufffde\u{1f35e}\n',
    );
  });
});

describe('the axis', () => {
  const labels = (from: string, to: string): string[] =>
    ticksOf({ from: Date.parse(from), to: Date.parse(to) }, 13).map(({ label }) => label);

  it('has hours, days, weeks from Monday, or months, never too many', () => {
    expect(labels('2026-01-05T22:30:00Z', '2026-01-06T01:15:00Z')).toEqual([
      '22:30',
      '22:45',
      '23:00',
      '23:15',
      '23:30',
      '23:45',
      'Tue 6 Jan',
      '00:15',
      '00:30',
      '00:45',
      '01:00',
      '01:15',
    ]);
    expect(labels('2026-01-05T05:00:00Z', '2026-01-15T00:00:00Z').slice(0, 2)).toEqual([
      'Tue 6 Jan',
      'Wed 7 Jan',
    ]);
    expect(labels('2026-01-06T00:00:00Z', '2026-03-01T00:00:00Z').slice(0, 2)).toEqual([
      'Mon 12 Jan',
      'Mon 19 Jan',
    ]);
    expect(labels('2026-01-05T00:00:00Z', '2027-01-04T00:00:00Z')).toEqual([
      'Feb 2026',
      'Mar',
      'Apr',
      'May',
      'Jun',
      'Jul',
      'Aug',
      'Sep',
      'Oct',
      'Nov',
      'Dec',
      'Jan 2027',
    ]);
    expect(labels('2000-01-01T00:00:00Z', '2026-01-01T00:00:00Z').length).toBeLessThan(30);
  });

  it('of a moment has one mark or none', () => {
    expect(labels('2026-01-05T00:00:00Z', '2026-01-05T00:00:01Z')).toEqual(['Mon 5 Jan']);
  });
});

/** Names of elements that are not closed where they should be; text in style and CDATA is passed over. */
function openElements(html: string): string[] {
  const markup = html
    .replace('<!DOCTYPE html>', '')
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  const open: string[] = [];
  const tag = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([<&])/g;
  for (const [whole, closes, name, , empty, stray] of markup.matchAll(tag)) {
    if (stray === '&') continue;
    if (stray === '<' || (closes && open.pop() !== name)) return [...open, whole];
    if (!closes && !empty) open.push(name!);
  }
  const entities = markup.match(/&(?!(?:amp|lt|gt|quot|#39);)/g) ?? [];
  return [...open, ...entities];
}

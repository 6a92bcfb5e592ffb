/**
 * The report as its readers see it, in Chromium: wide and 390 px, dark, on paper, without script. The pictures lie in
 * .auto-restart/screenshots for whoever changes the page.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { PolicyResult } from '../../src/backtest/backtest';
import type { Figures } from '../../src/backtest/figures';
import { backtestPage } from '../../src/backtest/page';
import { pageOf } from '../../src/rehearse/page/page';
import { reportPage } from '../../src/report/page/page';
import { hourly, rehearsed } from '../rehearse/steps';
import { type Browser, type Look, openPage, startBrowser } from './browser';
import { aMonth, failed, look, manyRuns, report, retry, run } from './runs';

const month = aMonth();

const FOLDER = path.join(__dirname, '../../.auto-restart/screenshots');

const EVIL = `</title></svg><script>document.title='owned'</script><img src=x onerror="document.title='owned'">`;
const root = run('2026-02-20T04:00:00.000Z', failed(`dough, ${EVIL}`));
const PAGES = {
  none: [report([])],
  one: [report([run('2026-03-02T04:00:00.000Z')])],
  some: [
    report(
      [run('2026-02-19T04:00:00.000Z'), root, run('2026-02-20T05:00:00.000Z', retry(root, 1)), run('2026-02-27T04:00:00.000Z', failed('rye_bread'))],
      [look('2026-02-27T06:00:00.000Z'), look('2026-02-27T06:30:00.000Z', { state: 'FAILED', error: EVIL })],
    ),
  ],
  // Its picture stands in the README: docs/report.png.
  month: [report(month.runs, month.taskRuns)],
  many: [report(manyRuns(5000))],
}; // prettier-ignore
/** Others in the same frame: days of rehearsal, and policies side by side. */
const figures = (hoursBroken: number): Figures => ({
  ...{
    retries: 12,
    healed: 9,
    notHealed: 2,
    unknown: 1,
    hoursBroken,
    retrySeconds: 5400,
    buildSeconds: 180_000,
  },
  ...{
    displaced: 3,
    displacedSeconds: 7200,
    displacedFailures: 1,
    looks: 40,
    lookMinutes: 25,
    unloggedBuilds: 0,
  },
});
const policy = (name: string, hours: number): PolicyResult => ({
  policy: name,
  jobs: [
    { job: 'daily', figures: figures(hours) },
    { job: 'rolls', figures: figures(hours / 3) },
  ],
  total: figures(hours),
});
const OTHER_PAGES = {
  rehearsals: pageOf([rehearsed({ steps: hourly(30) }), rehearsed({ name: '2-short', steps: hourly(1) })], {
    all: false,
  }),
  backtest: backtestPage({
    deployment: 'bakery',
    since: '2026-01-01T00:00:00Z',
    until: '2026-02-28T00:00:00Z',
    runs: 1234,
    policies: [policy('as it is', 41.5), policy('a finalizer and a window of some hours after it', 6.25)],
    notKnown: ['how long a retry would have taken: it is estimated from the models it names'],
  }),
};
const TITLES: Record<string, string> = { rehearsals: 'Rehearsals', backtest: 'Back-test of bakery' };

const LOOKS: Record<string, Look> = {
  desktop: { width: 1280 },
  phone: { width: 390 },
  dark: { width: 1280, dark: true },
  print: { width: 794, print: true },
};

let browser: Browser;
beforeAll(async () => {
  fs.mkdirSync(FOLDER, { recursive: true });
  for (const [name, reports] of Object.entries(PAGES)) {
    fs.writeFileSync(
      path.join(FOLDER, `${name}.html`),
      reportPage([{ target: 'ACME-PROD as DBT_DEPLOY', reports }]),
    );
  }
  for (const [name, html] of Object.entries(OTHER_PAGES))
    fs.writeFileSync(path.join(FOLDER, `${name}.html`), html);
  browser = await startBrowser();
});
afterAll(() => browser.close());

const open = (name: string, look: Look) => openPage(browser, path.join(FOLDER, `${name}.html`), look);

describe.each([...Object.keys(PAGES), ...Object.keys(OTHER_PAGES)])('%s', (name) => {
  it.each(Object.entries(LOOKS))(
    '%s: nothing is cut off, nothing complained of, nothing asked for',
    async (how, look) => {
      const { page, complaints, close } = await open(name, look);
      await page.screenshot({ path: path.join(FOLDER, `${name}-${how}.png`), fullPage: true });
      const wider = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect({ complaints, wider, title: await page.title() }).toEqual({
        complaints: [],
        wider: 0,
        title: TITLES[name] ?? 'Restarts',
      });
      await close();
    },
  );
});

it('without script everything is there: verdict, picture, blocks and the table of runs', async () => {
  const { page, close } = await open('some', { width: 1280, script: false });
  const text = (await page.locator('body').textContent()) ?? '';
  for (const part of ['broken: daily', 'Longest without being healed', 'Attempts per chain', 'Models that fail most', 'Time saved', 'rye_bread']) {
    expect(text).toContain(part);
  }
  expect(await page.locator('tbody tr').count()).toBe(6);
  await close();
}); // prettier-ignore

it('says on a phone that the picture goes on, and its text is large enough to be read', async () => {
  const { page, close } = await open('some', { width: 390 });
  expect(await page.locator('.swipe').isVisible()).toBe(true);
  const width = await page.evaluate("document.querySelector('svg.picture').getBoundingClientRect().width");
  const size = (Number(width) / 1080) * 11.5;
  expect(size).toBeGreaterThan(10);
  await close();
});

it('a bar leads to its row', async () => {
  const { page, close } = await open('some', { width: 1280 });
  await page.locator('svg.picture a.run').first().focus();
  await page.keyboard.press('Enter');
  expect(await page.evaluate("document.querySelector('tr:target').textContent")).toContain('full build');
  await close();
});

it('of 5,000 runs is below two megabytes, and drawn as a whole', async () => {
  expect(fs.statSync(path.join(FOLDER, 'many.html')).size).toBeLessThan(2e6);
  const { page, close } = await open('many', { width: 1280 });
  expect(await page.locator('svg.picture').count()).toBe(1);
  await close();
});

it('tells its kinds apart without colour: each fill is a pattern, a shape or a lightness of its own', async () => {
  const { page, close } = await open('some', { width: 1280 });
  const fills = (await page.evaluate(
    "['full', 'retry', 'failed'].map((name) => getComputedStyle(document.querySelector('.' + name)).fill)",
  )) as string[];
  expect(fills[0]).toMatch(/^rgb/);
  expect(fills[1]).toContain('#retry');
  expect(fills[2]).toContain('#failed');
  await close();
});

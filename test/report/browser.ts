/** Chromium without a window, as the page's readers have it: what it asks for and what it complains about is kept. */
import * as fs from 'node:fs';

/** What is used of playwright-core. Its own types are not asked for: they want those of the DOM. */
export interface Browser {
  newContext(options: object): Promise<Context>;
  close(): Promise<void>;
}

interface Context {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

export interface Page {
  on(event: 'console', listener: (message: { type(): string; text(): string }) => void): void;
  on(event: 'pageerror', listener: (error: Error) => void): void;
  on(event: 'request', listener: (request: { url(): string }) => void): void;
  emulateMedia(options: object): Promise<void>;
  goto(url: string): Promise<unknown>;
  title(): Promise<string>;
  screenshot(options: object): Promise<unknown>;
  evaluate(expression: string): Promise<unknown>;
  locator(selector: string): Locator;
  keyboard: { press(key: string): Promise<void> };
}

interface Locator {
  count(): Promise<number>;
  first(): Locator;
  focus(): Promise<void>;
  isVisible(): Promise<boolean>;
  textContent(): Promise<string | null>;
}

const PACKAGE: string = 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function findBrowser(): string {
  const found = [process.env['CHROME_BIN'] ?? '', ...PLACES].find(
    (file) => file !== '' && fs.existsSync(file),
  );
  if (found === undefined) throw new Error('no Chromium: make browser installs it, or set CHROME_BIN');
  return found;
}

export async function startBrowser(): Promise<Browser> {
  const { chromium } = (await import(PACKAGE)) as { chromium: { launch(options: object): Promise<Browser> } };
  return chromium.launch({
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
}

export interface Look {
  width: number;
  dark?: boolean;
  print?: boolean;
  script?: boolean;
}

export interface Opened {
  page: Page;
  /** Errors and warnings of the console, errors of scripts, addresses asked for beside the page's own. */
  complaints: string[];
  close(): Promise<void>;
}

/** @param file path of the page */
export async function openPage(browser: Browser, file: string, look: Look): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 900 },
    colorScheme: look.dark === true ? 'dark' : 'light',
    javaScriptEnabled: look.script !== false,
    deviceScaleFactor: look.width < 600 ? 2 : 1,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== `file://${file}`) complaints.push(request.url());
  });
  if (look.print === true) await page.emulateMedia({ media: 'print' });
  await page.goto(`file://${file}`);
  return { page, complaints, close: () => context.close() };
}

/** The frame of every page: one file that needs nothing else, and that can be read without its script. */
import { createHash } from 'node:crypto';
import { KIND_NAMES, KINDS, kindOf } from '../kinds';
import type { Step } from '../step';
import { element, escaped } from './escape';
import { SCRIPT } from './script';
import { PATTERNS, STYLE } from './style';

/** Texts are escaped here; what is markup says so. */
export interface PageParts {
  title: string;
  /** One sentence below the title. */
  lead: string;
  /** What the link for keyboards leads to: `rehearsal`. */
  first: string;
  navigationMarkup: string;
  legendMarkup: string;
  sectionsMarkup: string;
  footer: string;
}

/** @returns a document that is well-formed as HTML and as XML */
export function documentOf(parts: PageParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="${policy()}"/>
<title>${escaped(parts.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#first">Skip to the first ${escaped(parts.first)}</a>
${PATTERNS}
<header class="top">
<h1>${escaped(parts.title)}</h1>
<p class="lead">${escaped(parts.lead)}</p>
${parts.navigationMarkup}
${parts.legendMarkup}
</header>
<main id="first">
${parts.sectionsMarkup}
</main>
<footer>${escaped(parts.footer)}</footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** Nothing is loaded, and no script runs but the page's own. */
function policy(): string {
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  return `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

/** What a reader of pictures with rows below them should know. */
export const BARS_LEAD = 'Each bar leads to its row; arrow keys go from bar to bar.';

/** Of what the pictures show, and no more. @param moreMarkup further items */
export function legendOf(steps: readonly Step[], moreMarkup: readonly string[] = []): string {
  const shown = KINDS.filter((kind) => steps.some((step) => kindOf(step) === kind));
  const kinds = shown.map(
    (kind) =>
      `<li>${boxOf(kind === 'nothing' ? element('circle', { class: kind, cx: 9, cy: 7, r: 3.5 }) : swatch(kind))}${KIND_NAMES[kind]}</li>`,
  );
  const waits = steps.some(({ started, dbtStarted }) => dbtStarted !== null && dbtStarted > started);
  const items = [
    ...kinds,
    `<li>${boxOf(`<path class="cross" d="M5.500 3.500l7 7m0 -7l-7 7"/>`)}${boxOf(swatch('failed'))}failed</li>`,
    ...(waits
      ? [`<li>${boxOf(element('rect', { class: 'waiting', x: 1, y: 4, width: 16, height: 6 }))}waits</li>`]
      : []),
    ...moreMarkup,
  ];
  return `<ul class="legend" aria-label="Legend">${items.join('')}</ul>`;
}

/** What may be wider than a phone: it is moved sideways, and says so. */
export function scrolled(markup: string, label: string): string {
  return `<p class="swipe" aria-hidden="true">It goes on to the right: swipe it \u2192</p>
<div class="scroll" tabindex="0" role="region" aria-label="${escaped(label)}">${markup}</div>`;
}

export function boxOf(markup: string): string {
  return `<svg width="18" height="14" aria-hidden="true">${markup}</svg>`;
}

export function swatch(name: string): string {
  return element('rect', { class: name, x: 1, y: 1, width: 16, height: 12, rx: 2 });
}

export interface Tile {
  value: string;
  what: string;
  /** `bad` stands out, `none` steps back. */
  look?: 'bad' | 'none' | undefined;
}

export function tilesOf(tiles: readonly Tile[]): string {
  const shown = tiles.map(({ value, what, look }) =>
    element('div', { class: look }, `<dt>${escaped(what)}</dt><dd>${escaped(value)}</dd>`),
  );
  return `<dl class="tiles">${shown.join('')}</dl>`;
}

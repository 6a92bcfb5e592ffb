/** Text into HTML and SVG: the only place that does it. Names come from manifests and may hold anything. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and for attributes in quotes. What XML cannot hold (control characters, half a surrogate pair) becomes U+FFFD. */
export function escaped(text: string): string {
  return text
    .replace(/\p{Surrogate}|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** An element. Attributes that are `undefined` are left out; `inside` is markup already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  inside = '',
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? short(value) : escaped(value)}"`],
  );
  return inside === ''
    ? `<${name}${written.join('')}${VOID.has(name) ? '/>' : `></${name}>`}`
    : `<${name}${written.join('')}>${inside}</${name}>`;
}

/** Elements without content, in HTML and in SVG. */
const VOID: ReadonlySet<string> = new Set(['meta', 'br', 'input', 'rect', 'path', 'line', 'circle', 'use']);

/** Coordinates to a tenth of a pixel. */
function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

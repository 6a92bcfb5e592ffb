/**
 * Colours of our own are told from those in a text that a server, a log or a config sent: until it is written, each of ours
 * begins with a mark that nobody else can know. What a terminal would obey and that lacks it is shown instead.
 */
import { randomBytes } from 'node:crypto';

/** New in each process. */
export const MARK = `\ue000${randomBytes(9).toString('hex')}\ue001`;

/** A colour, ours or written as terminals take it. */
export const COLOUR_SOURCE = `(?:${MARK}|\\u001b)\\[[\\d;]*m`;

/** A painter of picocolors whose colours are marked as ours; what stands in the text stays what it is. */
export function marked(paint: (text: string) => string): (text: string) => string {
  const [open = '', close = ''] = paint('x')
    .split('x')
    .map((code) => code.replaceAll('\u001b', MARK));
  return (text) => `${open}${text}${close}`;
}

/** @param escape makes visible what a terminal would obey @returns the text with our colours, and no others */
export function onlyOurs(text: string, escape: (text: string) => string): string {
  return text
    .split(MARK)
    .map((part, at) => {
      const code = at === 0 ? '' : (/^\[[\d;]*m/.exec(part)?.[0] ?? '');
      return `${code === '' ? '' : '\u001b'}${code}${escape(part.slice(code.length))}`;
    })
    .join('');
}

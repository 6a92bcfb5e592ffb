/** Rows with a name, a bar of one or more parts, and a text; they break where a screen is narrow. */
import { element, escaped } from './escape';

/** @param parts classes of the fills, and shares of the widest bar between 0 and 1 */
export function barRow(
  name: string,
  parts: readonly { look: string; share: number }[],
  text: string,
): string {
  let x = 0;
  const bars = parts.map(({ look, share }) => {
    const bar = element('rect', {
      class: look,
      x: `${x.toFixed(2)}%`,
      y: 0,
      width: `${(share * 100).toFixed(2)}%`,
      height: 12,
    });
    x += share * 100;
    return bar;
  });
  return `<li><span class="name">${escaped(name)}</span><svg width="100%" height="12" aria-hidden="true">${bars.join('')}</svg><span class="until">${escaped(text)}</span></li>`;
}

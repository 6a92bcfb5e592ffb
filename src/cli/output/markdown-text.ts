/** Texts of others in Markdown: GitHub's and GitLab's. */

export function longestTicks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
}

/** Text between other text: nothing of it is Markdown, HTML or a column of a table. */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]~|]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\s*\n\s*/g, ' ');
}

/** A name, between as many ticks as it needs. */
export function code(text: string): string {
  const plain = text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
  const ticks = '`'.repeat(longestTicks(plain) + 1);
  return ticks.length === 1 ? `${ticks}${plain}${ticks}` : `${ticks} ${plain} ${ticks}`;
}

/** All lines but the first are indented: the place in the template indents that one. */
export function indented(width: number, text: string): string {
  return text.trim().replace(/\n(?=.)/g, `\n${' '.repeat(width)}`);
}

import type { Token } from '../../sql/lexer';

/** Whether the statement begins with these words; an identifier in quotes is no word. */
export function startsWith(tokens: readonly Token[], ...words: string[]): boolean {
  return words.every((word, index) => tokens[index]?.kind === 'word' && tokens[index].value === word);
}

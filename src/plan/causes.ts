/** Who changed what, in words. */
import type { Change } from './step';

export function causes(changes: readonly Change[]): string {
  const found = new Set(changes.map(({ cause }) => cause));
  const words = [
    found.has('config') ? 'the config changed' : '',
    found.has('account') ? 'somebody changed the account' : '',
  ].filter(Boolean);
  return words.length === 0 ? 'config or account changed' : words.join(', and ');
}

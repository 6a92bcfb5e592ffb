/**
 * The last look before SQL leaves this room: what every client sends unchanged. Values are escaped where they are
 * written (`sql-text`), so this can only find a mistake in a template.
 */

const MISTAKES: [RegExp, string][] = [
  [/[^\x20-\x7e\n]/, 'a character that is not printable ASCII'],
  [/&|<%|\{\{|\{%|\{#/, "a client's template mark"],
  [/\[dbt-auto-restart \S+ \\x01\]/, 'an unfilled fingerprint'],
];

/** All of them at once: there is none but by mistake. */
const ANY = new RegExp(MISTAKES.map(([pattern]) => pattern.source).join('|'));

/** @param what names the text in the error */
export function assertSendable(sql: string, what: string): void {
  if (!ANY.test(sql)) return;
  for (const [pattern, mistake] of MISTAKES) {
    const found = pattern.exec(sql);
    if (found) {
      const line = sql.slice(0, found.index).split('\n').length;
      throw new Error(`${what} holds ${mistake} in line ${line}: ${JSON.stringify(found[0])}`);
    }
  }
}

/**
 * The last look before SQL leaves this room: what every client sends unchanged. Values are escaped where they are
 * written (`sql-text`), so this can only find a mistake in a template.
 */

const UNPRINTABLE = /[^\x20-\x7e\n]/;
const TEMPLATE_MARKS = ['&', '<%', '{{', '{%', '{#'];
const UNFILLED = /\[dbt-auto-restart \S+ \\x01\]/;

/** @param what names the text in the error */
export function assertSendable(sql: string, what: string): void {
  refuse(sql, what, 'a character that is not printable ASCII', UNPRINTABLE.exec(sql)?.[0]);
  for (const mark of TEMPLATE_MARKS)
    refuse(sql, what, "a client's template mark", sql.includes(mark) ? mark : undefined);
  if (sql.includes('\\x01]')) refuse(sql, what, 'an unfilled fingerprint', UNFILLED.exec(sql)?.[0]);
}

function refuse(sql: string, what: string, mistake: string, found: string | undefined): void {
  if (found === undefined) return;
  const line = sql.slice(0, sql.indexOf(found)).split('\n').length;
  throw new Error(`${what} holds ${mistake} in line ${line}: ${JSON.stringify(found)}`);
}

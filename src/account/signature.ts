/** Signatures of procedures, as INFORMATION_SCHEMA and SHOW GRANTS write them. */

/** `(PROJECT_NAME VARCHAR, MAX_HOURS NUMBER(38,0))`, or only types -> `['VARCHAR', 'NUMBER']` */
export function argumentTypes(signature: string): string[] {
  const inside = signature
    .trim()
    .replace(/^\(|\)$/g, '')
    .replace(/\([^()]*\)/g, '');
  return inside
    .split(',')
    .map((argument) =>
      argument
        .replace(/"(?:[^"]|"")*"/g, 'NAME')
        .replace(/\bDEFAULT\b/i, '')
        .trim(),
    )
    .filter((argument) => argument !== '')
    .map((argument) => (argument.split(/\s+/).at(-1) ?? '').toUpperCase());
}

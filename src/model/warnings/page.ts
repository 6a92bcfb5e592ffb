/** Where a warning is explained, relative to the package. */
export function warningPage(code: string): string {
  return `docs/warnings.md#${code.toLowerCase()}`;
}

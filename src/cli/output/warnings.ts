/** Warnings about a config, on stderr: code, place, what it means, what to do, and the page. */
import type { Deployment } from '../../model/deployment';
import { warningPage } from '../../model/warnings/page';
import { colors, note } from './terminal';

export function noteWarnings(deployments: readonly Deployment[]): void {
  const paint = colors('stderr');
  for (const { name, warnings } of deployments) {
    for (const { code, where, message, hint } of warnings) {
      note(`${paint.yellow('warning')} ${code} deployments.${name}.${where}: ${message}`);
      note(paint.dim(`    ${hint} (${warningPage(code)})`));
    }
  }
}

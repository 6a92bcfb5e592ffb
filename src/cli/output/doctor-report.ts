/** What the doctor found, for a terminal. */
import { visible } from '../../config/characters';
import { counted } from '../../oncall/words';
import type { Finding } from '../../doctor/finding';
import { CHECKS } from '../../doctor/doctor';
import type { Diagnosis } from '../commands/doctor';
import { shownNow } from '../reading';
import { colors, type Colors } from './terminal';

export function doctorText(found: readonly Diagnosis[]): string {
  const paint = colors('stdout');
  return found.map((one) => diagnosisText(one, paint)).join('\n\n');
}

function diagnosisText({ target, session, deployment, findings }: Diagnosis, paint: Colors): string {
  const who = `${session.user ?? 'nobody'} as ${session.role ?? '(no role)'}`;
  const count = (severity: Finding['severity']): number =>
    findings.filter((one) => one.severity === severity).length;
  const summary = [counted(count('error'), 'error'), counted(count('warning'), 'warning')].join(', ');
  return [
    `${paint.bold(deployment)}: ${findings.length === 0 ? paint.green('nothing is wrong') : summary}`,
    paint.dim(`  ${shownNow(session.now)}, ${target}, ${who}`),
    paint.dim(`  looked at: connection, ${Object.keys(CHECKS).join(', ')}, log`),
    ...findings.flatMap((one) => [
      `  ${coloured(one, paint)} ${paint.bold(one.code)} ${visible(one.where)}: ${visible(one.message)}`,
      paint.dim(`      ${visible(one.hint)}`),
    ]),
  ].join('\n');
}

function coloured({ severity }: Finding, paint: Colors): string {
  return { error: paint.red, warning: paint.yellow, note: paint.dim }[severity](severity);
}

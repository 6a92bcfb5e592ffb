/** Doubts about a config that is valid: each has a code, and a section in docs/warnings.md. */
import type { Deployment, Warning } from '../deployment';
import type { WarningContext } from './context';

const RULES: readonly ((context: WarningContext) => Warning[])[] = [];

export function findWarnings(context: WarningContext): Deployment['warnings'] {
  return RULES.flatMap((rule) => rule(context));
}

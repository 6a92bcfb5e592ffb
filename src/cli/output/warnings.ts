/** Warnings about a config: code, place, what it means, what to do, and the page. What concerns many places is one. */
import type { Deployment } from '../../model/deployment';
import { warningPage } from '../../model/warnings/page';
import { visible } from '../../config/characters';
import { colors, note } from './terminal';

/** As `--json` has it. */
export interface ReportedWarning {
  deployment: string;
  code: string;
  /** Path below `deployments.<deployment>`: of the first place. */
  where: string;
  message: string;
  hint: string;
  /** In how many places it was found. */
  count: number;
  /** Some of the other places, with their deployments. */
  others: string[];
}

/** So many of one code are told one by one. */
const FEW = 3;
const OTHERS_NAMED = 5;

export function reportedWarnings(deployments: readonly Deployment[]): ReportedWarning[] {
  const all = deployments.flatMap(({ name, env, warnings }) =>
    warnings.map((warning) => ({
      place: `${env === null ? '' : `${env}: `}deployments.${name}.${warning.where}`,
      warning: { deployment: name, ...warning },
    })),
  );
  const byCode = new Map<string, typeof all>();
  for (const found of all) {
    const alike = byCode.get(found.warning.code) ?? [];
    alike.push(found);
    byCode.set(found.warning.code, alike);
  }
  const reported = new Set<string>();
  return all.flatMap(({ warning }): ReportedWarning[] => {
    const alike = byCode.get(warning.code) ?? [];
    if (alike.length <= FEW) return [{ ...warning, count: 1, others: [] }];
    if (reported.has(warning.code)) return [];
    reported.add(warning.code);
    const others = alike.slice(1, 1 + OTHERS_NAMED).map(({ place }) => place);
    return [{ ...warning, count: alike.length, others }];
  });
}

export function noteWarnings(deployments: readonly Deployment[]): void {
  const paint = colors('stderr');
  for (const { code, deployment, where, message, hint, count, others } of reportedWarnings(deployments)) {
    note(
      `${paint.yellow('warning')} ${code} deployments.${deployment}.${visible(where)}: ${visible(message)}`,
    );
    if (count > 1) {
      const more = count - 1 > others.length ? ', ...' : '';
      note(`    and in ${count - 1} more places: ${visible(others.join(', '))}${more}`);
    }
    note(paint.dim(`    ${visible(hint)} (${warningPage(code)})`));
  }
}

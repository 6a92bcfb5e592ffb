/** What a plan wants somebody to agree to before it is applied. */
import { HAZARDS, type Hazard } from './hazards';
import type { PlanOptions } from './options';
import type { Plan } from './step';

export interface Objection extends Hazard {
  deployment: string;
  /** What agrees to it; `null` where nothing does. */
  consent: string | null;
}

/** Why the plan may not be applied as it is: nothing of it is then. */
export function objections(
  { deployments }: Plan,
  { allow, adopt }: Pick<PlanOptions, 'allow' | 'adopt'>,
): Objection[] {
  return deployments.flatMap(({ deployment, steps, findings }) => [
    ...findings
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message, where, hint }): Objection => {
        const said = `${code} ${where}: ${message}; ${hint}`;
        return { deployment, code: 'LOG_CONTRACT', message: said, consent: null };
      }),
    ...steps.flatMap(({ hazards }) =>
      hazards.flatMap((found): Objection[] => {
        const { consent } = HAZARDS[found.code];
        if (consent === 'refuse') return [{ ...found, deployment, consent: null }];
        const isGiven = found.code === 'ADOPT' ? adopt : allow.has(found.code);
        if (consent === 'tell' || isGiven) return [];
        return [
          { ...found, deployment, consent: found.code === 'ADOPT' ? '--adopt' : `--allow ${found.code}` },
        ];
      }),
    ),
  ]);
}

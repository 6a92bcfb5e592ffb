/** Whose a deployed object is, by its mark. */
import { ownerText, readMark, type Mark, type Owner } from '../render/fingerprint';
import type { PlanOptions } from './options';
import type { Change } from './step';

export type Whose =
  /** Of this deployment. */
  | 'ours'
  /** Of another deployment of the same app and environment, which has given it up, or is gone. */
  | 'given-up'
  /** Of another app or environment. */
  | 'foreign'
  /** Without a mark. */
  | 'unmarked';

/**
 * Two deployments of one config never want one object: who wants it now has it from who wanted it before. Without an `app` a deployment that is
 * not in this config may be another repository's.
 */
export function whose(comment: string, owner: Owner, { known }: Pick<PlanOptions, 'known'>): Whose {
  const mark = readMark(comment);
  if (mark === null) return 'unmarked';
  if (mark.app !== owner.app || mark.env !== owner.env) return 'foreign';
  if (mark.deployment === owner.deployment) return 'ours';
  return mark.app !== null || known.some(({ deployment }) => deployment === mark.deployment)
    ? 'given-up'
    : 'foreign';
}

export function isMarkOf(comment: string, owner: Owner): boolean {
  const mark = readMark(comment);
  return mark !== null && ownerText(mark) === ownerText(owner);
}

/** Who had it, in words: `no mark`, `of deployment other/prod/o2c`. */
export function ownerInWords(comment: string): string {
  const mark: Mark | null = readMark(comment);
  return mark === null ? 'without a mark of ours' : `of ${ownerText(mark)}`;
}

/** Of what another deployment has given up. @param of the object, with its kind */
export function takenOver(of: string, comment: string, { deployment }: Owner): Change {
  const before = readMark(comment)?.deployment ?? null;
  return { of, cause: 'config', what: 'deployment', before, after: deployment };
}

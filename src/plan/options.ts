/** What whoever asks for a plan agrees to, and what the config has besides. */
import type { HazardCode } from './hazards';

export interface PlanOptions {
  /** All deployments that the config has in this environment, and where: a mark with another name or place is of one that is gone. */
  known: readonly { deployment: string; database: string; schema: string }[];
  /** Qualified names of the tasks of all those deployments: one of them takes over a task that another gives up. */
  claimed: ReadonlySet<string>;
  /** Whether objects of deployments that are gone are looked for: only where all deployments are planned. */
  removed: boolean;
  /** Whether a mark without an `app` is surely this repository's: not in an account that others use too. */
  certain: boolean;
  allow: ReadonlySet<HazardCode>;
  /** Whether objects that are not ours are taken over. */
  adopt: boolean;
  /** Whether the account is the embedded one, where an undocumented procedure is modelled. */
  local: boolean;
}

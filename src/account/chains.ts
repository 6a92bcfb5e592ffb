/** Chains of retries that are under way, from a deployed state view. */
import type { ObjectName } from '../model/deployment';
import type { DeployedChain } from '../plan/deployed';
import { qualified } from '../sql-text';
import type { Session } from '../snowflake/session';
import { textIn } from './answers';

/** @returns none where the view is not there, not visible, or its log cannot be read: the plan stands without them */
export async function readChains(session: Session, view: ObjectName): Promise<DeployedChain[]> {
  try {
    const { rows } = await session.run(
      `SELECT JOB_NAME, ATTEMPTS_MADE, ATTEMPTS_LEFT\nFROM ${qualified(view)}\nWHERE CHAIN_REASON = 'RETRY'\nORDER BY JOB_NAME`,
    );
    return rows.map((row) => ({
      job: textIn(row, 'JOB_NAME') ?? '',
      attemptsMade: Number(textIn(row, 'ATTEMPTS_MADE') ?? 0),
      attemptsLeft: Number(textIn(row, 'ATTEMPTS_LEFT') ?? 0),
    }));
  } catch {
    return [];
  }
}

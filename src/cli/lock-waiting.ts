/** Waits until nobody applies any more, and plans again: what the other one did need not be done. */
import type { DeployedLock } from '../plan/deployed';
import { holderInWords } from '../plan/lock-notes';
import { LOCK_NAME } from '../render/lock';
import type { PlannedTarget } from './planning';
import { note } from './output/terminal';

const LOOK_EVERY_MS = 5000;

/** @param minutes 0 does not wait; who is still there afterwards is told when the lock is taken */
export async function waitForLocks(targets: readonly PlannedTarget[], minutes: number): Promise<void> {
  const until = Date.now() + minutes * 60_000;
  for (const target of targets) {
    let said = '';
    for (let held = heldIn(target); held.length > 0 && Date.now() < until; held = heldIn(target)) {
      const holders = held.map(holderInWords).join('; ');
      if (holders !== said) note(`waiting for at most ${minutes} min: ${holders}`);
      said = holders;
      await new Promise((resolve) => setTimeout(resolve, Math.min(LOOK_EVERY_MS, until - Date.now())));
      target.planned = await target.again();
    }
  }
}

/** What a take-over that died has left under another name is nobody's to wait for. */
function heldIn({ planned }: PlannedTarget): DeployedLock[] {
  return planned.deployed.locks.filter(({ name }) => name.name === LOCK_NAME);
}

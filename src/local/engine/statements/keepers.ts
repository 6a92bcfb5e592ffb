/** Which feature keeps the objects of a kind. */
import type { EngineSession } from '../account';
import type { ObjectKind } from '../contract';

export function keeperOf(session: EngineSession, kind: string): ObjectKind | undefined {
  return session.account.features
    .flatMap((feature) => feature.objects ?? [])
    .find((object) => object.kind === kind);
}

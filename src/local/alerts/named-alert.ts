import { keyOf, qualify } from '../catalog/names';
import type { Session } from '../engine/contract';
import { doesNotExist } from '../errors';
import type { TokenReader } from '../sql/token-reader';
import { alertsOf, type Alert } from './alert';

/** The alert whose name comes next. @throws SnowflakeError 002003 */
export function namedAlert(reader: TokenReader, session: Session): Alert {
  const key = keyOf(qualify(reader.name(), session));
  const alert = alertsOf(session.account).get(key);
  if (!alert) throw doesNotExist('Alert', key);
  return alert;
}

// A heartbeat of somebody who has to report that the record is well; others' are passed over.

import { AUDIT_SOURCE, PROMISES_SOURCE, auditHeartbeat, promisesHeartbeat } from '@unbroken/contracts';
import type { AuditHeartbeat, PromisesHeartbeat } from '@unbroken/contracts';
import { PoisonMessage } from '@unbroken/platform';
import type { RawMessage } from '@unbroken/platform';

/** @throws PoisonMessage for what calls itself a source's and is none */
export function readHeartbeat({ key, value, offset }: RawMessage): (AuditHeartbeat | PromisesHeartbeat)[] {
  const text = () => JSON.parse(value?.toString('utf8') ?? '') as unknown;
  try {
    if (key === AUDIT_SOURCE) return [auditHeartbeat.parse(text())];
    if (key === PROMISES_SOURCE) return [promisesHeartbeat.parse(text())];
    return [];
  } catch {
    throw new PoisonMessage(offset, `not a heartbeat of ${key === AUDIT_SOURCE ? 'an audit' : 'promises'}`);
  }
}

// What the command says once a statement about a parcel is signed and posted.

import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import type { Written } from '../signing/pen.js';
import type { Session } from './session.js';

/** @param done the statement in the past tense, for example "Offered to danish-post" */
export function tellStatement(session: Session, sub: ShipmentId, done: string, { tid, pending }: Written): void {
  const { quiet, good } = session.paint;
  const kept = pending ? `${good('✓')} signed and taken; not recorded yet` : `${good('✓')} signed and recorded`;
  session.tell({ sub, tid, pending }, [
    `${done}.`,
    `${formatShipmentId(sub)}  ${kept}  ${quiet(tid)}`,
    ...(pending ? [`See what becomes of it: unbroken chain ${formatShipmentId(sub)}`] : []),
  ]);
}

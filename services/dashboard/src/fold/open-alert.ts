// An alert as the dashboard keeps it: what custody.alerts.v1 says of it last.

import type { AboutParcel, AlertRecord } from '@unbroken/contracts';
import type { Occasion } from '@unbroken/words';

/** Raised or acknowledged, and not resolved. */
export type OpenAlert = AlertRecord & AboutParcel;

/** What its sentence may speak of. Why bytes were refused is not on the topic. */
export const occasionOf = ({ tid, dueAt, late }: AlertRecord): Occasion => ({
  tid,
  dueAt: dueAt === undefined ? null : new Date(dueAt),
  late: late ?? false,
  refusal: null,
});

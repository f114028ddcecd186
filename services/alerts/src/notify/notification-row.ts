// A message to one contact, as it is kept.

import type { Notification } from '@unbroken/contracts';
import type { PartyId } from '@unbroken/tokens';
import type { Change } from './decide/notice.js';

export interface NotificationRow {
  readonly id: string;
  readonly party: PartyId;
  readonly contact: string;
  readonly kind: Notification['kind'];
  readonly change: Change;
  readonly state: Notification['state'];
  readonly due_at: Date;
  readonly tries: number;
  readonly first_tried_at: Date | null;
  readonly next_at: Date | null;
  readonly ended_at: Date | null;
  readonly unreached: boolean;
}

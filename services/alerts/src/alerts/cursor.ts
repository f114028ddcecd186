// Where a page of alerts ended, as the caller hands it back.

import { Problem } from '@unbroken/platform';
import { isAlertId } from './alert-id.js';
import type { Alert } from './alert.js';

/** Alerts are raised with the service's clock in milliseconds, so a cursor loses nothing of their order. */
export const writeCursor = ({ raisedAt, id }: Pick<Alert, 'raisedAt' | 'id'>): string => `${raisedAt.getTime()}.${id}`;

/** @throws Problem 400 for what `writeCursor` has not written */
export function readCursor(cursor: string): Pick<Alert, 'raisedAt' | 'id'> {
  const [, at = '', id = ''] = /^(\d{1,15})\.(.+)$/.exec(cursor) ?? [];
  if (at !== '' && isAlertId(id)) return { raisedAt: new Date(Number(at)), id };
  throw new Problem({
    status: 400,
    code: 'query.cursor',
    title: 'The cursor is not one of this service',
    detail: 'The cursor was not written by this service',
    pointer: '/cursor',
    cure: 'Leave the cursor out to begin at the newest alert, or give the one of the page before as it is',
  });
}

// Where a page of chains ended, as the caller hands it back: the place of its last row in the order of the table.

import { chainGroups, severities } from '@unbroken/contracts';
import { Problem } from '@unbroken/platform';

export interface Place {
  readonly chain_group: string;
  readonly severity: string;
  /** A bigint, which the driver gives as text. */
  readonly since: string;
  readonly sub: string;
}

export const writeCursor = ({ chain_group, severity, since, sub }: Place): string =>
  [chain_group, severity, since, sub].join('.');

const FORM = /^([a-z-]+)\.([a-z]+)\.(-?\d{1,16})\.([0-9A-Z]{17})$/;

/** @throws Problem 400 for what `writeCursor` has not written */
export function readCursor(cursor: string): Place {
  const [, chain_group = '', severity = '', since = '', sub = ''] = FORM.exec(cursor) ?? [];
  const isOurs = (chainGroups as readonly string[]).includes(chain_group);
  if (isOurs && [...severities, 'none'].includes(severity)) return { chain_group, severity, since, sub };
  throw new Problem({
    status: 400,
    code: 'query.cursor',
    title: 'The cursor is not one of this service',
    detail: 'The cursor was not written by this service',
    pointer: '/after',
    cure: 'Leave it out to begin with the worst chain, or give the one of the page before as it is',
  });
}

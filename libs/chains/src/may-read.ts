// Who may be told of a chain by a door that asks who it is (docs/protocol, sections 6 and 11).

import { readersOf } from '@unbroken/custody';
import type { ChainSummary, Role } from '@unbroken/custody';
import type { Asking } from './who-asks.js';

const READ_ALL: readonly Role[] = ['auditor', 'operator'];

/** Of every parcel, of whichever party. */
export const mayReadAll = ({ roles }: Pick<Asking, 'roles'>): boolean => READ_ALL.some((role) => roles.includes(role));

/** Of this one: it names their party, or they read all. */
export const mayRead = (asking: Pick<Asking, 'party' | 'roles'>, chain: ChainSummary): boolean =>
  readersOf(chain).has(asking.party) || mayReadAll(asking);

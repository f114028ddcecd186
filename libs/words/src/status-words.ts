// Where a parcel stands, in a few words, for documents that tell it of many parcels or to people outside.

import type { Status } from '@unbroken/custody';

export const statusWords: Readonly<Record<Status, string>> = {
  prepared: 'not handed over yet',
  offered: 'on offer to the next party',
  'in-custody': 'on the way',
  arrived: 'with whom it is for, and not confirmed yet',
  confirmed: 'confirmed by whom it is for',
  astray: 'in the hands of a party that was not to have it',
  lost: 'lost',
  disputed: 'disputed, as statements contradict each other',
  destroyed: 'destroyed',
  void: 'declared void',
};

// What somebody reported of a parcel, in words.

import type { ShipmentClaims } from '@unbroken/custody';

export const reportWords: Readonly<Record<ShipmentClaims<'reported'>['what'], string>> = {
  lost: 'lost',
  stolen: 'stolen',
  damaged: 'damaged',
  opened: 'opened',
  misdelivered: 'misdelivered',
  short: 'not all of it is there',
  'not-in-shipment': 'something is there that is not of this parcel',
  other: 'something else is wrong',
};

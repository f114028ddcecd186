// What a token says about the parcel itself. Judged wherever the token stands: saying it is what counts.

import { when } from './judged.js';
import type { Judge } from './judged.js';

export const judgeParcel: Judge = ({ token: { claims }, line }) => {
  switch (claims.evt) {
    case 'accepted':
      return when({ 'parcel.opened': claims.cond === 'opened', 'parcel.damaged': claims.cond === 'damaged' });
    case 'confirmed':
      return when({
        'parcel.opened': !claims.unopened,
        'parcel.short': line.pieces !== null && claims.pieces < line.pieces,
      });
    case 'reported':
      return [reports[claims.what]];
    case 'found':
      return when({ 'misdelivery.stranger': !claims.mine });
    default:
      return [];
  }
};

const reports = {
  lost: 'parcel.lost',
  stolen: 'parcel.stolen',
  damaged: 'parcel.damaged',
  opened: 'parcel.opened',
  short: 'parcel.short',
  misdelivered: 'parcel.reported',
  'not-in-shipment': 'parcel.reported',
  other: 'parcel.reported',
} as const;

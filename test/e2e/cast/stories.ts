// What becomes of a parcel, signed to the end before anything is posted, and what the hub must make of it.

import type { FindingCode } from '@unbroken/custody';
import type { Cast } from './cast.js';
import { Parcel } from './parcel.js';

export interface Story {
  readonly parcel: Parcel;
  /** Its status once all tokens are recorded. */
  readonly status: string;
  /** The alerts it must raise, each once, in alphabetical order. */
  readonly alerts: readonly FindingCode[];
}

/** Sealed, by the courier to the consignee, confirmed unopened: nobody is alarmed. */
export async function delivered(cast: Cast): Promise<Story> {
  const parcel = await Parcel.register(cast);
  await parcel.says(cast.sender, 'sealed', { seals: { 'DK-0417': 'S' } });
  await parcel.handOver(cast.sender, cast.courier);
  await parcel.handOver(cast.courier, cast.consignee);
  await parcel.says(cast.consignee, 'confirmed', { seals: { 'DK-0417': 'intact' }, pieces: 1, unopened: true });
  return { parcel, status: 'confirmed', alerts: [] };
}

/** The courier offers it to the consignee, and the stranger takes it. */
export async function misdelivered(cast: Cast): Promise<Story> {
  const parcel = await Parcel.register(cast);
  await parcel.handOver(cast.sender, cast.courier);
  await parcel.handOver(cast.courier, cast.consignee, cast.stranger);
  return { parcel, status: 'astray', alerts: ['misdelivery.off-route', 'misdelivery.wrong-party'] };
}

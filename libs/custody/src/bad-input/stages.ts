// How far a parcel has come when something bad is tried; each stage goes on from another.

import { parties } from './cast.js';
import type { Cast } from './cast.js';
import { noParcel, registration, tell } from './parcel.js';
import type { Parcel } from './parcel.js';

export type Stage =
  | 'nothing'
  | 'registered'
  | 'sealed'
  | 'offered'
  | 'carried'
  | 'at the door'
  | 'arrived'
  | 'confirmed'
  | 'destroyed'
  | 'voided'
  | 'disputed';

type Step = (cast: Cast, at: (stage: Stage) => Promise<Parcel>) => Promise<Parcel>;

const seals = { 'S-1': 'intact' };

const steps: Readonly<Record<Stage, Step>> = {
  nothing: (cast) => Promise.resolve(noParcel(cast)),
  registered: async (cast, at) => {
    const parcel = await at('nothing');
    return tell(parcel, cast.device.sender, 'registered', registration(parcel.now));
  },
  sealed: async (cast, at) => tell(await at('registered'), cast.device.sender, 'sealed', { seals: { 'S-1': 'H' } }),
  offered: async (cast, at) =>
    tell(await at('sealed'), cast.device.sender, 'released', { to: parties.courier, mode: 'meet', seals }),
  carried: async (cast, at) => tell(await at('offered'), cast.device.courier, 'accepted', { cond: 'ok', seals }),
  'at the door': async (cast, at) =>
    tell(await at('carried'), cast.device.courier, 'released', { to: parties.consignee, mode: 'meet', seals }),
  arrived: async (cast, at) => tell(await at('at the door'), cast.device.consignee, 'accepted', { cond: 'ok', seals }),
  confirmed: async (cast, at) =>
    tell(await at('arrived'), cast.device.consignee, 'confirmed', { pieces: 2, unopened: true, seals }),
  destroyed: async (cast, at) => tell(await at('confirmed'), cast.device.consignee, 'destroyed', { how: 'shredded' }),
  voided: async (cast, at) => tell(await at('registered'), cast.device.sender, 'voided', { why: 'mistake' }),
  // Two offers on the same token; the courier, who is responsible, says which is true.
  disputed: async (cast, at) => {
    const carried = await at('carried');
    const offer = { to: parties.consignee, mode: 'meet', seals };
    const first = await tell(carried, cast.device.courier, 'released', offer);
    return tell(
      first,
      cast.device.courier,
      'released',
      { ...offer, mode: 'collect' },
      { crooked: true, on: carried.head },
    );
  },
};

export class Stages {
  readonly #known = new Map<Stage, Promise<Parcel>>();

  constructor(readonly cast: Cast) {}

  /** Told once. */
  readonly at = (stage: Stage): Promise<Parcel> => {
    const known = this.#known.get(stage) ?? steps[stage](this.cast, this.at);
    this.#known.set(stage, known);
    return known;
  };
}

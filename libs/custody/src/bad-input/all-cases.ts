// Every bad token that is thought of: for each event every claim missing, of another type and of another form, unknown ones,
// every hand that may not sign it, every time that cannot be, every place in the chain that it does not have.

import { catalogue } from '../events/catalogue.js';
import type { PartyEvent, ShipmentEvent } from '../events/catalogue.js';
import type { BadCase } from './bad-case.js';
import { Cast, parties } from './cast.js';
import { claimCases } from './claim-cases.js';
import { contentCases, twiceCases } from './content-cases.js';
import { partyHands, shipmentHands } from './hands-cases.js';
import { tell } from './parcel.js';
import { partyContentCases } from './party-content-cases.js';
import { placeCases } from './place-cases.js';
import { partyPosition, shipmentPosition } from './positions.js';
import type { Position } from './positions.js';
import { Stages } from './stages.js';
import { clockCases, orderCases } from './time-cases.js';

/** In the order of the catalogue; the same on every run but for keys and token ids. */
export async function allCases(): Promise<readonly BadCase[]> {
  const cast = await Cast.make();
  const stages = new Stages(cast);
  const positions = new Map<string, Position>();
  const cases: BadCase[] = [];
  for (const { evt, chain } of catalogue.values()) {
    const made =
      chain === 'party' ? await ofParty(evt as PartyEvent, cast) : await ofShipment(evt as ShipmentEvent, stages);
    positions.set(evt, made.position);
    cases.push(...made.cases);
  }
  return [...cases, ...(await orderCases(positions, stages)), ...(await twiceCases(positions, stages))];
}

interface Made {
  readonly position: Position;
  readonly cases: readonly BadCase[];
}

async function ofShipment(evt: ShipmentEvent, stages: Stages): Promise<Made> {
  const plain = await shipmentPosition(evt, stages);
  const { device } = stages.cast;
  const remarked =
    plain.parcel?.head == null
      ? null
      : await tell(plain.parcel, device.stranger, 'witnessed', { of: plain.parcel.head.tid });
  const remark = remarked?.told['witnessed'];
  return {
    position: plain,
    cases: [
      ...(await claimCases(evt, plain)),
      ...(await shipmentHands(evt, plain, stages.cast)),
      ...(await clockCases(evt, plain)),
      ...(await placeCases(evt, { ...plain, book: remarked?.book ?? plain.book }, remark)),
      ...(await contentCases(evt, plain, stages)),
    ],
  };
}

async function ofParty(evt: PartyEvent, cast: Cast): Promise<Made> {
  const position = await partyPosition(evt, cast);
  const remark = evt === 'admitted' ? undefined : cast.admission(parties.sender);
  return {
    position,
    cases: [
      ...(await claimCases(evt, position)),
      ...(await partyHands(evt, position, cast)),
      ...(await clockCases(evt, position)),
      ...(await placeCases(evt, position, remark)),
      ...(await partyContentCases(evt, position, cast)),
    ],
  };
}

// Every event known here, by name. Adding one: its file, its line here, its `evolve` case, its judge, its test.

import { z } from 'zod';
import { accepted } from './accepted.js';
import { admitted } from './admitted.js';
import { approved } from './approved.js';
import { attempted } from './attempted.js';
import { confirmed } from './confirmed.js';
import { corrected } from './corrected.js';
import type { EventDefinition } from './definition.js';
import { destroyed } from './destroyed.js';
import { enrolled } from './enrolled.js';
import { established } from './established.js';
import { extracted } from './extracted.js';
import { found } from './found.js';
import { held } from './held.js';
import { imported } from './imported.js';
import { inspected } from './inspected.js';
import { keyReleased } from './key-released.js';
import { mandated } from './mandated.js';
import { opened } from './opened.js';
import { policed } from './policed.js';
import { redirected } from './redirected.js';
import { refused } from './refused.js';
import { registered } from './registered.js';
import { released } from './released.js';
import { reported } from './reported.js';
import { revoked } from './revoked.js';
import { rooted } from './rooted.js';
import { sealed } from './sealed.js';
import { settled } from './settled.js';
import { sited } from './sited.js';
import { voided } from './voided.js';
import { withdrawn } from './withdrawn.js';
import { witnessed } from './witnessed.js';

const shipmentEvents = {
  registered,
  sealed,
  released,
  withdrawn,
  accepted,
  refused,
  confirmed,
  opened,
  destroyed,
  voided,
  approved,
  extracted,
  inspected,
  attempted,
  held,
  redirected,
  reported,
  imported,
  found,
  witnessed,
  corrected,
  settled,
  'key-released': keyReleased,
} as const satisfies Record<string, EventDefinition>;

const partyEvents = {
  established,
  admitted,
  enrolled,
  revoked,
  rooted,
  sited,
  mandated,
  policed,
} as const satisfies Record<string, EventDefinition>;

type ClaimsOf<C extends Record<string, { claims: z.ZodType }>> = { [E in keyof C]: z.infer<C[E]['claims']> };

type ShipmentClaimsByEvent = ClaimsOf<typeof shipmentEvents>;
type PartyClaimsByEvent = ClaimsOf<typeof partyEvents>;

export type ShipmentEvent = keyof ShipmentClaimsByEvent;
export type PartyEvent = keyof PartyClaimsByEvent;

/** Claims of one event, or of any event of a shipment's chain (a union told apart by `evt`). */
export type ShipmentClaims<E extends ShipmentEvent = ShipmentEvent> = ShipmentClaimsByEvent[E];
export type PartyClaims<E extends PartyEvent = PartyEvent> = PartyClaimsByEvent[E];

export const catalogue: ReadonlyMap<string, EventDefinition> = new Map<string, EventDefinition>(
  Object.entries({ ...shipmentEvents, ...partyEvents }),
);

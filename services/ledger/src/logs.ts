// The two logs of a deployment (docs/protocol, section 6): what they are called here, and on which topic each goes out.

import { isShipmentId } from '@unbroken/tokens';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { Topic } from '@unbroken/contracts';

/** The custody log's name carries its shard. */
export const logNames = ['registry', 'custody/0'] as const;
export type LogName = (typeof logNames)[number];

/** The origin that receipts, headers and checkpoints name. */
export const originOf = (log: LogName, deployment: string): string => `${deployment}/${log}`;

/** The log's name where a slash is none of a name's. */
export const fileNameOf = (log: LogName): string => log.replace('/', '-');

/** The log a chain belongs to; its `sub` alone decides, whichever topic a token came by. */
export const logOf = (sub: ShipmentId | PartyId): LogName => (isShipmentId(sub) ? 'custody/0' : 'registry');

export const recordedTopic = {
  registry: 'registry.recorded.v1',
  'custody/0': 'custody.recorded.v1',
} as const satisfies Record<LogName, Topic>;

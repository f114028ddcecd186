// The logs of a deployment (docs/protocol, section 6): what they are called here, and on which topic each goes out. There
// is one custody log that is written; where it lost what it had signed it has ended, and the next number goes on.

import { isShipmentId } from '@unbroken/tokens';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { Topic } from '@unbroken/contracts';

/** Numbers are given once and only grow. */
export type CustodyLog = `custody/${number}`;
export type LogName = 'registry' | CustodyLog;

export const firstCustody: CustodyLog = 'custody/0';

/** Which logs there are: what this process is told when it starts. */
export interface Logs {
  /** The custody log that is written. */
  readonly custody: CustodyLog;
  /** Those that have ended, the first one first. */
  readonly ended: readonly CustodyLog[];
}

/** The two that are written. */
export const writtenOf = ({ custody }: Pick<Logs, 'custody'>): readonly LogName[] => ['registry', custody];

/** All of them; the registry log first, then the custody logs in their order. */
export const allOf = ({ custody, ended }: Logs): readonly LogName[] => ['registry', ...ended, custody];

/** All custody logs, in their order. */
export const custodyOf = ({ custody, ended }: Logs): readonly CustodyLog[] => [...ended, custody];

/** The origin that receipts, headers and checkpoints name. */
export const originOf = (log: LogName, deployment: string): string => `${deployment}/${log}`;

/** The log's name where a slash is none of a name's. */
export const fileNameOf = (log: LogName): string => log.replace('/', '-');

/** A name as `fileNameOf` writes it, of a custody log. */
export function custodyNamed(fileName: string): CustodyLog | undefined {
  const [, number] = /^custody-(0|[1-9]\d{0,2})$/.exec(fileName) ?? [];
  return number === undefined ? undefined : `custody/${Number(number)}`;
}

/** The custody log of this origin; undefined where it is none. */
export const custodyAt = (origin: string, deployment: string): CustodyLog | undefined =>
  custodyNamed(origin.slice(deployment.length + 1).replace('/', '-'));

export const nextAfter = (log: CustodyLog): CustodyLog => `custody/${Number(log.slice('custody/'.length)) + 1}`;

/** The kind of log a chain belongs to; its `sub` alone decides, whichever topic a token came by. */
export const kindOf = (sub: ShipmentId | PartyId): 'registry' | 'custody' =>
  isShipmentId(sub) ? 'custody' : 'registry';

export const recordedTopic = (log: LogName): Extract<Topic, 'registry.recorded.v1' | 'custody.recorded.v1'> =>
  log === 'registry' ? 'registry.recorded.v1' : 'custody.recorded.v1';

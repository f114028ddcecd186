// `unbroken-agent scans`: what the gateway has taken and is not recorded, by name.

import { placeText } from './read/scan.js';
import type { Scan } from './read/scan.js';
import type { GatewayRecord, RefusedScan } from './record/gateway-record.js';

export interface ListedScan extends Pick<Scan, 'scheme' | 'number' | 'evt' | 'src'> {
  readonly state: 'waiting' | 'refused';
  /** RFC 3339. */
  readonly when: string;
  /** File, and line or event. */
  readonly from: string;
  readonly why: string;
}

/** Those that wait, the numbers in order, then those that were refused. */
export async function* listedScans(record: GatewayRecord): AsyncGenerator<ListedScan> {
  for await (const scan of record.eachWaiting()) {
    yield listed(scan, 'waiting', 'Its parcel is not registered, or the registration has not reached the agent.');
  }
  for (const { value } of await record.refused()) yield listed(value.scan, 'refused', whyOf(value));
}

const whyOf = ({ code, what, cure }: RefusedScan): string => `${code}: ${what} ${cure}`;

const listed = (scan: Scan, state: ListedScan['state'], why: string): ListedScan => ({
  state,
  scheme: scan.scheme,
  number: scan.number,
  evt: scan.evt,
  when: new Date(scan.when * 1000).toISOString(),
  src: scan.src,
  from: placeText(scan.from),
  why,
});

/** One line, for people. */
export const listedLine = ({ state, scheme, number, evt, when, from, why }: ListedScan): string =>
  `${state} ${scheme} ${number} ${evt} ${when} ${from}${state === 'refused' ? ` ${why}` : ''}`;

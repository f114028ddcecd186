// What the gateway remembers of the chains it hears of: by which numbers their parcels go, and where their lines stand. Only
// as much as a remark needs; whoever signs a line token asks the hub.

import type { TokenEntry } from '@unbroken/contracts';
import { readClaims } from '@unbroken/custody';
import type { ShipmentClaims } from '@unbroken/custody';
import { parseStatement } from '@unbroken/manifests';
import { z } from 'zod';
import { comparedNumber } from '../numbers/parcel-number.js';
import { schemes } from '../mapping/mapping.js';
import type { Scheme } from '../mapping/mapping.js';
import { keys } from '../record/gateway-record.js';
import type { Change } from '../record/gateway-record.js';

/** Where a chain's line stands: a remark hangs on `head`. Where it forked, that is where it did, for good. */
const heardChain = z.strictObject({
  head: z.string(),
  seq: z.int(),
  before: z.string().nullable(),
  forked: z.boolean(),
});
export type HeardChain = z.infer<typeof heardChain>;

export const readHeard = (value: unknown): HeardChain | undefined =>
  value === undefined ? undefined : heardChain.parse(value);

/** A number that has got a chain. */
export interface NewNumber {
  readonly scheme: Scheme;
  readonly number: string;
}

export interface Heard {
  readonly changes: readonly Change[];
  readonly chain: HeardChain | undefined;
  readonly numbers: readonly NewNumber[];
}

/**
 * The next recorded token of a chain, heard.
 * @param chain as it stood; undefined: nothing was heard of it
 */
export function hear(
  { token, recordedAt }: Pick<TokenEntry, 'token' | 'recordedAt'>,
  chain: HeardChain | undefined,
): Heard {
  const nothing: Heard = { changes: [], chain, numbers: [] };
  const { tid, claims: said } = parseStatement(token);
  // It was recorded as well-formed, for this deployment: only which event it is remains to be read.
  const { chain: kind, ...read } = readClaims(said, String(said['aud']));
  if (kind !== 'shipment' || !('claims' in read)) return nothing;
  const claims = read.claims as ShipmentClaims;
  if (claims.evt === 'registered') {
    if (chain !== undefined) return nothing;
    const { sub } = claims;
    const opened = { head: tid, seq: 0, before: null, forked: false };
    const numbers: NewNumber[] = [{ scheme: 'shipment', number: sub }];
    for (const [scheme, number] of Object.entries(claims.refs ?? {})) {
      if (isScheme(scheme)) numbers.push({ scheme, number: comparedNumber(scheme, number) });
    }
    // Signed by a device that may be off: the ledger's own clock says when.
    const at = Math.floor(recordedAt / 1000);
    const changes = numbers.map(({ scheme, number }): Change => [keys.numbered(scheme, number, sub), at]);
    return { changes: [...changes, [keys.chain(sub), opened]], chain: opened, numbers };
  }
  if (chain === undefined || chain.forked || !('prev' in claims) || !('seq' in claims)) return nothing;
  const next = stepped(chain, { tid, prev: claims.prev, seq: claims.seq });
  return next === undefined ? nothing : { changes: [[keys.chain(claims.sub), next]], chain: next, numbers: [] };
}

function stepped(
  chain: HeardChain,
  { tid, prev, seq }: { readonly tid: string; readonly prev: string; readonly seq: number },
): HeardChain | undefined {
  if (prev === chain.head && seq === chain.seq + 1) return { head: tid, seq, before: chain.head, forked: false };
  // A second one on the same: both branches are kept, and the line stands where they part (docs/protocol, section 4).
  if (prev === chain.before && seq === chain.seq && tid !== chain.head) {
    return { head: chain.before, seq: seq - 1, before: null, forked: true };
  }
  return undefined;
}

const isScheme = (scheme: string): scheme is Scheme =>
  scheme !== 'shipment' && schemes.some((known) => known === scheme);

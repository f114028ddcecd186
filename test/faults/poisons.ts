// What no producer of ours writes, and what a topic may hold all the same one day.

import { randomBytes } from 'node:crypto';
import { headers } from '@unbroken/contracts';
import { generateSigner, mintToken, newJti, shipmentId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import type { TopicRecord } from './topic-records.js';

export type Poison = Omit<TopicRecord, 'partition'>;

/** What a broker takes at most (max.message.bytes, 1,048,588) but for what surrounds the value of a lone record. */
const LARGEST_VALUE = 1_048_588 - 72;

/** Bytes that are no token and no entry. `sub` is a shipment that is known, which one of them pretends to be about. */
export function poisons(sub: string): readonly Poison[] {
  return [
    { key: Buffer.from('nobody'), value: null },
    { key: Buffer.from('nobody'), value: Buffer.alloc(0) },
    { key: Buffer.from([0xff, 0x00]), value: randomBytes(300) },
    { key: null, value: Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0x00, 0xed, 0xa0, 0x80]) },
    { key: Buffer.from(sub), value: randomBytes(40), headers: nonsense },
  ];
}

/** As large as the broker takes a record. */
export const largestPoison = (): Poison => ({ key: Buffer.from('n'), value: randomBytes(LARGEST_VALUE - 1) });

/** A token without fault, signed by a party that never existed; its record has no key. */
export async function tokenOfNobody(): Promise<Poison> {
  const { signer } = await generateSigner('ES256');
  const iss = 'nobody' as PartyId;
  const claims = { iss, sub: shipmentId(iss, newJti()), jti: newJti(), iat: 1_772_000_000, evt: 'withdrawn', seq: 1 };
  return { key: null, value: Buffer.from(await mintToken(claims, signer)) };
}

/** Every header there is, saying nothing that can be read. */
const nonsense = Object.fromEntries(Object.values(headers).map((name) => [name, 'a\u0000\ufffd\n-1']));

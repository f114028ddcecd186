// What is kept of an entry is kept by itself.
import { describe, expect, it } from '@jest/globals';
import { encodeEntry, headers } from '@unbroken/contracts';
import { encodePack, rawMessages } from '@unbroken/platform';
import { generateSigner, mintToken, newJti, shipmentId } from '@unbroken/tokens';
import type { KeyId, PartyId, TokenId } from '@unbroken/tokens';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readCustodyEntry } from './recorded-from.js';

const ORIGIN = 'unbroken-test/custody/0';
const PACKS = 100;
const PACK_BYTES = 200_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const heapMb = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
};

/** A token by a key of its own and one that was malformed, in a large pack. */
async function readFromPack(no: number) {
  const { signer } = await generateSigner('Ed25519');
  const [iss, jti] = ['north-post' as PartyId, newJti()];
  const sub = shipmentId(iss, jti);
  const token = await mintToken({ iss, sub, jti, iat: 1_700_000_000 + no, evt: 'registered' }, signer);
  const first = { recordedAt: 1_700_000_000_000, registrySize: 1 };
  const [tid, kid] = ['t'.repeat(43) as TokenId, 'k'.repeat(43) as KeyId];
  const entries = [
    encodeEntry({ kind: 'token', ...first, token }),
    encodeEntry({ kind: 'malformed', ...first, tid, kid, reason: 'colour:unknown' }),
    encodeEntry({ kind: 'malformed', ...first, tid, kid, reason: 'x'.repeat(PACK_BYTES) }),
  ];
  const value = encodePack(
    entries.map((entry, place) => ({
      index: String(place),
      key: sub,
      receivedAt: undefined,
      deviceClock: undefined,
      entry: Buffer.from(entry, 'latin1'),
    })),
  );
  const told = { [headers.logOrigin]: Buffer.from(ORIGIN), [headers.entries]: Buffer.from('3') };
  const message = { key: Buffer.from(sub), value, headers: told, offset: '0', timestamp: '0', attributes: 0 };
  return rawMessages('custody.recorded.v1', 0, message)
    .slice(0, 2)
    .map((one) => ({ key: one.key, ...readCustodyEntry(one) }));
}

describe('entries of packs', () => {
  it('read and kept → the packs they came in are not', async () => {
    const kept = [await readFromPack(0)];
    const before = heapMb();
    for (let no = 1; no <= PACKS; no += 1) kept.push(await readFromPack(no));
    expect(heapMb() - before).toBeLessThan((PACKS * PACK_BYTES) / 1e6 / 4);
    expect(kept.flat()).toHaveLength(2 * (PACKS + 1));
  });
});

// A chain as the command tells it, where what was recorded last did not happen last.

import type { ChainToken } from '@unbroken/contracts';
import { generateSigner, mintToken, newJti } from '@unbroken/tokens';
import type { SignerWithKey } from '@unbroken/tokens';
import { someHead, someShipment, shownToken } from '@unbroken/words/fixture';
import { chainLines } from './chain-lines.js';

const src = 'C'.repeat(42) + 'A';
const at = (moment: string) => Date.parse(moment) / 1000;
const plain = { strong: String, quiet: String, alarm: String, good: String };
const IMPORTED = '2026-11-19T12:00:00.000Z';

let key: SignerWithKey;
beforeAll(async () => (key = await generateSigner('ES256')));

async function scanned(claims: object): Promise<ChainToken> {
  const basic = { iss: 'danish-post', sub: someShipment, jti: newJti(), iat: at(IMPORTED), prev: someHead };
  const token = await mintToken({ ...basic, ...claims }, key.signer);
  return { ...shownToken(token), recordedAt: IMPORTED, grade: 'gateway' };
}

const told = (...tokens: ChainToken[]) =>
  chainLines({ sub: someShipment, state: null, tokens }, (party) => party ?? 'nobody', plain)
    .slice(2)
    .map((line) => line.slice(0, line.lastIndexOf('  ')));

const imported = (what: string, when: string, more: object = {}) =>
  scanned({ evt: 'imported', what, when: at(when), src, ...more });

it('scans imported a day later → when and where each was made, and when it was recorded', async () => {
  const scan = await imported('in-hall', '2026-11-18T09:40:00Z', { at: 'danish-post/hvidovre' });
  expect(told(scan)).toEqual([
    '· 2026-11-18 09:40 UTC, recorded 2026-11-19 12:00 UTC  The system of danish-post says: in-hall; at danish-post/hvidovre. (said by a gateway)',
  ]);
});

it('of one system and behind one statement, the later first → as they were made', async () => {
  const [late, early] = [
    await imported('delivered', '2026-11-19T10:00:00Z'),
    await imported('in-hall', '2026-11-18T10:00:00Z'),
  ];
  expect(told(late, early).map((line) => line.slice(2, 12))).toEqual(['2026-11-18', '2026-11-19']);
});

it.each([
  ['another party', { iss: 'snail-couriers' }],
  ['behind another statement', { prev: 'D'.repeat(42) + 'A' }],
  ['a hand-off', { evt: 'accepted', cond: 'ok', seq: 2, what: undefined }],
])('%s → stays where it was recorded', async (_what, claims) => {
  const [late, other] = [
    await imported('delivered', '2026-11-19T10:00:00Z'),
    await imported('in-hall', '2026-11-18T10:00:00Z', claims),
  ];
  expect(told(late, other).map((line) => line.slice(2, 12))).toEqual(['2026-11-19', '2026-11-18']);
});

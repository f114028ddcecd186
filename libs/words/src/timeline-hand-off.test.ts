import type { ChainAnswer, ChainToken } from '@unbroken/contracts';
import { generateSigner, mintToken, newJti, shipmentId, tokenId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import { timeline } from './timeline.js';

const post = 'danish-post' as PartyId;
const sub = shipmentId(post, newJti());

/** An offer to the courier, and who accepted it with what findings. */
async function offered(iss: string, findings: ChainToken['findings']): Promise<ChainAnswer> {
  const { signer } = await generateSigner('ES256');
  const base = { sub, jti: newJti(), iat: 1_770_000_000 };
  const release = { ...base, iss: post, evt: 'released', prev: 'A'.repeat(43), seq: 1, to: 'my-courier', mode: 'meet' };
  const released = await mintToken(release, signer);
  const tid = tokenId(released.slice(0, released.lastIndexOf('.')));
  const accepted = await mintToken({ ...base, iss, evt: 'accepted', prev: tid, seq: 2, cond: 'ok' }, signer);
  const place = { recordedAt: '2026-03-02T08:00:00.000Z', log: 'l', index: 0, grade: 'device' as const };
  return {
    sub,
    state: null,
    tokens: [
      { ...place, tid, token: released, findings: [] },
      { ...place, tid: 'B'.repeat(43), token: accepted, findings },
    ],
  };
}

const firstOf = (chain: ChainAnswer) => timeline(chain, (party) => party ?? 'nobody')[0];

it('accepted by whom it was offered to → both have signed', async () => {
  expect(firstOf(await offered('my-courier', []))).toMatchObject({ mark: '●', meaning: 'both have signed' });
});

it('accepted by another party → never “both have signed”', async () => {
  const chain = await offered('my-archive', ['misdelivery.wrong-party']);
  expect(firstOf(chain)).toMatchObject({ mark: '◑', meaning: 'another party has signed for it' });
});

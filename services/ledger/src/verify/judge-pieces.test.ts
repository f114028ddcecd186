// Pieces of manifests, judged as tokens are: the signature of a manifest is checked once, whatever comes between its pieces.

import { CheckedSignatures, piecesOf, signManifest, StatementReader } from '@unbroken/manifests';
import { importKey, verifyTokenSync } from '@unbroken/tokens/node';
import { acceptAll, DEPLOYMENT, enrol, establish, register, releaseAll, tidOf } from '../fixture/signers.js';
import { judgeToken } from './judge-token.js';
import type { EnrolledKey, KeyOf, Remembered } from './judge-token.js';

const someItems = async (count: number) => {
  const { party } = await establish('bakery');
  await enrol(party);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const { sub, registered } = await register(party);
      return { sub, prev: tidOf(registered), seq: 1 };
    }),
  );
};

/** A party with a key that counts, and how often a signature was really checked. */
async function postAtWork() {
  const { party } = await establish('north-post');
  const { key } = await enrol(party);
  const counting: EnrolledKey = { ...importKey(key.jwk), party: party.id };
  const keyOf: KeyOf = (kid) => (kid === key.kid ? counting : undefined);
  let checks = 0;
  const signatures = new CheckedSignatures<EnrolledKey>((envelope, by) => {
    checks += 1;
    verifyTokenSync(envelope, by);
  });
  const remembered: Remembered = { reader: new StatementReader(), signatures };
  const judge = (text: string) => judgeToken(Buffer.from(text, 'latin1'), keyOf, DEPLOYMENT, remembered);
  return { party, key, judge, checks: () => checks };
}

it('the pieces of two manifests, mixed with a token → each sound, under its own shipment; three signatures checked', async () => {
  const { party, key, judge, checks } = await postAtWork();
  const items = await someItems(5);
  const { sub, registered } = await register(party);
  const released = await releaseAll(party, items);
  const accepted = await acceptAll(party, items);
  const mixed = [
    ...items.flatMap((item, at) => [
      { sub: item.sub, text: released[at] ?? '' },
      { sub: item.sub, text: accepted[at] ?? '' },
    ]),
    { sub, text: registered },
  ];
  for (const one of mixed) {
    expect(judge(one.text)).toEqual({ is: 'sound', tid: tidOf(one.text), kid: key.kid, sub: one.sub });
  }
  expect(checks()).toBe(3);
});

it('a forged signature → each piece refused by its id, also after the true one has held', async () => {
  const { party, judge } = await postAtWork();
  const [piece = '', other = ''] = await releaseAll(party, await someItems(2));
  const forged = (text: string) =>
    text.replace(/[A-Za-z0-9_-]{8}~/, (end) => (end === 'AAAAAAAA~' ? 'BBBBBBBA~' : 'AAAAAAAA~'));
  expect(judge(piece).is).toBe('sound');
  for (const text of [forged(piece), forged(other)]) {
    expect(judge(text)).toMatchObject({ is: 'refused', code: 'token.signature', tid: tidOf(text) });
  }
});

it('a key nobody knows, a claim that is none, a path that leads elsewhere → parked, malformed, refused; by their ids', async () => {
  const { party, judge } = await postAtWork();
  const items = await someItems(2);
  const [piece = ''] = await releaseAll(party, items);
  const { party: stranger } = await establish('south-post');
  await enrol(stranger);
  const [unknown = ''] = await releaseAll(stranger, items);
  expect(judge(unknown)).toMatchObject({ is: 'unknown-key', tid: tidOf(unknown), sub: items[0]?.sub });
  const elsewhere = piece.replace('~0~', '~1~');
  expect(judge(elsewhere)).toMatchObject({ is: 'refused', code: 'manifest.path', tid: tidOf(piece) });
  const nobody = { iss: party.id, evt: 'released', iat: 1_772_438_400, said: { mode: 'meet' } } as const;
  const [odd = ''] = await piecesOf(await signManifest(nobody, items, party.device));
  expect(judge(odd)).toMatchObject({ is: 'malformed', reason: 'to:missing', tid: tidOf(odd), sub: items[0]?.sub });
  expect(judge('~~~')).toMatchObject({ is: 'refused', code: 'token.parts' });
});

import { defaultPolicyHash } from '@unbroken/custody';
import { generateSigner, mintToken, newJti, parseToken, sha256Hash, shipmentId } from '@unbroken/tokens';
import type { PartyId, Signer, TokenId } from '@unbroken/tokens';
import { hear } from './heard.js';
import type { HeardChain } from './heard.js';

const SENDER = 'institute' as PartyId;
const NOW = 1_790_000_000;
const jti = newJti();
const sub = shipmentId(SENDER, jti);

let signer: Signer;
let registered: string;

beforeAll(async () => {
  ({ signer } = await generateSigner('ES256'));
  const claims = {
    evt: 'registered',
    seq: 0,
    aud: 'a-deployment',
    kind: 'physical',
    to: 'statistics',
    class: 'internal',
  };
  const more = {
    contents: sha256Hash(new Uint8Array(1)),
    enc: { how: 'none' },
    due: NOW,
    pieces: 1,
    policy: defaultPolicyHash,
  };
  registered = await said({ ...claims, ...more, jti, refs: { s10: 'rr473124829dk', own: 'A/7' } });
});

const said = (claims: object) => mintToken({ iss: SENDER, sub, jti: newJti(), iat: NOW, ...claims }, signer);
const tidOf = (token: string): TokenId => parseToken(token).tid;

/** Heard one after the other. */
const heard = (...tokens: string[]): HeardChain | undefined =>
  tokens.reduce<HeardChain | undefined>(
    (chain, token) => hear({ token, recordedAt: NOW * 1000 }, chain).chain,
    undefined,
  );

const released = (prev: string, seq: number) =>
  said({ evt: 'released', prev: tidOf(prev), seq, to: 'danish-post', mode: 'meet' });

it('registered → found by its id and by the carrier’s number, not by those of other schemes', () => {
  const { numbers, changes } = hear({ token: registered, recordedAt: NOW * 1000 }, undefined);
  expect(numbers).toEqual([
    { scheme: 'shipment', number: sub },
    { scheme: 's10', number: 'RR473124829DK' },
  ]);
  expect(changes.map(([key]) => key)).toContain(`n!s10!RR473124829DK!${sub}`);
});

it('line tokens → what is said next hangs on the newest; remarks, and what does not follow, change nothing', async () => {
  const first = await released(registered, 1);
  const second = await released(first, 2);
  const remark = await said({ evt: 'attempted', prev: tidOf(first), why: 'nobody-home' });
  const misnumbered = await released(second, 7);
  expect(heard(registered, first, second, remark, misnumbered)).toMatchObject({ head: tidOf(second), seq: 2 });
  expect(heard(second, registered)).toMatchObject({ head: tidOf(registered), seq: 0 });
});

it('the line forks → where it forked, and it stays there', async () => {
  const first = await released(registered, 1);
  const [one, other] = [await released(first, 2), await released(first, 2)];
  const after = await released(one, 3);
  expect(heard(registered, first, one, other, after)).toMatchObject({ head: tidOf(first), seq: 1, forked: true });
  expect(heard(registered, first, one, one)).toMatchObject({ head: tidOf(one), seq: 2, forked: false });
});

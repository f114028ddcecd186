import { jest } from '@jest/globals';
import { chainAnswer, trustAnswer } from '@unbroken/contracts';
import { mintToken } from '@unbroken/tokens';
import { LedgerHouse, asWritten } from '../fixture/ledger-house.js';
import { admit, claimsOf, enrol, establish, register, release, settle, tidOf } from '../fixture/signers.js';

jest.setTimeout(60_000);

describe('/ledger/v1', () => {
  let house: LedgerHouse;
  let post: Awaited<ReturnType<typeof settle>>;
  let bakery: Awaited<ReturnType<typeof establish>>['party'];

  beforeAll(async () => {
    house = await LedgerHouse.build();
    await house.start();
    post = await settle('north-post');
    const { party, established } = await establish('bakery');
    bakery = party;
    const { enrolled } = await enrol(bakery);
    const tokens = [...post.tokens, established, await admit(post.operator, bakery), enrolled];
    await house.hand('registry.tokens.v1', tokens);
    await house.until(enrolled, 'recorded');
  });
  afterAll(() => house.tearDown());

  it('a hand-off with both signatures → its state, its tokens in order with grade and findings', async () => {
    const { sub, registered } = await register(post.party);
    const released = await release(post.party, sub, tidOf(registered));
    const accepted = await mintToken(
      { ...claimsOf(bakery.id, 'accepted'), sub, prev: tidOf(released), seq: 2, cond: 'ok' },
      bakery.device,
    );
    await house.hand('custody.tokens.v1', [registered, released], { key: sub });
    await house.until(released, 'recorded');
    expect((await house.chain(sub)).state).toMatchObject({
      status: 'offered',
      holder: 'north-post',
      offer: { tid: tidOf(released), from: 'north-post', to: 'bakery', mode: 'meet' },
    });
    await house.hand('custody.tokens.v1', [accepted], { key: sub });
    await house.until(accepted, 'recorded');
    const chain = chainAnswer.parse(await house.chain(sub));
    expect(chain.state).toMatchObject({
      status: 'arrived',
      holder: 'bakery',
      responsible: 'bakery',
      consignee: 'bakery',
      head: tidOf(accepted),
      seq: 2,
      offer: null,
      closed: false,
      gaps: [],
      disputed: [],
    });
    expect(chain.tokens.map(({ token, grade, log, findings }) => [token, grade, log, findings])).toEqual(
      [registered, released, accepted].map((token) => [token, 'device', 'unbroken-development/custody/0', []]),
    );
    expect(await house.chain(asWritten(sub))).toEqual(chain);
  });

  it('a token that names one nobody recorded → gap, at once in the state and after ten minutes a finding', async () => {
    const { sub, registered } = await register(post.party);
    const { registered: elsewhere } = await register(post.party);
    const released = await release(post.party, sub, tidOf(elsewhere));
    await house.hand('custody.tokens.v1', [registered, released], { key: sub });
    await house.until(released, 'recorded');
    const early = await house.chain(sub);
    expect(early.state).toMatchObject({ gaps: [tidOf(released)] });
    expect(early.tokens[1]?.findings).not.toContain('chain.gap');
    house.clock.advance(11 * 60_000);
    expect((await house.chain(sub)).tokens[1]?.findings).toContain('chain.gap');
  });

  it('a party → its keys and its chain, root key first', async () => {
    const chain = chainAnswer.parse(await house.chain('bakery'));
    expect(chain.state).toMatchObject({ status: 'admitted', rootKid: bakery.root.kid, head: bakery.head, seq: 1 });
    expect(chain.state).toMatchObject({ keys: [{ use: 'root' }, { kid: bakery.device.kid, use: 'device' }] });
    expect(chain.tokens.map(({ grade, log }) => [grade, log])).toEqual(
      Array.from({ length: 3 }, () => ['root', 'unbroken-development/registry']),
    );
  });

  it.each([
    ['tokens/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'token.unknown'],
    ['tokens/not-a-token-id', 'token.unknown'],
    ['chains/7K2M9QX4T1B8ZC3V2', 'chain.unknown'],
    ['chains/7K2M9QX4T1B8ZC3V3', 'chain.unknown'],
    ['chains/nobody-at-all', 'chain.unknown'],
  ])('%s → 404 %s with a cure', async (path, code) => {
    const answer = await house.get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await answer.json()).toMatchObject({ code, cure: expect.stringMatching(/\w/) as string });
  });

  it('trust → the deployment, its operator’s root and its logs; nothing that is not there yet', async () => {
    const trust = trustAnswer.parse(await (await house.get('trust')).json());
    const operator = (await (await house.get('chains/unbroken-operator')).json()) as { state?: { rootKid: string } };
    expect(operator.state?.rootKid).toHaveLength(43);
    const vkeyOf = (origin: string): unknown => expect.stringMatching(`^${origin}\\+[0-9a-f]{8}\\+`);
    expect(trust).toEqual({
      deployment: 'unbroken-development',
      operator: { party: 'unbroken-operator', kid: operator.state?.rootKid },
      logs: [
        { origin: 'unbroken-development/registry', vkey: vkeyOf('unbroken-development/registry') },
        { origin: 'unbroken-development/custody/0', vkey: vkeyOf('unbroken-development/custody/0') },
      ],
      witnesses: [],
      quorum: 0,
      promises: [{ kty: 'OKP', crv: 'Ed25519', x: expect.any(String) as unknown }],
      timestamps: null,
    });
  });
});

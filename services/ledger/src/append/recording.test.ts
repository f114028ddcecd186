import { jest } from '@jest/globals';
import { decodeEntry, headers } from '@unbroken/contracts';
import { mintToken } from '@unbroken/tokens';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { admit, claimsOf, enrol, establish, register, release, settle, tidOf, twinOf } from '../fixture/signers.js';

jest.setTimeout(60_000);

describe('from the token topics to the logs', () => {
  let house: LedgerHouse;
  let post: Awaited<ReturnType<typeof settle>>;

  beforeAll(async () => {
    house = await LedgerHouse.build();
    await house.start();
    post = await settle('north-post');
    await house.hand('registry.tokens.v1', post.tokens);
    await house.until(post.tokens.at(-1) ?? '', 'recorded');
  });
  afterAll(() => house.tearDown());

  it('a party and its keys in one upload → recorded in their order, each judged after those before it', async () => {
    const entries = await house.entries('registry');
    expect(entries.map(({ token }) => token)).toEqual(post.tokens);
    expect(entries.map(({ index, registry_size }) => [index, registry_size])).toEqual(
      post.tokens.map((_, i) => [String(i), String(i)]),
    );
    const published = await house.hear('registry.recorded.v1', post.tokens.length);
    expect(published.map(({ value }) => decodeEntry(value.toString()))).toMatchObject(
      post.tokens.map((token, registrySize) => ({ kind: 'token', token, registrySize })),
    );
    expect(published.map(({ key }) => key)).toEqual(['unbroken-operator', 'north-post', 'north-post', 'north-post']);
  });

  it('tokens of many chains on all partitions → dense indices, every chain in its order on its partition', async () => {
    const before = (await house.entries('custody/0')).length;
    const chains = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const { sub, registered } = await register(post.party);
        return { sub, tokens: [registered, await release(post.party, sub, tidOf(registered))] };
      }),
    );
    await Promise.all(chains.map(({ sub, tokens }) => house.hand('custody.tokens.v1', tokens, { key: sub })));
    await Promise.all(chains.map(({ tokens }) => house.until(tokens.at(-1) ?? '', 'recorded')));
    const entries = (await house.entries('custody/0')).slice(before);
    expect(entries.map(({ index }) => Number(index))).toEqual(entries.map((_, i) => before + i));
    for (const { sub, tokens } of chains)
      expect(entries.filter((entry) => entry.sub === sub).map(({ token }) => token)).toEqual(tokens);
    const heard = await house.hear('custody.recorded.v1', before + entries.length);
    const indices = heard.map(({ headers: told }) => Number(told[headers.logIndex])).sort((a, b) => a - b);
    expect(indices).toEqual(indices.map((_, i) => i));
    expect(heard[0]?.headers).toMatchObject({ [headers.logOrigin]: 'unbroken-development/custody/0' });
  });

  it('the same token twice, and its twin signature → recorded once, the first bytes', async () => {
    const { sub, registered } = await register(post.party);
    await house.hand('custody.tokens.v1', [registered, registered, twinOf(registered)], { key: sub });
    await house.hand('custody.tokens.v1', [twinOf(registered)], { key: sub });
    const { registered: last } = await register(post.party);
    await house.hand('custody.tokens.v1', [last], { key: sub });
    await house.until(last, 'recorded');
    const entries = await house.entries('custody/0');
    expect(entries.filter((entry) => entry.sub === sub).map(({ token }) => token)).toEqual([registered]);
  });

  it('times told beside a token → kept and published; unreadable ones → taken as not told', async () => {
    const { sub, registered } = await register(post.party);
    const { registered: other } = await register(post.party);
    const told = {
      [headers.receivedAt]: '2026-03-02T08:00:01.000Z',
      [headers.deviceClock]: '2026-03-02T07:50:01.500Z',
    };
    await house.hand('custody.tokens.v1', [registered], { key: sub, headers: told });
    const strange = { [headers.receivedAt]: '0000-00-00T00:00:00Z', [headers.deviceClock]: 'yesterday' };
    await house.hand('custody.tokens.v1', [other], { headers: strange });
    await house.until(other, 'recorded');
    await house.until(registered, 'recorded');
    const size = (await house.entries('custody/0')).length;
    const heard = await house.hear('custody.recorded.v1', size);
    expect(heard.find(({ key }) => key === sub)?.headers).toMatchObject(told);
    const chain = await house.chain(sub);
    expect(chain.tokens[0]?.findings).toContain('clock.drift');
  });

  it('claims of no known form → recorded as malformed, bytes apart, the entry says why', async () => {
    const { sub, registered } = await register(post.party, { colour: 'red' });
    await house.hand('custody.tokens.v1', [registered], { key: sub });
    expect(await house.until(registered, 'malformed')).toMatchObject({
      code: 'token.malformed',
      malformed: 'colour:unknown',
      log: 'unbroken-development/custody/0',
    });
    const size = (await house.entries('custody/0')).length;
    const published = (await house.hear('custody.recorded.v1', size)).find(({ key }) => key === sub);
    expect(decodeEntry(published?.value.toString() ?? '')).toMatchObject({
      kind: 'malformed',
      tid: tidOf(registered),
      kid: post.party.device.kid,
      reason: 'colour:unknown',
    });
    expect((await house.chain(sub)).tokens).toMatchObject([
      { malformed: 'colour:unknown', findings: ['token.malformed'] },
    ]);
    const [kept] = await house.dataSource.query<{ token: Buffer }[]>(
      'SELECT token FROM malformed_tokens WHERE tid = $1',
      [tidOf(registered)],
    );
    expect(kept?.token.toString()).toBe(registered);
  });

  it('an event of a party’s chain about a shipment → malformed, not taken for what it says', async () => {
    const { sub, registered } = await register(post.party);
    const strange = await mintToken(
      { ...claimsOf(post.party.id, 'policed'), sub, prev: tidOf(registered), seq: 1, policy: tidOf(registered) },
      post.party.device,
    );
    await house.hand('custody.tokens.v1', [registered, strange], { key: sub });
    await house.until(strange, 'malformed');
  });

  it('a token of a party on the custody topic → recorded in the registry log all the same', async () => {
    const { established } = await establish('lost-post');
    await house.hand('custody.tokens.v1', [established]);
    expect(await house.until(established, 'recorded')).toMatchObject({ log: 'unbroken-development/registry' });
  });

  it('recorded later while the clock runs backwards → recordedAt never decreases', async () => {
    const { registered: first } = await register(post.party);
    await house.hand('custody.tokens.v1', [first]);
    await house.until(first, 'recorded');
    house.clock.advance(-60_000);
    const { registered: second } = await register(post.party);
    await house.hand('custody.tokens.v1', [second]);
    await house.until(second, 'recorded');
    house.clock.advance(60_000);
    const times = (await house.entries('custody/0')).map(({ recorded_at }) => recorded_at.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('root key enrolled for one party, used to establish another → refused', async () => {
    const { party: taken, established } = await establish('taken-post');
    const { established: again } = await establish('taken-post');
    const { enrolled } = await enrol(taken);
    await house.hand('registry.tokens.v1', [established, again, enrolled, await admit(post.operator, taken)]);
    await house.until(enrolled, 'recorded');
    expect(await house.status(again)).toMatchObject({ status: 'refused', code: 'token.party-taken' });
  });
});

import { jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { headers } from '@unbroken/contracts';
import { mintToken } from '@unbroken/tokens';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { enrol, establish, register, settle, tidOf } from '../fixture/signers.js';

jest.setTimeout(60_000);

describe('what is no token', () => {
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

  const kept = async (): Promise<{ code: string; bytes: Buffer }[]> =>
    house.dataSource.query('SELECT code, bytes FROM refused ORDER BY refused_at');

  it('any bytes at all → quarantined with their reason and told once, the partition moves on', async () => {
    const { sub, registered } = await register(post.party);
    const forged = registered.slice(0, -8) + (registered.endsWith('AAAAAAAA') ? 'BBBBBBBB' : 'AAAAAAAA');
    // Names a member twice whose name no database takes as text, and the refusal points at it.
    const nameless = `${Buffer.from('{"\\u0000":1,"\\u0000":2}').toString('base64url')}.e30.AAAA`;
    const bad = [
      Buffer.alloc(0),
      Buffer.alloc(900_000, 0x61),
      Buffer.from([0, 255, 254, 0]),
      Buffer.from('{"a":1}'),
      Buffer.from(nameless),
      Buffer.from(forged),
    ];
    await house.hand('custody.tokens.v1', [...bad, ...bad, registered], { key: sub });
    await house.until(registered, 'recorded');
    expect((await kept()).map(({ code }) => code).sort()).toEqual(
      [
        'token.parts',
        'token.too-large',
        'token.parts',
        'token.parts',
        'token.duplicate-member',
        'token.signature',
      ].sort(),
    );
    expect(new Set((await kept()).map(({ bytes }) => digest(bytes)))).toEqual(new Set(bad.map(digest)));
    const told = await house.hear('custody.refused.v1', bad.length);
    expect(told).toHaveLength(bad.length);
    const forgery = told.find((message) => message.headers[headers.reasonCode] === 'token.signature');
    expect(forgery).toMatchObject({ key: sub, headers: { [headers.tokenId]: tidOf(registered) } });
    expect(told.find((message) => message.headers[headers.reasonCode] === 'token.parts')?.key).toBeNull();
  });

  it('recorded and, under the same token id, refused → recorded', async () => {
    const { sub, registered } = await register(post.party);
    const forged = registered.slice(0, -8) + (registered.endsWith('AAAAAAAA') ? 'BBBBBBBB' : 'AAAAAAAA');
    await house.hand('custody.tokens.v1', [forged], { key: sub });
    expect(await house.until(registered, 'refused')).toEqual({
      status: 'refused',
      code: 'token.signature',
      pointer: '/signature',
    });
    await house.hand('custody.tokens.v1', [registered], { key: sub });
    await house.until(registered, 'recorded');
    await house.hand('custody.tokens.v1', [forged], { key: sub });
    const { registered: next, sub: nextSub } = await register(post.party);
    await house.hand('custody.tokens.v1', [next], { key: nextSub });
    await house.until(next, 'recorded');
    expect(await house.status(registered)).toMatchObject({ status: 'recorded' });
  });

  it('enrolment without proof of possession → refused, the next one recorded', async () => {
    const { party, established } = await establish('sly-post');
    const { party: victim } = await establish('victim-post');
    const { enrolled } = await enrol(party);
    const [, payload] = enrolled.split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as Record<string, unknown>;
    const stolen = await mintToken({ ...claims, jwk: victim.root.jwk }, party.root);
    await house.hand('registry.tokens.v1', [established, stolen, enrolled]);
    await house.until(enrolled, 'recorded');
    expect(await house.status(stolen)).toMatchObject({ status: 'refused', code: 'key.possession' });
  });
});

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

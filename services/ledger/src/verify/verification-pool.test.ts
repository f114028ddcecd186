import { waitFor } from '@unbroken/testing';
import { generateSigner } from '@unbroken/tokens';
import type { Signer } from '@unbroken/tokens';
import { DEPLOYMENT, enrol, establish, register, release, tidOf, twinOf } from '../fixture/signers.js';
import type { CountingKey } from './key-ring.js';
import { VerificationPool } from './verification-pool.js';

const bytes = (token: string): Buffer => Buffer.from(token, 'latin1');

describe('verification on worker threads', () => {
  const pool = new VerificationPool({ deployment: DEPLOYMENT, threads: 2 });

  beforeAll(() => pool.start());
  afterAll(() => pool.close());

  async function enrolledParty(id: string) {
    const { party } = await establish(id);
    const { key } = await enrol(party);
    return { party, key };
  }

  const counting = (party: { readonly id: CountingKey['party'] }, { kid, jwk }: Signer): CountingKey => ({
    kid,
    party: party.id,
    jwk,
  });

  it('key not known → unknown-key, until the pool has learned it → sound', async () => {
    const { party, key } = await enrolledParty('north-post');
    const { sub, registered } = await register(party);
    const reading = { tid: tidOf(registered), kid: key.kid, sub };
    expect(await pool.verify([bytes(registered)])).toEqual([{ is: 'unknown-key', ...reading }]);
    pool.learn([counting(party, key)]);
    expect(await pool.verify([bytes(registered), bytes(twinOf(registered))])).toEqual([
      { is: 'sound', ...reading },
      { is: 'sound', ...reading },
    ]);
  });

  it('no more than one thread’s share → one thread; more → each there may be, knowing the same keys', async () => {
    const grown = new VerificationPool({ deployment: DEPLOYMENT, threads: 2 });
    await grown.start();
    const { party, key } = await enrolledParty('wide-post');
    grown.learn([counting(party, key)]);
    const { registered } = await register(party);
    const share = Array.from({ length: 128 }, () => bytes(registered));
    await grown.verify(share);
    expect(grown.running).toBe(1);
    await grown.verify([...share, ...share]);
    await waitFor(() => grown.running === 2, { what: 'the second thread' });
    const verdicts = await grown.verify(share);
    expect(verdicts.map(({ is }) => is)).toEqual(share.map(() => 'sound'));
    await grown.close();
  });

  it('many tokens → a verdict for each, in their order', async () => {
    const { party, key } = await enrolledParty('south-post');
    pool.learn([counting(party, key)]);
    const { sub, registered } = await register(party);
    const releases = await Promise.all(
      Array.from({ length: 300 }, (_, i) => release(party, sub, tidOf(registered), i + 1)),
    );
    const tokens = releases.map((token, i) => (i % 3 === 0 ? 'nonsense' : token));
    const verdicts = await pool.verify(tokens.map(bytes));
    expect(verdicts.map((verdict) => verdict.tid ?? verdict.is)).toEqual(
      tokens.map((token) => (token === 'nonsense' ? 'refused' : tidOf(token))),
    );
  });

  it('whatever the bytes are → a refusal with its code', async () => {
    const { party, key } = await enrolledParty('west-post');
    pool.learn([counting(party, key)]);
    const { registered } = await register(party);
    const forged = registered.slice(0, -8) + (registered.endsWith('AAAAAAAA') ? 'BBBBBBBB' : 'AAAAAAAA');
    const verdicts = await pool.verify([
      Buffer.alloc(0),
      Buffer.alloc(900_000, 'a'),
      Buffer.from([0xff, 0xfe, 0x00]),
      bytes('{"not":"a token"}'),
      bytes(forged),
    ]);
    expect(verdicts.map((verdict) => ('code' in verdict ? verdict.code : verdict.is))).toEqual([
      'token.parts',
      'token.too-large',
      'token.parts',
      'token.parts',
      'token.signature',
    ]);
    expect(verdicts.at(-1)).toMatchObject({ tid: tidOf(registered) });
  });

  it('sound signature over claims of no known form → malformed, with the reason', async () => {
    const { party, key } = await enrolledParty('far-post');
    pool.learn([counting(party, key)]);
    const { registered } = await register(party, { colour: 'red' });
    expect(await pool.verify([bytes(registered)])).toMatchObject([{ is: 'malformed', reason: 'colour:unknown' }]);
  });

  it('token of a party chain → left to be judged in the order of its log', async () => {
    const { established } = await establish('near-post');
    expect(await pool.verify([bytes(established)])).toMatchObject([{ is: 'party-chain', sub: 'near-post' }]);
  });

  it('a key learned by one party verifies no other party’s token', async () => {
    const { signer } = await generateSigner('Ed25519');
    const { party } = await establish('old-post');
    pool.learn([{ kid: signer.kid, jwk: signer.jwk, party: party.id }]);
    const { party: pretender } = await establish('new-post');
    pretender.device = signer;
    const { registered } = await register(pretender);
    expect(await pool.verify([bytes(registered)])).toMatchObject([{ is: 'refused', code: 'token.other-party' }]);
  });
});

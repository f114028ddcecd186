import type { ChainToken } from '@unbroken/contracts';
import { generateSigner, mintToken, newJti } from '@unbroken/tokens';
import type { SignerWithKey } from '@unbroken/tokens';
import { chainAnswer, someHead, someShipment, shownToken } from './fixture/chain-answer.js';
import { partiesIn, timeline } from './timeline.js';

let key: SignerWithKey;
beforeAll(async () => (key = await generateSigner('ES256')));

const names: Readonly<Record<string, string>> = { 'danish-post': 'Danish Post', 'visa-centre': 'Visa Centre' };
const name = (party: string | null | undefined) => names[party ?? ''] ?? party ?? 'nobody';

async function token(claims: object, findings: ChainToken['findings'] = []): Promise<ChainToken> {
  const basic = { iss: 'danish-post', sub: someShipment, jti: newJti(), iat: 1_424_338_860, prev: someHead, seq: 1 };
  return shownToken(await mintToken({ ...basic, ...claims }, key.signer), findings);
}

const release = {
  evt: 'released',
  to: 'statistics-denmark',
  mode: 'meet',
  at: 'statistics-denmark/mailroom',
  off: 500,
};
const marks = (...tokens: ChainToken[]) => timeline(chainAnswer({}, tokens), name).map(({ mark }) => mark);

describe('a hand-off in the timeline', () => {
  it('offered and not answered → an open half', async () => {
    const released = await token(release);
    const offer = {
      tid: released.tid,
      from: 'danish-post',
      to: 'statistics-denmark',
      mode: 'meet',
      until: null,
    } as const;
    expect(timeline(chainAnswer({ offer }, [released]), name)).toMatchObject([
      {
        mark: '◐',
        meaning: 'waits for the second signature',
        sentence:
          'Danish Post offered it to statistics-denmark, face to face; up to 500 m from statistics-denmark/mailroom',
      },
    ]);
  });

  it('accepted, naming the release → both halves', async () => {
    const released = await token(release);
    const accepted = await token({ iss: 'visa-centre', evt: 'accepted', rel: released.tid, cond: 'ok', seq: 2 });
    expect(marks(released, accepted)).toEqual(['●', '·']);
  });

  it('accepted behind the release without naming it → both halves', async () => {
    const released = await token(release);
    expect(marks(released, await token({ evt: 'accepted', prev: released.tid, cond: 'ok', seq: 2 }))[0]).toBe('●');
  });

  it('refused → no hand-off', async () => {
    const released = await token(release);
    expect(marks(released, await token({ evt: 'refused', rel: released.tid, why: 'not-ours', seq: 2 }))[0]).toBe('○');
  });
});

describe('a line of the timeline', () => {
  it('says what was signed, and what is wrong with it', async () => {
    const seen = await token(
      { iss: 'visa-centre', evt: 'accepted', cond: 'opened', seals: { A1: 'broken', B2: 'unobserved' }, seq: 2 },
      ['seal.broken'],
    );
    expect(timeline(chainAnswer({}, [seen]), name)).toMatchObject([
      { sentence: 'Visa Centre accepted it, opened; seals: A1 broken, B2 not looked at', findings: ['seal.broken'] },
    ]);
  });

  it('a weaker key than a device → its grade is shown', async () => {
    const said = { ...(await token({ evt: 'reported', what: 'lost', seq: undefined })), grade: 'gateway' as const };
    expect(timeline(chainAnswer({}, [said]), name)).toMatchObject([{ grade: 'gateway' }]);
  });

  it('what could not be read → is said to be there, and stops nothing', async () => {
    const { tid, recordedAt, log, index, grade, findings } = await token(release);
    const malformed = { tid, recordedAt, log, index, grade, findings, malformed: 'evt:unknown' };
    const unknown = await token({ evt: 'teleported' });
    expect(timeline(chainAnswer({}, [malformed, unknown]), name).map(({ sentence }) => sentence)).toEqual([
      'A statement that could not be read',
      'A statement that could not be read',
    ]);
  });

  it('the parties it names → signers and addressees', async () => {
    expect(partiesIn(chainAnswer({}, [await token(release)]))).toEqual(['danish-post', 'statistics-denmark']);
  });
});

// Commands that speak of another statement, and the root key's taking over.

import type { PartyAnswer } from '@unbroken/contracts';
import { mintToken, newJti, parseToken } from '@unbroken/tokens';
import { chainAnswer, shownToken, someHead, someShipment } from '@unbroken/words/fixture';
import { recording } from '../fixture/answering-hub.js';
import type { Answer, Answers, Asked } from '../fixture/answering-hub.js';
import { AtTerminal } from '../fixture/at-terminal.js';
import { DirectoryKeyStore } from '../keys/directory-key-store.js';

let person: AtTerminal;
beforeEach(async () => (person = await AtTerminal.sitDown()));
afterEach(() => person.leave());

const types = (answers: Answers, ...args: string[]) => person.typesTo(answers, ...args);

const posted = () =>
  person.asked
    .filter(({ method }) => method === 'POST')
    .flatMap(({ body }) => (JSON.parse(body) as { tokens: string[] }).tokens.map((token) => parseToken(token).claims));

describe('a statement named by what the chain shows of its id', () => {
  const recorded = recording();
  const courier = { 'POST /courier/v1/tokens': recorded };
  const chainOf = async (): Promise<{ tid: string; answers: Record<string, Answer | typeof recorded> }> => {
    const { kid } = await person.key('danish-post');
    const signer = await new DirectoryKeyStore(`${person.home}/keys`).signer(kid);
    const claims = { iss: 'danish-post', sub: someShipment, jti: newJti(), iat: 1, evt: 'withdrawn', prev: someHead };
    const shown = shownToken(await mintToken({ ...claims, seq: 1 }, signer));
    const body = chainAnswer({}, [shown]);
    return {
      tid: shown.tid,
      answers: { ...courier, [`GET /ledger/v1/chains/${someShipment}`]: { status: 200, body } },
    };
  };

  it.each([
    ['settle', ['--anyway'], 'settled'],
    ['witness', [], 'witnessed'],
    ['correct', ['--why', 'wrong-parcel'], 'corrected'],
  ])('%s → signed with its whole id', async (command, more, evt) => {
    const { tid, answers } = await chainOf();
    const named = tid.startsWith('-') ? tid : tid.slice(0, 8);
    expect(await types(answers, command, someShipment, named, ...more)).toBe(0);
    expect(posted()).toMatchObject([{ evt, of: tid, prev: someHead }]);
  });

  it('of no statement of the chain → nothing is signed, and says where ids stand', async () => {
    const { answers } = await chainOf();
    expect(await types(answers, 'settle', someShipment, 'zzzzzzzz')).toBe(1);
    expect(person.err).toContain('No statement of this chain has an id that begins with zzzzzzzz.');
    expect(posted()).toEqual([]);
  });
});

describe('party root', () => {
  const keys = () => new DirectoryKeyStore(`${person.home}/keys`);
  const uses = async () => Object.fromEntries((await keys().list()).map(({ kid, use }) => [kid, use]));
  const partyAnswer = (rootKid: string): PartyAnswer => ({
    party: 'danish-post',
    name: 'Danish Post',
    roles: ['courier'],
    asked: ['courier'],
    admitted: true,
    rootKid,
    sites: [],
    keys: [],
    policies: [],
  });
  const chain = { [`GET /ledger/v1/chains/danish-post`]: { status: 200, body: chainAnswer() } };

  it('the next key is here → it signs, commits to a new one, and is the root key kept here', async () => {
    const root = await person.key('danish-post', 'root');
    const next = await person.key('danish-post', 'next');
    let taken = false;
    const answers = {
      ...chain,
      'POST /registry/v1/tokens': (asked: Asked) => {
        taken = true;
        return recording()(asked);
      },
      'GET /registry/v1/parties/danish-post': () => ({
        status: 200,
        body: partyAnswer(taken ? next.kid : root.kid),
      }),
    };
    expect(await types(answers, 'party', 'root')).toBe(0);
    const [claims] = posted();
    expect(claims).toMatchObject({ evt: 'rooted', jwk: (await keys().signer(next.kid)).jwk });
    expect(await uses()).toEqual({
      [root.kid]: 'former-root',
      [next.kid]: 'root',
      [String(claims?.['next'])]: 'next',
    });
  });

  it('it had taken over when the command ended too soon → nothing is signed, the keys are put in order', async () => {
    const root = await person.key('danish-post', 'root');
    const next = await person.key('danish-post', 'next');
    const answers = { 'GET /registry/v1/parties/danish-post': { status: 200, body: partyAnswer(next.kid) } };
    expect(await types(answers, 'party', 'root')).toBe(0);
    expect(posted()).toEqual([]);
    expect(await uses()).toMatchObject({ [root.kid]: 'former-root', [next.kid]: 'root' });
  });

  it('the next key is not here → says where its file belongs', async () => {
    await person.key('danish-post', 'root');
    expect(await types({}, 'party', 'root')).toBe(1);
    expect(person.err).toContain('The next root key of danish-post is not kept here.');
  });
});

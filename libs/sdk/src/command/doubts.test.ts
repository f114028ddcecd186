// What looks like a mistake is told before anything is signed, and signed all the same with --anyway.

import type { PartyAnswer, PartyChainState } from '@unbroken/contracts';
import { mintToken, newJti } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import { AnsweringHub, problem, recording } from '../fixture/answering-hub.js';
import type { Answer, Asked } from '../fixture/answering-hub.js';
import { AtTerminal } from '../fixture/at-terminal.js';
import { chainAnswer, shownToken, someHead, someShipment } from '@unbroken/words/fixture';
import { DirectoryKeyStore } from '../keys/directory-key-store.js';
import type { StoredKey } from '../keys/key-store.js';

const chains = 'GET /ledger/v1/chains/';
const parties = 'GET /registry/v1/parties/';
const shipment = `${chains}${someShipment}`;
const takes = Object.fromEntries(
  ['sender', 'courier', 'receiver', 'registry'].map((door) => [`POST /${door}/v1/tokens`, recording()]),
);

let person: AtTerminal;
let hub: AnsweringHub;

beforeEach(async () => (person = await AtTerminal.sitDown()));
afterEach(async () => {
  await hub.close();
  await person.leave();
});

async function types(answers: Record<string, Answer | ((asked: Asked) => Answer)>, ...args: string[]): Promise<number> {
  hub = new AnsweringHub({ ...takes, ...answers });
  return person.types(args, await hub.listen());
}

/** A chain as the hub tells it. */
const stands = (...state: Parameters<typeof chainAnswer>): Record<string, Answer> => ({
  [shipment]: { status: 200, body: chainAnswer(...state) },
});

const signed = () => hub.asked.filter(({ method }) => method === 'POST').length;

const party = (about: Partial<PartyAnswer> = {}): Answer => ({
  status: 200,
  body: {
    party: 'danish-post',
    name: 'Danish Post',
    roles: ['courier'],
    asked: ['courier'],
    admitted: true,
    rootKid: someHead,
    sites: [],
    keys: [],
    policies: [],
    ...about,
  } satisfies PartyAnswer,
});

describe('a party or a place that is not there', () => {
  const release = ['release', someShipment, '--to', 'danish-post'];

  beforeEach(() => person.key('health-data'));

  it('released to nobody known → not signed, says which', async () => {
    expect(await types(stands({ holder: 'health-data' }), ...release)).toBe(1);
    expect(person.err).toContain('No party here is called danish-post.');
    expect(person.err).toContain('--anyway');
    expect(signed()).toBe(0);
  });

  it('the same with --anyway → signed, and nobody is asked', async () => {
    expect(await types({ [shipment]: { status: 200, body: chainAnswer() } }, ...release, '--anyway')).toBe(0);
    expect(signed()).toBe(1);
    expect(hub.asked[0]?.path).not.toContain('parties');
  });

  it('released to a party that waits for admission → not signed', async () => {
    expect(
      await types(
        { ...stands({ holder: 'health-data' }), [`${parties}danish-post`]: party({ admitted: false }) },
        ...release,
      ),
    ).toBe(1);
    expect(person.err).toContain('not admitted yet');
  });

  it('at a place nobody described → not signed, names those there are', async () => {
    const sites = [{ site: 'danish-post/depot', geo: [1, 1], radius: 5 }];
    const at = [...release, '--at', 'danish-post/depo'];
    expect(
      await types({ ...stands({ holder: 'health-data' }), [`${parties}danish-post`]: party({ sites }) }, ...at),
    ).toBe(1);
    expect(person.err).toContain('it has danish-post/depot');
    expect(signed()).toBe(0);
  });
});

describe('a statement that changes nothing', () => {
  it('withdrawn with nothing on offer → not signed', async () => {
    await person.key('health-data');
    expect(await types({ [shipment]: { status: 200, body: chainAnswer() } }, 'withdraw', someShipment)).toBe(1);
    expect(person.err).toContain('offer.none');
    expect(signed()).toBe(0);
  });

  it.each([
    ['more pieces than were sent', 2, ['--pieces', '3'], 1],
    ['no number, and it was more than one', 2, [], 1],
    ['fewer pieces than were sent: that must be heard', 2, ['--pieces', '1'], 0],
    ['no number, and it was one', 1, [], 0],
  ])('confirmed with %s → exit code', async (_, pieces, typed, ended) => {
    await person.key('statistics-denmark');
    const chain = stands({ pieces, holder: 'statistics-denmark', status: 'arrived' });
    expect(await types(chain, 'confirm', someShipment, ...typed)).toBe(ended);
    expect(signed()).toBe(ended === 0 ? 1 : 0);
  });
});

describe('hands that the rules find fault with', () => {
  const post = { offer: { tid: someHead, from: 'health-data', to: 'my-post', mode: 'meet' as const, until: null } };
  const forUs = { offer: { ...post.offer, to: 'danish-post' } };
  const ended = { status: 'confirmed', holder: 'danish-post', closed: true };
  const destroy = ['destroy', '--how', 'shredded'];

  it.each([
    [['release', '--to', 'my-post'], {}, 'custody.not-holder', 'statistics-denmark holds it, not you'],
    [['seal', '--seal', 'A1=S'], {}, 'custody.not-holder', 'not you'],
    [['inspect', '--seal', 'A1=intact'], {}, 'custody.not-holder', 'not you'],
    [['hold', '--why', 'customs'], {}, 'custody.not-holder', 'not you'],
    [['hold', '--why', 'nobody-home', '--attempted'], {}, 'custody.not-holder', 'not you'],
    [destroy, {}, 'custody.not-holder', 'not you'],
    [destroy, { ...ended, status: 'destroyed' }, 'custody.closed', 'it was destroyed'],
    [['release', '--to', 'my-post'], ended, 'custody.closed', 'danish-post has confirmed it'],
    [['confirm'], { ...ended, consignee: 'danish-post' }, 'custody.closed', 'danish-post has confirmed it'],
    [['accept'], ended, 'custody.closed', 'Its chain is closed'],
    [['accept'], {}, 'handoff.without-release', 'has released it to nobody'],
    [['accept'], { holder: 'danish-post' }, 'handoff.without-release', 'you hold it already'],
    [['accept'], post, 'misdelivery.wrong-party', 'It is on offer to my-post, not to you.'],
    [['refuse', '--why', 'not-ours'], post, 'misdelivery.wrong-party', 'not to you'],
    [['confirm'], { consignee: 'my-post' }, 'custody.not-consignee', 'It is for my-post, not for you'],
    [['confirm'], { consignee: 'danish-post', ...post }, 'offer.other', 'It is on offer to my-post, not to you.'],
    [['confirm'], { consignee: 'danish-post' }, 'custody.not-holder', 'has not released it to you'],
  ])('%j where %j → not signed: %s', async ([command = '', ...more], state, code, says) => {
    await person.key('danish-post');
    const chain = { ...stands({ holder: 'statistics-denmark', ...state }), [`${parties}my-post`]: party() };
    expect(await types({ ...chain, ...mandates([]) }, command, someShipment, ...more)).toBe(1);
    expect(person.err).toContain(code);
    expect(person.err).toContain(says.replace('my-post', 'Danish Post'));
    expect(person.err).toContain('--anyway');
    expect(signed()).toBe(0);
  });

  it.each([
    [['accept'], forUs],
    [['refuse', '--why', 'not-ours'], forUs],
    [['confirm'], { consignee: 'danish-post', ...forUs }],
    [['confirm'], { consignee: 'danish-post', holder: 'danish-post', status: 'arrived' }],
    [['confirm'], { consignee: 'danish-post', status: 'arrived' }],
    [destroy, ended],
    [['accept', '--anyway'], ended],
    [['release', '--to', 'my-post', '--anyway'], {}],
    [['release', '--to', 'my-post'], { disputed: [someHead, someHead] }],
  ])('%j where %j → signed', async ([command = '', ...more], state) => {
    await person.key('danish-post');
    const chain = { ...stands({ holder: 'statistics-denmark', ...state }), [`${parties}my-post`]: party() };
    expect(await types(chain, command, someShipment, ...more)).toBe(0);
    expect(signed()).toBe(1);
  });

  it.each([
    ['for all places', {}, 0],
    ['for another place', { site: 'my-post/depot' }, 1],
    ['that has ended', { until: 1 }, 1],
  ])('accepted for a party by its mandate %s → exit code', async (_, mandate, ends) => {
    await person.key('danish-post');
    const given = mandates([{ by: 'my-post', to: 'danish-post', ...mandate }]);
    expect(await types({ ...stands(post), ...given }, 'accept', someShipment)).toBe(ends);
  });

  it('what this device signed is not recorded there yet → the hub’s word is not the last', async () => {
    await person.key('danish-post');
    const chain = { ...stands(forUs), 'POST /courier/v1/tokens': recording({ status: 'pending' }) };
    expect(await types(chain, 'accept', someShipment, '--wait', '0')).toBe(0);
    await hub.close();
    const held = { ...stands({ holder: 'health-data', ...forUs }), [`${parties}my-post`]: party() };
    expect(await types(held, 'release', someShipment, '--to', 'my-post')).toBe(0);
  });

  const mandates = (given: PartyChainState['mandates']): Record<string, Answer> => {
    const state = { status: 'admitted', head: null, seq: null, rootKid: someHead, keys: [], sites: [] };
    const body = { sub: 'my-post', state: { ...state, mandates: given, policies: [], disputed: [], gaps: [] } };
    return { [`${chains}my-post`]: { status: 200, body: { ...body, tokens: [] } } };
  };
});

describe('the approval of a second person', () => {
  let clerk: StoredKey;
  let second: StoredKey;
  beforeEach(async () => {
    clerk = await person.key('health-data');
    second = await person.key('health-data');
  });

  /** @param persons whom the clerk's and the second key are enrolled for */
  async function approves(...persons: readonly (string | undefined)[]): Promise<number> {
    const keys = [clerk, second].map(({ kid }, place) => {
      const holder = persons[place];
      const key = { kid, use: 'device' as const, roles: ['sender' as const], enrolledAt: place };
      return holder === undefined ? key : { ...key, person: holder };
    });
    const state: PartyChainState = {
      ...{ status: 'admitted', head: null, seq: null, rootKid: someHead, keys, sites: [] },
      ...{ mandates: [], policies: [], disputed: [], gaps: [] },
    };
    const signer = await new DirectoryKeyStore(`${person.home}/keys`).signer(clerk.kid);
    const claims = { iss: 'health-data' as PartyId, sub: someShipment, jti: newJti(), iat: 1, evt: 'registered' };
    const opening = shownToken(await mintToken(claims, signer));
    const answers = {
      [shipment]: { status: 200, body: chainAnswer({}, [opening]) },
      [`${chains}health-data`]: { status: 200, body: { sub: 'health-data', state, tokens: [] } },
      [`${parties}health-data`]: problem(404, 'party.unknown', 'Unknown.'),
    };
    return types(answers, 'approve', someShipment, '--key', second.kid);
  }

  it('two keys, each of its person → approved', async () => {
    expect(await approves('clerk-0017', 'chief-0003')).toBe(0);
    expect(signed()).toBe(1);
  });

  it.each([
    ['the same person', ['clerk-0017', 'clerk-0017'], 'approval.same-person'],
    ['a key of no person', ['clerk-0017', undefined], 'approval.no-person'],
    ['registered by a key of no person', [undefined, 'chief-0003'], 'approval.registrant-unknown'],
  ])('%s → not signed, says why it would not count', async (_, persons, code) => {
    expect(await approves(...persons)).toBe(1);
    expect(person.err).toContain(code);
    expect(signed()).toBe(0);
  });
});

describe('what the hub foresees of a parcel', () => {
  const operator = { party: 'unbroken-operator', kid: null };
  const trust = { deployment: 'unbroken-test', operator, logs: [], witnesses: [], quorum: 0, promises: [] };

  async function registers(code: string, ...more: string[]): Promise<number> {
    await person.key('health-data');
    const told = { code, detail: 'Under the policy it needs something.', cure: 'Void this shipment.' };
    const draft = { sub: someShipment, label: someShipment, claims: {}, warnings: [told], next: [] };
    const about = ['--to', 'danish-post', '--contents', '2 CDs', '--class', 'sensitive', '--enc', 'none'];
    const answers = {
      'POST /sender/v1/shipments': { status: 201, body: draft },
      'GET /ledger/v1/trust': { status: 200, body: trust },
      [`${parties}danish-post`]: party(),
      [`${parties}health-data`]: party({ party: 'health-data' }),
      [`${chains}health-data`]: { status: 200, body: { sub: 'health-data', state: null, tokens: [] } },
    };
    return types(answers, 'register', ...about, '--due', '2026-12-01', ...more);
  }

  const registered = () => hub.asked.some(({ path }) => path.endsWith('/tokens'));

  it.each([
    ['dispatch.no-basis', '--basis'],
    ['dispatch.unencrypted', '--enc'],
    ['dispatch.way-not-allowed', '--kind'],
    ['due.passed', '--due'],
  ])('%s, which only a new one would cure → not signed, names %s', async (code, option) => {
    expect(await registers(code)).toBe(1);
    expect(person.err).toContain(`Under the policy it needs something. ${code}`);
    expect(person.err).toContain(option);
    expect(person.err).not.toContain('Void');
    expect(registered()).toBe(false);
  });

  it('the same with --anyway → signed, and told', async () => {
    expect(await registers('dispatch.no-basis', '--anyway')).toBe(0);
    expect(person.out).toContain('Under the policy it needs something. Void this shipment.');
    expect(registered()).toBe(true);
  });

  it('an approval, which may still come → signed, and told', async () => {
    expect(await registers('dispatch.unapproved')).toBe(0);
    expect(person.out).toContain('`unbroken approve SHIPMENT`');
    expect(registered()).toBe(true);
  });
});

describe('what holds for ever', () => {
  it('a key is enrolled a second time → not signed, says for whom it counts', async () => {
    await person.key('danish-post', 'root');
    const { kid } = await person.key('danish-post');
    const keys = [{ kid, use: 'device', roles: ['courier'], person: 'driver-0001', enrolledAt: 2 }];
    const state = { status: 'admitted', head: someHead, seq: 3, rootKid: someHead, keys, sites: [] };
    const body = {
      sub: 'danish-post',
      state: { ...state, mandates: [], policies: [], disputed: [], gaps: [] },
      tokens: [],
    };
    const answers = { [`${chains}danish-post`]: { status: 200, body }, [`${parties}danish-post`]: party() };
    expect(await types(answers, 'party', 'enrol', kid, '--person', 'driver-0002')).toBe(1);
    expect(person.err).toContain('driver-0001');
    expect(signed()).toBe(0);
  });

  it('a party is established a second time → not signed, and no key is made', async () => {
    const establish = ['party', 'establish', '--as', 'danish-post', '--name', 'Post', '--roles', 'courier'];
    expect(await types({ [`${parties}danish-post`]: party() }, ...establish)).toBe(1);
    expect(person.err).toContain('party.established');
    expect(await new DirectoryKeyStore(`${person.home}/keys`).list()).toEqual([]);
  });
});

describe('the hub’s cures', () => {
  it('in the protocol’s words → told in the command’s', async () => {
    await person.key('health-data');
    const refusal = problem(422, 'dispatch.other', 'Nobody approved it.', 'A second person must sign `approved`.');
    const answers = { [shipment]: { status: 200, body: chainAnswer() }, 'POST /sender/v1/tokens': refusal };
    expect(await types(answers, 'release', someShipment, '--to', 'danish-post', '--anyway')).toBe(1);
    expect(person.err).toContain('must sign `unbroken approve`.');
  });

  it('an address of the interface → the command that gives the same', async () => {
    const refusal = problem(404, 'alert.unknown', 'No such alert.', 'Take the id from GET /alerts/v1/alerts');
    const asked = ['alerts', '--ack', 'x', '--reason', 'seen', '--as', 'danish-post'];
    expect(await types({ 'POST /alerts/v1/alerts/x/acknowledge': refusal }, ...asked)).toBe(1);
    expect(person.err).toContain('`unbroken alerts`');
    expect(person.err).not.toContain('GET');
  });
});

// Hands that the rules would find fault with are told before anything is signed.

import type { PartyChainState } from '@unbroken/contracts';
import { someHead, someShipment } from '@unbroken/words/fixture';
import { recording } from '../fixture/answering-hub.js';
import type { Answers } from '../fixture/answering-hub.js';
import { AtTerminal } from '../fixture/at-terminal.js';
import { chains, parties, party, signed, stands, takes } from '../fixture/doubting-hub.js';

let person: AtTerminal;

beforeEach(async () => (person = await AtTerminal.sitDown()));
afterEach(() => person.leave());

const types = (answers: Answers, ...args: string[]) => person.typesTo({ ...takes, ...answers }, ...args);

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
    expect(signed(person)).toBe(0);
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
    expect(signed(person)).toBe(1);
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
    const held = { ...stands({ holder: 'health-data', ...forUs }), [`${parties}my-post`]: party() };
    expect(await types(held, 'release', someShipment, '--to', 'my-post')).toBe(0);
  });

  const mandates = (given: PartyChainState['mandates']): Answers => {
    const state = { status: 'admitted', head: null, seq: null, rootKid: someHead, keys: [], sites: [] };
    const body = { sub: 'my-post', state: { ...state, mandates: given, policies: [], disputed: [], gaps: [] } };
    return { [`${chains}my-post`]: { status: 200, body: { ...body, tokens: [] } } };
  };
});

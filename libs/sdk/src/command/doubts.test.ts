// What looks like a mistake is told before anything is signed, and signed all the same with --anyway.

import { chainAnswer, shownToken, someHead, someShipment } from '@unbroken/words/fixture';
import { problem } from '../fixture/answering-hub.js';
import type { Answers } from '../fixture/answering-hub.js';
import { AtTerminal } from '../fixture/at-terminal.js';
import { chains, parties, party, shipment, signed, stands, takes } from '../fixture/doubting-hub.js';
import { someToken } from '../fixture/some-outbox-token.js';
import { DirectoryKeyStore } from '../keys/directory-key-store.js';

let person: AtTerminal;

beforeEach(async () => (person = await AtTerminal.sitDown()));
afterEach(() => person.leave());

const types = (answers: Answers, ...args: string[]) => person.typesTo({ ...takes, ...answers }, ...args);

describe('a party or a place that is not there', () => {
  const release = ['release', someShipment, '--to', 'danish-post'];

  beforeEach(() => person.key('health-data'));

  it('released to nobody known → not signed, says which', async () => {
    expect(await types(stands({ holder: 'health-data' }), ...release)).toBe(1);
    expect(person.err).toContain('No party here is called danish-post.');
    expect(person.err).toContain('--anyway');
    expect(signed(person)).toBe(0);
  });

  it('the same with --anyway → signed, and nobody is asked', async () => {
    expect(await types({ [shipment]: { status: 200, body: chainAnswer() } }, ...release, '--anyway')).toBe(0);
    expect(signed(person)).toBe(1);
    expect(person.asked[0]?.path).not.toContain('parties');
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
    expect(signed(person)).toBe(0);
  });
});

describe('a statement that changes nothing', () => {
  it('withdrawn with nothing on offer → not signed', async () => {
    await person.key('health-data');
    expect(await types({ [shipment]: { status: 200, body: chainAnswer() } }, 'withdraw', someShipment)).toBe(1);
    expect(person.err).toContain('offer.none');
    expect(signed(person)).toBe(0);
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
    expect(signed(person)).toBe(ended === 0 ? 1 : 0);
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
    expect(signed(person)).toBe(0);
  });

  it('a party is established a second time → not signed, and no key is made', async () => {
    const establish = ['party', 'establish', '--as', 'danish-post', '--name', 'Post', '--roles', 'courier'];
    expect(await types({ [`${parties}danish-post`]: party() }, ...establish)).toBe(1);
    expect(person.err).toContain('party.established');
    expect(await new DirectoryKeyStore(`${person.home}/keys`).list()).toEqual([]);
  });
});

describe('a party of a name that is taken', () => {
  const admit = ['party', 'admit', 'danish-p0st', '--as', 'operator'];
  const [asked, namesakes] = [`${parties}danish-p0st`, `${parties}danish-p0st/namesakes`];
  const nothing = { keys: [], sites: [], mandates: [], policies: [], disputed: [], gaps: [] };
  const justEstablished = { status: 'established', head: someHead, seq: 0, rootKid: someHead, ...nothing };
  const other = { party: 'danish-post', name: 'Danish Post', roles: ['courier'] };
  const knows = async (...of: (typeof other)[]): Promise<Answers> => {
    const admitted = shownToken(await someToken({ evt: 'admitted', iss: 'operator', sub: 'danish-post' }));
    return {
      [asked]: party({ party: 'danish-p0st', name: 'DANISH POST', admitted: false }),
      [namesakes]: { status: 200, body: { parties: of } },
      [`${chains}danish-post`]: { status: 200, body: { sub: 'danish-post', state: null, tokens: [admitted] } },
      [`${chains}danish-p0st`]: { status: 200, body: { sub: 'danish-p0st', state: justEstablished, tokens: [] } },
    };
  };

  beforeEach(() => person.key('operator', 'root'));

  it('admitted → not signed, says which party, as what and since when', async () => {
    expect(await types(await knows(other), ...admit)).toBe(1);
    expect(person.err).toContain('party.namesake');
    expect(person.err).toContain('Danish Post (danish-post), as courier, since 2015-02-19 09:41 UTC');
    expect(person.err).toContain('--anyway');
    expect(signed(person)).toBe(0);
  });

  it.each([
    ['with --anyway', [other], ['--anyway']],
    ['and nobody else is called so', [], []],
  ])('admitted %s → signed', async (_, of, typed) => {
    expect(await types(await knows(...of), ...admit, ...typed)).toBe(0);
    expect(signed(person)).toBe(1);
  });

  it('the hub is of before → signed', async () => {
    const unknown = problem(404, 'route.unknown', 'No such route.');
    expect(await types({ ...(await knows()), [namesakes]: unknown }, ...admit)).toBe(0);
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

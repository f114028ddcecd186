// What a home keeps of a parcel, forgotten; and who has seen it, told.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpeningsAnswer } from '@unbroken/contracts';
import { generateSigner, mintToken, newJti, readAccess } from '@unbroken/tokens';
import type { KeyId } from '@unbroken/tokens';
import { chainAnswer, shownToken, someShipment } from '@unbroken/words/fixture';
import { problem, recording } from '../fixture/answering-hub.js';
import type { Answers } from '../fixture/answering-hub.js';
import { AtTerminal, NOW } from '../fixture/at-terminal.js';
import { DirectoryKeyStore } from '../keys/directory-key-store.js';
import { SaltStore } from '../keys/salt-store.js';
import { ShipmentNotesStore } from '../keys/shipment-notes.js';

const operator = { party: 'unbroken-operator', kid: null };
const trust = { deployment: 'unbroken-test', operator, logs: [], witnesses: [], quorum: 0, promises: [] };
const chainPath = `GET /ledger/v1/chains/${someShipment}`;

let terminal: AtTerminal;

beforeEach(async () => (terminal = await AtTerminal.sitDown()));
afterEach(() => terminal.leave());

const types = (answers: Answers, ...args: string[]) =>
  terminal.typesTo({ 'GET /ledger/v1/trust': { status: 200, body: trust }, ...answers }, ...args);

describe('unbroken forget', () => {
  const salts = () => new SaltStore(join(terminal.home, 'salts'));

  /** A chain with two commitments of this home; another one stays. */
  const kept = async () => {
    const [contents, note, other] = [
      await salts().commit('contents', 'two CDs'),
      await salts().commit('note', 'Jane Doe took them'),
      await salts().commit('note', 'of another parcel'),
    ];
    await new ShipmentNotesStore(join(terminal.home, 'notes')).keep(someShipment, { peopleNumber: 'about 12' });
    const { signer } = await generateSigner('ES256');
    const token = await mintToken(
      { iss: 'health-data', sub: someShipment, jti: newJti(), iat: 0, evt: 'registered', contents, note },
      signer,
    );
    return { other, chain: { status: 200, body: chainAnswer({}, [shownToken(token)]) } };
  };
  const holds = (held: boolean) => ({
    [`GET /alerts/v1/holds/${someShipment}`]: { status: 200, body: { sub: someShipment, held } },
  });

  it('→ texts and salts of its commitments and the notes are gone, those of others stay', async () => {
    const { other, chain } = await kept();
    expect(await types({ ...holds(false), [chainPath]: chain }, 'forget', someShipment)).toBe(0);
    expect(await readdir(join(terminal.home, 'salts'))).toEqual([`${other}.json`]);
    expect(await readdir(join(terminal.home, 'notes'))).toEqual([]);
    expect(terminal.out).toContain('2 texts with their salts and the notes');
  });

  it('a legal hold stands against it → refused with the cure, and nothing is erased', async () => {
    const { chain } = await kept();
    expect(await types({ ...holds(true), [chainPath]: chain }, 'forget', someShipment)).toBe(1);
    expect(terminal.err).toMatch(/forget\.held[^]*release-hold|release-hold/);
    expect(await readdir(join(terminal.home, 'salts'))).toHaveLength(3);
  });
});

describe('unbroken seen', () => {
  const opening: OpeningsAnswer['openings'][number] = {
    at: '2026-03-02T07:00:00.000Z',
    until: '2026-03-02T07:10:00.000Z',
    about: someShipment,
    what: 'evidence',
    owner: null,
    party: null,
    kid: null,
    person: null,
    source: 'aaaaaaaa',
    sealed: null,
  };
  const path = `GET /ledger/v1/openings/${someShipment}`;

  it('→ every page, with what is known of who it was', async () => {
    await terminal.key('health-data');
    const known = {
      ...opening,
      what: 'chain',
      party: 'danish-post',
      kid: 'k'.repeat(42) + 'A',
      person: 'courier-0042',
      sealed: '2026-03-01',
    };
    const party = { status: 404, body: problem(404, 'party.unknown', 'No such party.').body };
    const answers = {
      [path]: { status: 200, body: { about: someShipment, openings: [opening], cursor: '7' } },
      [`${path}?cursor=7`]: { status: 200, body: { about: someShipment, openings: [known], cursor: null } },
      'GET /registry/v1/parties/danish-post': party,
    };
    expect(await types(answers, 'seen', someShipment)).toBe(0);
    expect(terminal.out).toContain('somebody whom nothing identified (aaaaaaaa): the evidence; not sealed yet');
    expect(terminal.out).toMatch(/danish-post, key k+A, person courier-0042: the chain\n/);
    expect(terminal.out).not.toContain('not known');
  });

  it('the hub has lost its record of a time → says which, and since when it says so', async () => {
    await terminal.key('health-data');
    const [from, to] = ['2026-03-02T00:00:00.000Z', '2026-03-04T07:00:00.000Z'];
    const gaps = [
      { from, to, said: to },
      { from: null, to: from, said: null },
    ];
    const answers = { [path]: { status: 200, body: { about: someShipment, openings: [], cursor: null, gaps } } };
    expect(await types(answers, 'seen', someShipment)).toBe(0);
    expect(terminal.out).toContain(`! From ${from} to ${to} it is not known who opened it`);
    expect(terminal.out).toContain(`as its operator said on ${to}.`);
    expect(terminal.out).toContain(`! From the beginning to ${from} it is not known`);
    expect(terminal.out).toContain('nobody has said so yet');
  });
});

describe('a courier who accepts with a device', () => {
  const accepts = async (answers: Answers) => {
    const chain = { status: 200, body: chainAnswer() };
    const all = { [chainPath]: chain, 'POST /courier/v1/tokens': recording(), ...answers };
    expect(await types(all, 'accept', someShipment, '--anyway')).toBe(0);
    return terminal.asked.filter(({ path }) => path.endsWith(`/chains/${someShipment}`));
  };

  it('→ reads the parcel under that key, each time', async () => {
    const { kid, party } = await terminal.key('danish-post');
    const { jwk } = await new DirectoryKeyStore(join(terminal.home, 'keys')).signer(kid);
    const read = await accepts({});
    expect(read.length).toBeGreaterThan(0);
    for (const { authorization = '' } of read) {
      const access = { aud: 'unbroken-test', scope: 'chains', now: NOW / 1000 } as const;
      const keyOf = (one: KeyId) => (one === kid ? { party, kid, jwk } : undefined);
      expect(await readAccess(authorization.replace('Bearer ', ''), { ...access, keyOf })).toMatchObject({
        party,
        kid,
      });
    }
  });

  it('the hub takes no word of the key → signs all the same', async () => {
    await terminal.key('danish-post');
    const refused = problem(401, 'access.key', 'That is no key that counts.');
    const read = await accepts({
      [chainPath]: ({ authorization }) =>
        authorization === undefined ? { status: 200, body: chainAnswer() } : refused,
    });
    expect(read.some(({ authorization }) => authorization === undefined)).toBe(true);
  });
});

describe('unbroken chain --as', () => {
  it('the hub takes no word of the key → read all the same, and said that the record names nobody', async () => {
    await terminal.key('health-data');
    let asked = 0;
    const refused = problem(401, 'access.key', 'That is no key that counts.');
    const answers = { [chainPath]: () => (asked++ === 0 ? refused : { status: 200, body: chainAnswer() }) };
    expect(await types({ ...answers }, '--as', 'health-data', 'chain', someShipment)).toBe(0);
    expect(asked).toBe(2);
    expect(terminal.err).toContain('will not say that it was you');
  });
});

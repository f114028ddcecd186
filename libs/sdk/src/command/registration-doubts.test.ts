// What a policy would find missing of a parcel is told before it is registered, and before a second person approves it.

import type { PartyChainState } from '@unbroken/contracts';
import { mintToken, newJti } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import { chainAnswer, shownToken, someHead, someShipment } from '@unbroken/words/fixture';
import { problem } from '../fixture/answering-hub.js';
import type { Answers } from '../fixture/answering-hub.js';
import { AtTerminal } from '../fixture/at-terminal.js';
import { chains, parties, party, shipment, signed, takes } from '../fixture/doubting-hub.js';
import { DirectoryKeyStore } from '../keys/directory-key-store.js';
import type { StoredKey } from '../keys/key-store.js';

let person: AtTerminal;

beforeEach(async () => (person = await AtTerminal.sitDown()));
afterEach(() => person.leave());

const types = (answers: Answers, ...args: string[]) => person.typesTo({ ...takes, ...answers }, ...args);

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
    expect(signed(person)).toBe(1);
  });

  it.each([
    ['the same person', ['clerk-0017', 'clerk-0017'], 'approval.same-person'],
    ['a key of no person', ['clerk-0017', undefined], 'approval.no-person'],
    ['registered by a key of no person', [undefined, 'chief-0003'], 'approval.registrant-unknown'],
  ])('%s → not signed, says why it would not count', async (_, persons, code) => {
    expect(await approves(...persons)).toBe(1);
    expect(person.err).toContain(code);
    expect(signed(person)).toBe(0);
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

  const registered = () => person.asked.some(({ path }) => path.endsWith('/tokens'));

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

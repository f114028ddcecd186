// The dispatch rules at the sender's door, over HTTP, with tokens that are really signed.

import { defaultPolicy, policyHash } from '@unbroken/custody';
import type { TopicEar } from '@unbroken/intake/fixture';
import { waitFor } from '@unbroken/testing';
import { generateSigner, proofOfPossession } from '@unbroken/tokens';
import { SenderHouse } from '../fixture/sender-house.js';
import { forged } from '../fixture/test-parcel.js';

let door: SenderHouse;
let posted: TopicEar;

beforeAll(async () => {
  door = await SenderHouse.open();
  posted = await door.house.listen('custody.tokens.v1');
}, 120_000);

afterAll(() => door.close(), 60_000);

describe('registered and released in one go', () => {
  it.each([
    ['sensitive and not encrypted', { enc: { how: 'none' } }, {}, 'dispatch.unencrypted'],
    [
      'sensitive and encrypted in a way the policy does not take',
      { enc: { how: 'other' } },
      {},
      'dispatch.unencrypted',
    ],
    ['personal without legal basis', { class: 'personal', basis: undefined }, {}, 'dispatch.no-basis'],
    ['sensitive, dropped', {}, { mode: 'drop' }, 'dispatch.way-not-allowed'],
  ])('%s → %s', async (_, claims, release, code) => {
    const parcel = door.parcel();
    const tokens = [await parcel.register(claims), await parcel.approve(door.people.bo), await parcel.release(release)];
    expect(await door.fateOfLast(...tokens)).toBe(code);
  });

  it.each([
    ['sensitive, encrypted, approved, with a basis, met', {}, {}],
    ['internal, not encrypted', { class: 'internal', enc: { how: 'none' }, basis: undefined }, {}],
    ['personal with a basis, not encrypted', { class: 'personal', enc: { how: 'none' } }, {}],
    ['internal, dropped', { class: 'internal' }, { mode: 'drop' }],
    ['digital, dropped', { kind: 'digital' }, { mode: 'drop' }],
    ['to another unit of the sender', { enc: { how: 'none' } }, { to: 'skat' }],
  ])('%s → passes', async (_, claims, release) => {
    const parcel = door.parcel();
    const tokens = [await parcel.register(claims), await parcel.approve(door.people.bo), await parcel.release(release)];
    expect(await door.fateOfLast(...tokens)).toBe('passed');
  });

  it('registered, approved, sealed and released → passes', async () => {
    const parcel = door.parcel();
    const tokens = [await parcel.register(), await parcel.approve(door.people.bo)];
    tokens.push(await parcel.line('sealed', { seals: { S1: 'H' } }), await parcel.release());
    expect(await door.fateOfLast(...tokens)).toBe('passed');
  });

  it('unencrypted, and the release comes before its `registered` → held back all the same', async () => {
    const parcel = door.parcel();
    const registered = await parcel.register({ enc: { how: 'none' } });
    const approved = await parcel.approve(door.people.bo);
    const released = await parcel.release();
    expect(await door.fates(released, approved, registered)).toEqual(['dispatch.unencrypted', 'passed', 'passed']);
  });

  it('in order but for the sequence of the upload → passes', async () => {
    const parcel = door.parcel();
    const registered = await parcel.register();
    const tokens = [await parcel.approve(door.people.bo), registered];
    expect(await door.fates(await parcel.release(), ...tokens)).toEqual(['passed', 'passed', 'passed']);
  });
});

describe('approval', () => {
  it('nobody approved → dispatch.unapproved, with the cure, and nothing of the release is kept', async () => {
    const parcel = door.parcel();
    await door.post(await parcel.register());
    const release = await parcel.release();
    const begun = performance.now();
    const answer = await door.postAlone(release);
    expect(performance.now() - begun).toBeLessThan(1_500);
    expect(answer).toMatchObject({ status: 422, body: { code: 'dispatch.unapproved' } });
    expect(answer.body['cure']).toMatch(/second person.*enrolled for a person.*`approved`/s);
    const last = await door.parcel().register();
    await door.post(last);
    await waitFor(() => posted.texts.includes(last), { what: 'what was posted later' });
    expect(posted.texts).not.toContain(release);
  });

  it('approved by the person who registered → dispatch.unapproved', async () => {
    const parcel = door.parcel();
    const tokens = [await parcel.register(), await parcel.approve(door.people.anna), await parcel.release()];
    expect(await door.fateOfLast(...tokens)).toBe('dispatch.unapproved');
  });

  it('an approval that its key did not sign → dispatch.unapproved', async () => {
    const parcel = door.parcel();
    const registered = await parcel.register();
    const approved = forged(await parcel.approve(door.people.bo));
    expect(await door.fateOfLast(registered, approved, await parcel.release())).toBe('dispatch.unapproved');
  });

  it('an approval by a key that nobody has enrolled → dispatch.unapproved', async () => {
    const parcel = door.parcel();
    const tokens = [await parcel.register(), await parcel.approve(door.people.stranger), await parcel.release()];
    expect(await door.fateOfLast(...tokens)).toBe('dispatch.unapproved');
  });

  it('approved after the refusal → the release signed then passes', async () => {
    const parcel = door.parcel();
    await door.post(await parcel.register());
    const approval = await parcel.approve(door.people.bo);
    const release = await parcel.release();
    expect((await door.postAlone(release)).status).toBe(422);
    await door.post(approval);
    expect((await door.postAlone(release)).status).toBe(202);
  });

  it('by a key whose enrolment is only just being recorded → passes', async () => {
    const { sender } = door.people;
    const parcel = door.parcel();
    const { signer: cleo } = await generateSigner('Ed25519');
    const answer = door.fateOfLast(await parcel.register(), await parcel.approve(cleo), await parcel.release());
    const pop = await proofOfPossession(cleo, sender.id, sender.root.kid);
    const enrolment = { jwk: cleo.jwk, pop, use: 'device', roles: ['sender'], person: 'person-cleo' };
    await door.house.ledger.say(sender, 'enrolled', enrolment);
    expect(await answer).toBe('passed');
  });
});

describe('what the ledger has recorded', () => {
  it('registered elsewhere, unencrypted → the release is held back once it is heard of', async () => {
    const parcel = door.parcel();
    await door.recorded(parcel.sub, await parcel.register({ enc: { how: 'none' } }));
    const { status, body } = await door.postAlone(await parcel.release());
    expect({ status, code: body['code'] }).toEqual({ status: 422, code: 'dispatch.unencrypted' });
    expect(body).toMatchObject({ errors: [{ code: 'dispatch.unencrypted' }, { code: 'dispatch.unapproved' }] });
  });

  it('posted here, recorded, released later → passes; the same release again → the same answer', async () => {
    const parcel = door.parcel();
    const tokens = [await parcel.register(), await parcel.approve(door.people.bo)];
    await door.post(...tokens);
    for (const token of tokens) await door.house.ledger.record(token);
    const release = await parcel.release();
    const first = await door.postAlone(release);
    expect(first.status).toBe(202);
    await door.house.ledger.record(release);
    expect(await door.postAlone(release)).toMatchObject({ status: 202, body: first.body });
  });

  it('at another door → passes, for the alerts to judge', async () => {
    const parcel = door.parcel();
    const tokens = [await parcel.register({ enc: { how: 'none' } }), await parcel.release()];
    expect((await door.house.post('/courier/v1/tokens', { tokens })).body).toMatchObject({
      tokens: [{ tid: expect.any(String) as string }, { tid: expect.any(String) as string }],
    });
  });
});

describe('a policy of the sender', () => {
  it('that asks for less → passes', async () => {
    const { sender, bo } = door.people;
    const lenient = { ...defaultPolicy, name: 'Lenient', encryption: { from: 'never', accepted: [] } };
    const policy = await door.house.ledger.document(JSON.stringify(lenient));
    await door.house.ledger.say(sender, 'policed', { policy });
    const parcel = door.parcel();
    const tokens = [await parcel.register({ enc: { how: 'none' }, policy }), await parcel.approve(bo)];
    expect(await door.fateOfLast(...tokens, await parcel.release())).toBe('passed');
  });

  it('that asks for more and is only just being published → held back by it', async () => {
    const { ledger } = door.house;
    const text = JSON.stringify({ ...defaultPolicy, name: 'Strict', approval: { from: 'public' } });
    const parcel = door.parcel();
    const registered = await parcel.register({ class: 'internal', policy: policyHash(text) });
    const answer = door.fateOfLast(registered, await parcel.release());
    await ledger.document(text);
    await ledger.say(door.people.sender, 'policed', { policy: policyHash(text) });
    expect(await answer).toBe('dispatch.unapproved');
  });
});

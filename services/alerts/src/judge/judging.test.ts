import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import { defaultPolicy, policyHash } from '@unbroken/custody';
import { waitFor } from '@unbroken/testing';
import { sha256Hash } from '@unbroken/tokens';
import { AlertsHouse } from '../fixture/alerts-house.js';
import { fourParties } from '../fixture/four-parties.js';

let house: AlertsHouse;
let sender: TestParty;
let courier: TestParty;
let receiver: TestParty;
let stranger: TestParty;

beforeAll(async () => {
  house = await AlertsHouse.build();
  await house.start();
  ({ sender, courier, receiver, stranger } = await fourParties(house));
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

const parcel = (claims: object = {}) =>
  TestShipment.register(house.ledger, sender, { to: receiver.id, via: [courier.id], ...claims });

describe('misdelivery', () => {
  it('accepted by another than the release names → wrong-party and off-route, told to everybody concerned', async () => {
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    await shipment.add(courier, 'released', { to: receiver.id, mode: 'meet' });
    await shipment.add(stranger, 'accepted', { cond: 'ok' });

    const alert = await house.alert(shipment.sub, 'misdelivery.wrong-party');
    await house.alert(shipment.sub, 'misdelivery.off-route');

    expect(alert).toMatchObject({ severity: 'critical', responsible: courier.id, state: 'raised' });
    expect([...alert.parties].sort()).toEqual([sender, courier, receiver, stranger].map(({ id }) => id).sort());
    expect(alert.sentence).toBe(
      'The visa-centre accepted the parcel, which The royal-mail had offered to The statistics.',
    );
    expect(alert.next[0]).toBe('Call the party that holds it now.');
  });

  it('handed to the consignee 500 m from its place → wrong-place', async () => {
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    await shipment.add(courier, 'released', { to: receiver.id, mode: 'meet', off: 500 });

    const alert = await house.alert(shipment.sub, 'misdelivery.wrong-place');
    expect(alert.sentence).toBe(
      'The royal-mail signed the hand-off to The statistics up to 500 m away from their place.',
    );
  });

  it('off the route, and a redirect signed before arrives late → resolves itself', async () => {
    const shipment = await parcel({ via: [] });
    const redirect = await shipment.sign(sender, 'redirected', { to: receiver.id, via: [courier.id] });
    house.clock.advance(1000);
    await shipment.handOver(sender, courier);
    await house.alert(shipment.sub, 'misdelivery.off-route');

    await house.ledger.record(redirect.token);

    const resolved = await house.alert(shipment.sub, 'misdelivery.off-route', 'resolved');
    expect(resolved.resolved).toMatchObject({ by: null, reason: expect.stringContaining('no longer holds') });
    expect(await house.alerts(shipment.sub, 'open')).toEqual([]);
  });
});

describe('what a token says', () => {
  it('a seal seen broken, one missing, one never sealed → a finding each', async () => {
    const shipment = await parcel();
    await shipment.add(sender, 'sealed', { seals: { 'S-1': 'S', 'S-2': 'S' } });
    await shipment.handOver(sender, courier);
    await shipment.add(courier, 'inspected', { seals: { 'S-1': 'broken', 'S-2': 'missing', 'S-9': 'intact' } });

    const broken = await house.alert(shipment.sub, 'seal.broken');
    expect(broken).toMatchObject({
      severity: 'critical',
      sentence: 'The royal-mail found seal S-1 broken on inspection.',
    });
    await house.alert(shipment.sub, 'seal.missing');
    await house.alert(shipment.sub, 'seal.unknown');
  });

  it('confirmed opened and short → parcel.opened, parcel.short', async () => {
    const shipment = await parcel({ pieces: 2 });
    await shipment.handOver(sender, courier);
    await shipment.handOver(courier, receiver);
    await shipment.add(receiver, 'confirmed', { pieces: 1, unopened: false });

    await house.alert(shipment.sub, 'parcel.opened');
    const short = await house.alert(shipment.sub, 'parcel.short');
    expect(short.sentence).toBe('The statistics counted 1 of 2 pieces.');
  });

  it('reported lost → parcel.lost; reported as something else → parcel.reported', async () => {
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    await shipment.add(courier, 'reported', { what: 'lost' });
    await shipment.add(sender, 'reported', { what: 'not-in-shipment' });

    await house.alert(shipment.sub, 'parcel.lost');
    await house.alert(shipment.sub, 'parcel.reported');
  });

  it('a token that cannot be read → token.malformed', async () => {
    const shipment = await parcel();
    await house.ledger.recordMalformed(shipment.sub, sender.device.kid, 'colour:unknown');

    const alert = await house.alert(shipment.sub, 'token.malformed');
    expect(alert.sentence).toContain('(colour:unknown)');
  });

  it('a device whose clock is ten minutes off → clock.drift', async () => {
    const shipment = await parcel();
    const { token } = await shipment.sign(sender, 'inspected', { seals: {} });
    await house.ledger.record(token, { deviceClock: house.clock.now() + 600_000 });

    expect((await house.alert(shipment.sub, 'clock.drift')).sentence).toContain('10 minutes off');
  });
});

describe('dispatch', () => {
  it('sensitive, unencrypted, unapproved, without basis → three findings on the release', async () => {
    const shipment = await parcel({ class: 'sensitive' });
    const released = await shipment.add(sender, 'released', { to: courier.id, mode: 'meet' });

    for (const code of ['dispatch.unencrypted', 'dispatch.unapproved', 'dispatch.no-basis'] as const) {
      expect((await house.alert(shipment.sub, code)).tid).toBe(released);
    }
  });

  it('its own policy forbids what the default allows, and the document comes after the parcel → judged again', async () => {
    const text = JSON.stringify({ ...defaultPolicy, name: 'no drops', ways: [] });
    const policy = policyHash(text);
    await house.ledger.say(sender, 'policed', { policy });
    const shipment = await parcel({ policy });
    await shipment.handOver(sender, courier);
    await shipment.add(courier, 'inspected', { seals: { X: 'broken' } });
    await house.alert(shipment.sub, 'seal.broken');
    expect((await house.alerts(shipment.sub)).map(({ code }) => code)).not.toContain('dispatch.way-not-allowed');

    await house.ledger.document(text);

    await house.alert(shipment.sub, 'dispatch.way-not-allowed');
  });

  it('a laxer policy came after the parcel → judged by the one it names; what names the newer one, by that', async () => {
    const strict = JSON.stringify({ ...defaultPolicy, name: 'no meeting', ways: [] });
    const lax = JSON.stringify({ ...defaultPolicy, name: 'as ever' });
    for (const text of [strict, lax]) await house.ledger.document(text);
    await house.ledger.say(sender, 'policed', { policy: policyHash(strict) });
    const before = await parcel({ policy: policyHash(strict) });
    await house.ledger.say(sender, 'policed', { policy: policyHash(lax) });
    const after = await parcel({ policy: policyHash(lax) });
    for (const shipment of [after, before]) await shipment.handOver(sender, courier);

    await house.alert(before.sub, 'dispatch.way-not-allowed');
    await house.settled();
    expect(await house.alerts(after.sub)).toEqual([]);
  });

  it('the glass is broken, signed and with a reason → it goes, and that is an alert of its own', async () => {
    const person = await house.ledger.enrol(sender, 'device', ['sender'], 'clerk-0017');
    const shipment = await parcel({ class: 'sensitive', enc: { how: 'age' }, basis: { code: 'x', ref: 'y' } });
    const glass = await shipment.sign(sender, 'approved', { glass: 'court-order' }, person);
    await house.ledger.record(glass.token);
    await shipment.handOver(sender, courier);

    const alert = await house.alert(shipment.sub, 'dispatch.break-glass');
    expect(alert).toMatchObject({ tid: glass.tid, severity: 'high' });
    expect(alert.sentence).toContain('court-order');
    await house.settled();
    expect((await house.alerts(shipment.sub)).map(({ code }) => code)).toEqual(['dispatch.break-glass']);
  });
});

describe('keys', () => {
  it('revoked since before what it signed, after that was recorded → key.suspect on those chains, and stays', async () => {
    const key = await house.ledger.enrol(courier, 'device', ['courier']);
    const shipment = await parcel();
    await shipment.add(sender, 'released', { to: courier.id, mode: 'meet' });
    const { tid, token } = await shipment.sign(courier, 'accepted', { cond: 'ok' }, key);
    await house.ledger.record(token);
    await shipment.add(courier, 'inspected', { seals: { Y: 'broken' } });
    await house.alert(shipment.sub, 'seal.broken');

    await house.ledger.revoke(courier, key.kid, house.ledger.now - 60);

    expect((await house.alert(shipment.sub, 'key.suspect')).tid).toBe(tid);
    // A token that has the whole chain judged again finds it suspect still.
    await house.ledger.recordMalformed(shipment.sub, sender.device.kid, 'evt:unknown');
    await house.alert(shipment.sub, 'token.malformed');
    expect((await house.alert(shipment.sub, 'key.suspect')).state).toBe('raised');
  });

  it('the next root key took over since before what the old one signed → key.suspect on those chains', async () => {
    const former = courier.root;
    const shipment = await parcel();
    await shipment.add(sender, 'released', { to: courier.id, mode: 'meet' });
    const { tid, token } = await shipment.sign(courier, 'accepted', { cond: 'damaged' }, former);
    await house.ledger.record(token);
    await house.alert(shipment.sub, 'parcel.damaged');

    await house.ledger.reroot(courier);

    expect((await house.alert(shipment.sub, 'key.suspect')).tid).toBe(tid);
  });

  it('signed after the revocation was recorded → key.revoked', async () => {
    const key = await house.ledger.enrol(courier, 'device', ['courier']);
    await house.ledger.revoke(courier, key.kid, house.ledger.now);
    const shipment = await parcel();
    await shipment.add(sender, 'released', { to: courier.id, mode: 'meet' });
    const { token } = await shipment.sign(courier, 'accepted', { cond: 'ok' }, key);
    await house.ledger.record(token);

    await house.alert(shipment.sub, 'key.revoked');
  });
});

describe('finders', () => {
  const says = { opened: 'yes', mine: false, left: 'kept-closed' };
  const ofFinders = async (sub: string) =>
    (await house.alerts(sub)).filter(({ code }) => code === 'misdelivery.stranger').map(({ state }) => state);

  it('several say that it is not theirs → one open alert; told again after a person resolved it → the next', async () => {
    const desk = await house.ledger.party('finder-desk', ['finder-desk']);
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    const first = await shipment.add(desk, 'found', says);
    const alert = await house.alert(shipment.sub, 'misdelivery.stranger');
    expect(alert).toMatchObject({
      tid: first,
      sentence:
        'A finder says that the parcel is with them, opened, and that it is not meant for them. Nobody has verified it.',
    });
    await shipment.add(desk, 'found', says);
    // Has the whole chain judged again.
    await shipment.add(courier, 'witnessed', { of: first });
    await shipment.add(courier, 'reported', { what: 'damaged' });
    await house.alert(shipment.sub, 'parcel.damaged');
    expect(await ofFinders(shipment.sub)).toEqual(['raised']);

    house.clock.advance(1000);
    await house.request(`alerts/${alert.id}/resolve`, { by: sender.id, reason: 'called back' });
    await shipment.add(courier, 'witnessed', { of: first });
    await shipment.add(courier, 'reported', { what: 'opened' });
    await house.alert(shipment.sub, 'parcel.opened');
    expect(await ofFinders(shipment.sub)).toEqual(['resolved']);

    house.clock.advance(1000);
    const third = await shipment.add(desk, 'found', { ...says, opened: 'no' });
    expect((await house.alert(shipment.sub, 'misdelivery.stranger')).tid).toBe(third);
    expect((await ofFinders(shipment.sub)).sort()).toEqual(['raised', 'resolved']);
  });
});

/** A well-formed shipment id that nobody has registered. */
const UNKNOWN = '7K2M9QX4T1B8ZC3V2';

describe('refusals', () => {
  it('naming a known chain → token.refused, once; naming another or none → nothing', async () => {
    const shipment = await parcel();
    const reported = await shipment.add(sender, 'reported', { what: 'lost' });
    await house.alert(shipment.sub, 'parcel.lost');
    const refusal = {
      key: shipment.sub,
      value: 'bytes',
      headers: { 'reason-code': 'token.signature', 'token-id': reported },
    };

    await house.ledger.poison('custody.refused.v1', { key: null, value: 'nonsense' });
    await house.ledger.poison('custody.refused.v1', { ...refusal, key: 'not-a-chain' });
    await house.ledger.poison('custody.refused.v1', { ...refusal, key: UNKNOWN });
    await house.ledger.poison('custody.refused.v1', refusal);
    await house.ledger.poison('custody.refused.v1', refusal);

    const alert = await house.alert(shipment.sub, 'token.refused');
    expect(alert).toMatchObject({ tid: reported, sentence: expect.stringContaining('(token.signature)') });
    expect(await house.alerts(UNKNOWN)).toEqual([]);
    expect((await house.alerts(shipment.sub)).filter(({ code }) => code === 'token.refused')).toHaveLength(1);
  });

  it('a flood of forged tokens on one chain → one open alert a reason; resolved, the next raises another', async () => {
    const shipment = await parcel();
    const forge = (name: string, reason: string) =>
      house.ledger.poison('custody.refused.v1', {
        key: shipment.sub,
        value: name,
        headers: { 'reason-code': reason, 'token-id': sha256Hash(new TextEncoder().encode(name)) },
      });
    const refused = async (): Promise<(string | undefined)[]> =>
      (await house.alerts(shipment.sub, 'open')).flatMap(({ code, sentence }) =>
        code === 'token.refused' ? [/\((.*)\)/.exec(sentence)?.[1]] : [],
      );
    for (let no = 0; no < 20; no += 1) await forge(`forged ${no}`, 'token.signature');
    await forge('other', 'token.alg');
    await waitFor(async () => (await refused()).includes('token.alg'), { what: 'the alert of the last one' });
    expect((await refused()).sort()).toEqual(['token.alg', 'token.signature']);

    const open = await house.alert(shipment.sub, 'token.refused');
    await house.request(`alerts/${open.id}/resolve`, { by: sender.id, reason: 'seen' });
    await forge('one more', 'token.signature');
    await forge('and one', 'token.alg');
    await waitFor(async () => (await refused()).length === 2, { what: 'both reasons open again' });
  });
});

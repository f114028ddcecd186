// What a sender let go against its policy becomes, also when the policy is only known later.

import { expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import { defaultPolicy, policyHash } from '@unbroken/custody';
import type { PeopledHouse } from '../fixture/peopled-house.js';

export function dispatchTests(at: () => PeopledHouse): void {
  it('sensitive, unencrypted, unapproved, without basis → three findings on the release', async () => {
    const { house, sender, courier, parcel } = at();
    const shipment = await parcel({ class: 'sensitive' });
    const released = await shipment.add(sender, 'released', { to: courier.id, mode: 'meet' });

    for (const code of ['dispatch.unencrypted', 'dispatch.unapproved', 'dispatch.no-basis'] as const) {
      expect((await house.alert(shipment.sub, code)).tid).toBe(released);
    }
  });

  it('approved afterwards, with an earlier time → the finding goes, the alert stays until a person resolves it', async () => {
    const { house, courier, receiver } = at();
    const agency = await house.ledger.party('agency', ['sender']);
    agency.device = await house.ledger.enrol(agency, 'device', ['sender'], 'clerk-0018');
    const second = await house.ledger.enrol(agency, 'device', ['sender'], 'chief-0003');
    const inOrder = { class: 'sensitive', enc: { how: 'age' }, basis: { code: 'x', ref: 'y' } };
    const shipment = await TestShipment.register(house.ledger, agency, {
      to: receiver.id,
      via: [courier.id],
      ...inOrder,
    });
    const [prev, iat] = [shipment.head, house.ledger.now];
    await shipment.add(agency, 'released', { to: courier.id, mode: 'meet' });
    const alert = await house.alert(shipment.sub, 'dispatch.unapproved');

    const late = await shipment.sign(agency, 'approved', { prev, iat }, second);
    await house.ledger.record(late.token);
    await house.settled();
    expect(await house.alerts(shipment.sub, 'raised')).toEqual([alert]);
  });

  it('its own policy forbids what the default allows, and the document comes after the parcel → judged again', async () => {
    const { house, sender, courier, parcel } = at();
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
    const { house, sender, courier, parcel } = at();
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
    const { house, sender, courier, parcel } = at();
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
}

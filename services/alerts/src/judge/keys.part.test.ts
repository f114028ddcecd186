// What is signed with a key that was taken back becomes, also when it is taken back only later.

import { expect, it } from '@jest/globals';
import { topics } from '@unbroken/contracts';
import type { PeopledHouse } from '../fixture/peopled-house.js';

const RECORDED = 'custody.recorded.v1';

export function keysTests(at: () => PeopledHouse): void {
  it('revoked since before what it signed, after that was recorded → key.suspect on those chains, and stays', async () => {
    const { house, sender, courier, parcel } = at();
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

  it('signed in several chains of one batch, and revoked later → key.suspect on each of them', async () => {
    const { house, sender, courier, parcel } = at();
    const key = await house.ledger.enrol(courier, 'device', ['courier']);
    // More than there are partitions, so that at least two come in one batch.
    const shipments = await Promise.all(Array.from({ length: topics[RECORDED].partitions + 1 }, () => parcel()));
    for (const shipment of shipments) await shipment.add(sender, 'released', { to: courier.id, mode: 'meet' });
    const release = house.ledger.holdBack(RECORDED);
    for (const shipment of shipments) {
      const { token } = await shipment.sign(courier, 'accepted', { cond: 'damaged' }, key);
      await house.ledger.record(token);
    }
    await release();
    for (const { sub } of shipments) await house.alert(sub, 'parcel.damaged');

    await house.ledger.revoke(courier, key.kid, house.ledger.now - 60);

    for (const { sub } of shipments) await house.alert(sub, 'key.suspect');
  });

  it('the next root key took over since before what the old one signed → key.suspect on those chains', async () => {
    const { house, sender, courier, parcel } = at();
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
    const { house, sender, courier, parcel } = at();
    const key = await house.ledger.enrol(courier, 'device', ['courier']);
    await house.ledger.revoke(courier, key.kid, house.ledger.now);
    const shipment = await parcel();
    await shipment.add(sender, 'released', { to: courier.id, mode: 'meet' });
    const { token } = await shipment.sign(courier, 'accepted', { cond: 'ok' }, key);
    await house.ledger.record(token);

    await house.alert(shipment.sub, 'key.revoked');
  });
}

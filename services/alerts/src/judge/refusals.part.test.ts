// What the ledger refused becomes.

import { expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import { waitFor } from '@unbroken/testing';
import { newJti, sha256Hash, shipmentId } from '@unbroken/tokens';
import type { AlertsHouse } from '../fixture/alerts-house.js';
import type { PeopledHouse } from '../fixture/peopled-house.js';

/** A well-formed shipment id that nobody has registered. */
const UNKNOWN = '7K2M9QX4T1B8ZC3V2';

export function refusalsTests(at: () => PeopledHouse): void {
  it('naming a known chain → token.refused, once; naming one that nobody registers, or none → nothing', async () => {
    const { house, sender, parcel } = at();
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

  it('naming a chain that is known later → one alert a reason from when it is, to its parties, and no more again', async () => {
    const { house, sender, courier, receiver } = at();
    const jti = newJti();
    const sub = shipmentId(sender.id, jti);
    for (const [name, reason] of [
      ['forged', 'token.signature'],
      ['forged too', 'token.signature'],
      ['other', 'token.alg'],
    ] as const)
      await forge(house, sub, name, reason);
    await house.settled('custody.refused.v1');
    expect(await house.alerts(sub)).toEqual([]);

    const shipment = await TestShipment.register(house.ledger, sender, { to: receiver.id, via: [courier.id], jti });
    await waitFor(async () => (await openReasons(house, sub)).length === 2, { what: 'an alert a reason' });
    expect(await openReasons(house, sub)).toEqual(['token.alg', 'token.signature']);
    const alert = await house.alert(sub, 'token.refused');
    expect([...alert.parties].sort()).toEqual([sender, receiver].map(({ id }) => id).sort());

    await forge(house, sub, 'once more', 'token.signature');
    await house.settled('custody.refused.v1');
    await shipment.handOver(sender, courier);
    await house.settled();
    expect((await house.alerts(sub)).filter(({ code }) => code === 'token.refused')).toHaveLength(2);
  });

  it('naming a chain of which only a later statement is known → raised when its registration comes', async () => {
    const { house, sender, courier, receiver } = at();
    const { shipment, token } = await TestShipment.begin(house.ledger, sender, { to: receiver.id, via: [courier.id] });
    await shipment.add(sender, 'released', { to: courier.id, mode: 'meet' });
    await house.settled();
    await forge(house, shipment.sub, 'early', 'token.signature');
    await house.settled('custody.refused.v1');
    expect(await house.alerts(shipment.sub)).toEqual([]);

    await house.ledger.record(token);
    expect(await house.alert(shipment.sub, 'token.refused')).toMatchObject({ responsible: sender.id });
  });

  it('a flood of forged tokens on one chain → one open alert a reason; resolved, the next raises another', async () => {
    const { house, sender, parcel } = at();
    const shipment = await parcel();
    const { sub } = shipment;
    for (let no = 0; no < 20; no += 1) await forge(house, sub, `forged ${no}`, 'token.signature');
    await forge(house, sub, 'other', 'token.alg');
    await waitFor(async () => (await openReasons(house, sub)).includes('token.alg'), {
      what: 'the alert of the last one',
    });
    expect(await openReasons(house, sub)).toEqual(['token.alg', 'token.signature']);

    const open = await house.alert(sub, 'token.refused');
    await house.request(`alerts/${open.id}/resolve`, { by: sender.id, reason: 'seen' });
    await forge(house, sub, 'one more', 'token.signature');
    await forge(house, sub, 'and one', 'token.alg');
    await waitFor(async () => (await openReasons(house, sub)).length === 2, { what: 'both reasons open again' });
  });
}

const forge = (house: AlertsHouse, sub: string, name: string, reason: string) =>
  house.ledger.poison('custody.refused.v1', {
    key: sub,
    value: name,
    headers: { 'reason-code': reason, 'token-id': sha256Hash(new TextEncoder().encode(name)) },
  });

/** Of the alerts that are open, in alphabetical order. */
const openReasons = async (house: AlertsHouse, sub: string): Promise<string[]> =>
  (await house.alerts(sub, 'open'))
    .flatMap(({ code, sentence }) => (code === 'token.refused' ? [/\((.*)\)/.exec(sentence)?.[1] ?? ''] : []))
    .sort();

// What a statement says of the parcel, or of itself, becomes.

import { expect, it } from '@jest/globals';
import type { PeopledHouse } from '../fixture/peopled-house.js';

export function statementsTests(at: () => PeopledHouse): void {
  it('a seal seen broken, one missing, one never sealed → a finding each', async () => {
    const { house, sender, courier, parcel } = at();
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
    const { house, sender, courier, receiver, parcel } = at();
    const shipment = await parcel({ pieces: 2 });
    await shipment.handOver(sender, courier);
    await shipment.handOver(courier, receiver);
    await shipment.add(receiver, 'confirmed', { pieces: 1, unopened: false });

    await house.alert(shipment.sub, 'parcel.opened');
    const short = await house.alert(shipment.sub, 'parcel.short');
    expect(short.sentence).toBe('The statistics counted 1 of 2 pieces.');
  });

  it('reported lost → parcel.lost; reported as something else → parcel.reported', async () => {
    const { house, sender, courier, parcel } = at();
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    await shipment.add(courier, 'reported', { what: 'lost' });
    await shipment.add(sender, 'reported', { what: 'not-in-shipment' });

    await house.alert(shipment.sub, 'parcel.lost');
    await house.alert(shipment.sub, 'parcel.reported');
  });

  it('a token that cannot be read → token.malformed', async () => {
    const { house, sender, parcel } = at();
    const shipment = await parcel();
    await house.ledger.recordMalformed(shipment.sub, sender.device.kid, 'colour:unknown');

    const alert = await house.alert(shipment.sub, 'token.malformed');
    expect(alert.sentence).toContain('(colour:unknown)');
  });

  it('a device whose clock is ten minutes off → clock.drift', async () => {
    const { house, sender, parcel } = at();
    const shipment = await parcel();
    const { token } = await shipment.sign(sender, 'inspected', { seals: {} });
    await house.ledger.record(token, { deviceClock: house.clock.now() + 600_000 });

    expect((await house.alert(shipment.sub, 'clock.drift')).sentence).toContain('10 minutes off');
  });
}

// What becomes of the alert of a fork, once somebody says which branch is true.

import { expect, it } from '@jest/globals';
import type { TestParty, TestShipment } from '@unbroken/chains/fixture';
import { waitFor } from '@unbroken/testing';
import type { TokenId } from '@unbroken/tokens';
import type { PeopledHouse } from '../fixture/peopled-house.js';

export function forksTests(at: () => PeopledHouse): void {
  /** The sender let it go and took it back; the courier, who knew nothing of that, signed for it. */
  async function forked() {
    const { house, sender, courier, parcel } = at();
    const shipment = await parcel();
    const release = await shipment.add(sender, 'released', { to: courier.id, mode: 'meet' });
    await shipment.add(sender, 'withdrawn');
    const onRelease = { prev: release, seq: 2 };
    const accepted = await shipment.add(courier, 'accepted', { cond: 'ok', ...onRelease });
    const settle = (by: TestParty, of: TokenId) => shipment.add(by, 'settled', { of, prev: release });
    await house.alert(shipment.sub, 'chain.disputed');
    return { shipment, accepted, onRelease, settle };
  }

  const disputes = async ({ sub }: TestShipment) =>
    (await at().house.alerts(sub, 'open')).filter(({ code }) => code === 'chain.disputed');

  it('settled by the party responsible → resolves itself', async () => {
    const { house, sender } = at();
    const { shipment, accepted, settle } = await forked();
    await settle(sender, accepted);

    const resolved = await house.alert(shipment.sub, 'chain.disputed', 'resolved');
    expect(resolved.resolved).toMatchObject({ by: null, reason: expect.stringContaining('no longer holds') });
  });

  it('settled by another party → stays open', async () => {
    const { house, courier } = at();
    const { shipment, accepted, settle } = await forked();
    await settle(courier, accepted);

    await house.alert(shipment.sub, 'custody.role');
    expect(await disputes(shipment)).toHaveLength(1);
  });

  it('a further branch after it was settled → open again, until the party responsible settles that too', async () => {
    const { house, sender, courier } = at();
    const { shipment, accepted, onRelease, settle } = await forked();
    await settle(sender, accepted);
    await house.alert(shipment.sub, 'chain.disputed', 'resolved');

    const refused = await shipment.add(courier, 'refused', { why: 'no', ...onRelease });
    expect(await house.alert(shipment.sub, 'chain.disputed')).toMatchObject({ tid: refused });
    await settle(courier, refused);
    await house.alert(shipment.sub, 'custody.role');
    expect(await disputes(shipment)).toHaveLength(1);
    await settle(sender, accepted);
    await waitFor(async () => (await disputes(shipment)).length === 0, { what: 'the second dispute to be over' });
  });
}

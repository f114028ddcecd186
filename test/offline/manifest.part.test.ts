// A manifest, released and accepted: many parcels by one signature.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyEvidence } from '@unbroken/evidence';
import type { ShipmentId } from '@unbroken/tokens';
import { waitFor } from '@unbroken/testing';
import { sync } from './basement.js';
import type { Basement, Phones } from './basement.js';
import type { Phone } from './phone.js';

export function manifestTests(at: () => Basement): void {
  /** Parcels that are registered, and the sender's file of their ids. */
  async function van(three: Phones, count: number): Promise<{ readonly subs: ShipmentId[]; readonly list: string }> {
    const { hand } = await three.sender.start();
    const written = await Promise.all(Array.from({ length: count }, () => hand.register(at().registration())));
    const subs = written.map(({ sub }) => sub);
    const list = join(three.sender.home, 'van.txt');
    await writeFile(list, `${subs.join('\n')}\n`);
    return { subs, list };
  }

  it('by command: offered with a network, accepted without; every chain is in its taker’s hands, and holds by itself', async () => {
    const three = await at().phones();
    const { sender, courier } = three;
    const { subs, list } = await van(three, 5);
    const [offer, answer] = [join(sender.home, 'offer'), join(sender.home, 'answer')];
    expect(await sender.types('manifest', 'release', '--from', list, '--to', courier.id, '--out', offer)).toBe(0);
    expect(sender.out).toContain('5 parcels recorded');
    courier.isOnline = false;
    expect(await courier.types('scan', offer)).toBe(0);
    expect(await courier.types('manifest', 'accept', '--from', offer, '--out', answer)).toBe(0);
    expect(courier.out).toContain('carried in by the next command');
    expect(await courier.types('manifest', 'film', answer)).toBe(0);
    expect(courier.out).toMatch(/^UF1\./);
    expect(await sender.types('scan', answer)).toBe(0);
    await Promise.all([sync(sender), sync(courier)]);
    const { client } = at().settled.courier;
    const trust = await client.trust();
    for (const sub of subs) {
      expect(await at().line(sub)).toEqual(['registered', 'released', 'accepted']);
      const { state } = await client.chain(sub);
      expect(state).toMatchObject({ status: 'in-custody', holder: courier.id, responsible: courier.id, gaps: [] });
      const { holds, chain } = await verifyEvidence(
        await client.evidence(sub),
        trust,
        Math.floor(at().clock.now() / 1000),
      );
      expect({ holds, state: chain.state }).toEqual({ holds: true, state });
    }
    const held = async () => {
      const there = new Set((await client.custody(courier.id)).held.map(({ sub }) => sub));
      return subs.every((sub) => there.has(sub));
    };
    await waitFor(held, { what: 'all of them in the courier’s custody' });
  }, 60_000);

  it('accepted by a party they were not offered to → each of them raises its alert; one refused at the door, the others not', async () => {
    const three = await at().phones();
    const { sender, consignee } = three;
    const { subs } = await van(three, 2);
    const { sub: closed } = await (await sender.start()).hand.register(at().registration());
    await (await sender.start()).hand.void(closed, { why: 'none' });
    const hands = (phone: Phone) => phone.start().then(({ manifests }) => manifests);
    const parcels = [...subs, closed].map((sub) => ({ sub }));
    const { pieces } = await (await hands(sender)).release(parcels, { to: at().settled.courier.id, mode: 'meet' });
    expect(pieces.map(({ carried, refused }) => [carried, refused?.code])).toEqual([
      [true, undefined],
      [true, undefined],
      [true, 'dispatch.no-place'],
    ]);
    await (
      await hands(consignee)
    ).accept(
      subs.map((sub) => ({ sub })),
      { cond: 'ok' },
    );
    for (const sub of subs) {
      expect((await at().line(sub)).at(-1)).toContain('misdelivery.wrong-party');
      const alerted = async () =>
        (await at().settled.sender.client.alerts({ sub })).alerts.some(
          ({ code }) => code === 'misdelivery.wrong-party',
        );
      await waitFor(alerted, { what: 'its alert' });
    }
  }, 60_000);
}

// The same by the command, on two phones.

import { parseToken } from '@unbroken/tokens';
import { HOUR_MS } from './basement.js';
import type { Basement } from './basement.js';

export function commandTests(at: () => Basement): void {
  it('offered, scanned, accepted and scanned without network; synced later', async () => {
    const three = await at().phones();
    const { sender, courier } = three;
    const sub = await at().registered(three);
    expect(await sender.types('release', sub, '--to', courier.id, '--json')).toBe(0);
    const offer = (JSON.parse(sender.out) as { code: string; carried: boolean }).code;
    expect(await courier.types('scan', offer)).toBe(0);
    expect(courier.out).toContain('cannot be known here without a hub');
    expect(await courier.types('accept', sub)).toBe(0);
    expect(courier.out).toContain('Show this answer');
    const answer = courier.out.trim().split('\n').at(-1) ?? '';
    expect(await sender.types('scan', answer)).toBe(0);
    expect(await courier.types('sync')).toBe(3);
    expect(await courier.types('outbox')).toBe(0);
    expect(courier.out.match(/to be carried in/g)).toHaveLength(2);
    at().clock.advance(HOUR_MS);
    courier.isOnline = true;
    expect(await courier.types('sync')).toBe(0);
    expect(courier.out).toContain('2 recorded for good');
    expect(await courier.types('outbox')).toBe(0);
    expect(courier.out).toContain('Nothing waits');
    expect((await at().settled.courier.client.chain(sub)).state).toMatchObject({
      status: 'in-custody',
      holder: courier.id,
    });
    // With a network again: what waits is carried in first, and the next statement stands behind it.
    sender.isOnline = true;
    expect(await sender.types('report', sub, '--what', 'other')).toBe(0);
    expect(await sender.types('outbox', '--json')).toBe(0);
    expect(JSON.parse(sender.out)).toEqual({ tokens: [] });
    expect(await courier.kept()).toEqual(expect.arrayContaining([parseToken(offer).tid, parseToken(answer).tid]));
  }, 60_000);
}

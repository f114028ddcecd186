// Orders of carrying in, clocks, and a withdrawal that crosses an acceptance.

import { parseToken } from '@unbroken/tokens';
import { judgedBy } from '../incidents/judged-by.js';
import { handOver, HOUR_MS, sync } from './basement.js';
import type { Basement } from './basement.js';

const everyOrder = <T>(of: readonly T[]): T[][] =>
  of.length < 2
    ? [[...of]]
    : of.flatMap((one) => everyOrder(of.filter((other) => other !== one)).map((rest) => [one, ...rest]));

export function orderTests(at: () => Basement): void {
  it('two hand-offs without network, carried in twelve hours later by the three phones in every order → one chain', async () => {
    const orders = everyOrder(['sender', 'courier', 'consignee'] as const);
    const parcels = await Promise.all(
      orders.map(async (order) => {
        const three = await at().phones();
        return { order, three, sub: await at().registered(three) };
      }),
    );
    for (const { three, sub } of parcels) await handOver(sub, three.sender, three.courier);
    at().clock.advance(20 * 60_000);
    for (const { three, sub } of parcels) await handOver(sub, three.courier, three.consignee);
    at().clock.advance(12 * HOUR_MS);
    const carryIn = async ({ order, three, sub }: (typeof parcels)[number]) => {
      for (const who of order) await sync(three[who]);
      expect(await at().line(sub)).toEqual(['registered', 'released', 'accepted', 'released', 'accepted']);
      const { state } = await at().settled.sender.client.chain(sub);
      expect(state).toMatchObject({ status: 'arrived', holder: 'statistics', responsible: 'statistics', gaps: [] });
    };
    await Promise.all(parcels.map(carryIn));
    const [{ sub } = { sub: '' }] = parcels;
    await judgedBy(at().settled.sender.client, at().clock, sub);
    const { alerts } = await at().settled.sender.client.alerts({ sub, state: 'all' });
    expect(alerts.map(({ code }) => code)).not.toContain('handoff.unanswered');
  }, 60_000);

  it('the acceptance before its release, and both again by everybody at once → the same chain, each token once', async () => {
    const three = await at().phones();
    const { sender, courier } = three;
    const sub = await at().registered(three);
    await handOver(sub, sender, courier);
    const [, answer] = await (await courier.start()).outbox.list();
    await at().settled.courier.client.postTokens('courier', [answer?.token ?? ''], { wait: 5 });
    await Promise.all([sync(sender), sync(courier)]);
    expect(await at().line(sub)).toEqual(['registered', 'released', 'accepted']);
  }, 60_000);

  it.each([
    ['three hours ahead and five behind', 3, -5, ['released clock.drift', 'accepted chain.backdated clock.drift']],
    // By the clocks themselves the answer came eight hours late, and the offer before the parcel.
    [
      'five hours behind and three ahead',
      -5,
      3,
      ['released chain.backdated clock.drift handoff.unanswered', 'accepted clock.drift'],
    ],
  ])(
    'clocks %s → found; the chain is the same, and all three times are kept',
    async (_, senders, couriers, found) => {
      const three = await at().phones();
      const { sender, courier } = three;
      const sub = await at().registered(three);
      sender.ahead = senders * HOUR_MS;
      courier.ahead = couriers * HOUR_MS;
      const handed = at().clock.now();
      await handOver(sub, sender, courier);
      at().clock.advance(6 * HOUR_MS);
      const [release, answer] = await (await courier.start()).outbox.list();
      // Of each half its own phone's clock is told: the release comes first from the sender's.
      const upload = { wait: 5, clock: sender.now() / 1000 };
      await at().settled.sender.client.postTokens('courier', [release?.token ?? ''], upload);
      await sync(courier);
      await sync(sender);
      expect(await at().line(sub)).toEqual(['registered', ...found]);
      const { state, tokens } = await at().settled.sender.client.chain(sub);
      expect(state).toMatchObject({ status: 'in-custody', holder: courier.id, responsible: courier.id });
      const accepted = tokens.find(({ token }) => token === answer?.token);
      const carriedIn = handed + 6 * HOUR_MS;
      expect(parseToken(answer?.token ?? '').claims.iat).toBe(Math.floor((handed + courier.ahead) / 1000));
      expect(accepted?.receivedAt).toBe(new Date(carriedIn).toISOString());
      expect(accepted?.deviceClock).toBe(new Date(carriedIn + courier.ahead).toISOString());
      expect(Date.parse(accepted?.recordedAt ?? '')).toBeGreaterThanOrEqual(carriedIn);
    },
    60_000,
  );

  it.each(['the withdrawal', 'the acceptance'])(
    'a withdrawal crosses an acceptance offline, %s recorded first → the taker holds it, disputed until the other settles',
    async (first) => {
      const three = await at().phones();
      const { sender, courier } = three;
      const sub = await at().registered(three);
      await handOver(sub, sender, courier);
      const { hand, outbox } = await sender.start();
      const [release, answer] = await outbox.list();
      // As if the answer had not been read: behind the release, where the acceptance is too.
      const withdrawn = await hand.withdraw(sub, {}, { prev: parseToken(release?.token ?? '').tid, seq: 2 });
      if (first === 'the acceptance') await sync(courier);
      await at().settled.sender.client.postTokens('courier', [release?.token ?? '', withdrawn.token], { wait: 5 });
      await sync(courier);
      await sync(sender);
      const stateOf = async () => (await at().settled.sender.client.chain(sub)).state;
      expect(await stateOf()).toMatchObject({ status: 'disputed', holder: courier.id, responsible: sender.id });
      const of = parseToken(answer?.token ?? '').tid;
      await (await sender.start()).hand.settle(sub, { of }, { prev: of, seq: 3 });
      expect(await stateOf()).toMatchObject({ status: 'in-custody', holder: courier.id, responsible: courier.id });
    },
    60_000,
  );
}

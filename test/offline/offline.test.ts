// Hand-offs between phones in a basement, and what the hub makes of them when they are carried in: by whom, in which order
// and under which clocks soever, it comes to the same.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyEvidence } from '@unbroken/evidence';
import { parseStatement } from '@unbroken/manifests';
import { handoverCode, readHandoverCode } from '@unbroken/sdk';
import type { Registration } from '@unbroken/sdk';
import { commitment, newSalt, parseToken } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { TestClock, waitFor } from '@unbroken/testing';
import { judgedBy } from '../incidents/judged-by.js';
import { runningSystem } from '../running-system.js';
import type { RunningSystem } from '../running-system.js';
import { cutOffAt, ProcessDied } from './cut-off.js';
import { Phone } from './phone.js';

const HOUR_MS = 3_600_000;
const START_MS = 240_000;

interface Phones {
  readonly sender: Phone;
  readonly courier: Phone;
  readonly consignee: Phone;
}

let clock: TestClock;
let system: RunningSystem;
let settled: Phones;
let made: Phone[];

/** Three phones with nothing in their homes but their keys. */
async function phones(): Promise<Phones> {
  const [sender, courier, consignee] = await Promise.all([
    settled.sender.twin(),
    settled.courier.twin(),
    settled.consignee.twin(),
  ]);
  made.push(sender, courier, consignee);
  return { sender, courier, consignee };
}

beforeAll(async () => {
  clock = new TestClock(new Date('2026-03-02T08:00:00Z'));
  system = await runningSystem({ clock });
  const settle = (name: string, role: 'sender' | 'courier' | 'receiver') => Phone.settle(system.url, clock, name, role);
  const [sender, courier, consignee] = await Promise.all([
    settle('institute', 'sender'),
    settle('post', 'courier'),
    settle('statistics', 'receiver'),
  ]);
  settled = { sender, courier, consignee };
  made = [sender, courier, consignee];
}, START_MS);

afterAll(async () => {
  await Promise.all(made.map((phone) => phone.throwAway()));
  await system.stop();
}, START_MS);

const registration = (): Registration => ({
  kind: 'physical',
  to: settled.consignee.id,
  via: [settled.courier.id],
  contents: commitment(newSalt(), 'Two CDs'),
  class: 'internal',
  enc: { how: 'none' },
  due: Math.floor(clock.now() / 1000) + 40 * 24 * 3600,
  pieces: 1,
});

/** A parcel of that sender, registered while there was a network; there is none from here. */
async function registered({ sender, courier, consignee }: Phones): Promise<ShipmentId> {
  const { sub } = await (await sender.start()).hand.register(registration());
  for (const phone of [sender, courier, consignee]) phone.isOnline = false;
  return sub;
}

/** In the basement: one shows its offer, the other reads it and answers, and the answer is read. */
async function handOver(sub: ShipmentId, from: Phone, to: Phone): Promise<void> {
  const [giving, taking] = [await from.start(), await to.start()];
  const offer = await giving.hand.release(sub, { to: to.id, mode: 'meet' });
  expect(offer).toMatchObject({ carried: false });
  const read = readHandoverCode(handoverCode(offer.token));
  await taking.outbox.keep(read.token, 'courier');
  const answer = await taking.hand.accept(sub, { cond: 'ok' });
  await giving.outbox.keep(readHandoverCode(handoverCode(answer.token)).token, 'courier');
}

async function sync(phone: Phone): Promise<void> {
  phone.isOnline = true;
  const { outbox } = await phone.start();
  const empty = async () => {
    const { stopped } = await outbox.sync(5);
    expect(stopped).toBeUndefined();
    return (await outbox.list()).length === 0;
  };
  await waitFor(empty, { what: `everything of ${phone.id} to be settled`, timeoutMs: 20_000 });
}

/** Each token of the chain, as `event findings`, in the order of the line. */
async function line(sub: ShipmentId): Promise<string[]> {
  const { tokens } = await settled.sender.client.chain(sub);
  return tokens
    .map(({ token = '', findings }) => ({ claims: parseStatement(token).claims, findings }))
    .toSorted((a, b) => Number(a.claims['seq']) - Number(b.claims['seq']))
    .map(({ claims, findings }) => [claims.evt, ...[...findings].sort()].join(' '));
}

const everyOrder = <T>(of: readonly T[]): T[][] =>
  of.length < 2
    ? [[...of]]
    : of.flatMap((one) => everyOrder(of.filter((other) => other !== one)).map((rest) => [one, ...rest]));

it('two hand-offs without network, carried in twelve hours later by the three phones in every order → one chain', async () => {
  const orders = everyOrder(['sender', 'courier', 'consignee'] as const);
  const parcels = await Promise.all(
    orders.map(async (order) => {
      const three = await phones();
      return { order, three, sub: await registered(three) };
    }),
  );
  for (const { three, sub } of parcels) await handOver(sub, three.sender, three.courier);
  clock.advance(20 * 60_000);
  for (const { three, sub } of parcels) await handOver(sub, three.courier, three.consignee);
  clock.advance(12 * HOUR_MS);
  const carryIn = async ({ order, three, sub }: (typeof parcels)[number]) => {
    for (const who of order) await sync(three[who]);
    expect(await line(sub)).toEqual(['registered', 'released', 'accepted', 'released', 'accepted']);
    const { state } = await settled.sender.client.chain(sub);
    expect(state).toMatchObject({ status: 'arrived', holder: 'statistics', responsible: 'statistics', gaps: [] });
  };
  await Promise.all(parcels.map(carryIn));
  const [{ sub } = { sub: '' }] = parcels;
  await judgedBy(settled.sender.client, clock, sub);
  const { alerts } = await settled.sender.client.alerts({ sub, state: 'all' });
  expect(alerts.map(({ code }) => code)).not.toContain('handoff.unanswered');
}, 60_000);

it('the acceptance before its release, and both again by everybody at once → the same chain, each token once', async () => {
  const three = await phones();
  const { sender, courier } = three;
  const sub = await registered(three);
  await handOver(sub, sender, courier);
  const [, answer] = await (await courier.start()).outbox.list();
  await settled.courier.client.postTokens('courier', [answer?.token ?? ''], { wait: 5 });
  await Promise.all([sync(sender), sync(courier)]);
  expect(await line(sub)).toEqual(['registered', 'released', 'accepted']);
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
    const three = await phones();
    const { sender, courier } = three;
    const sub = await registered(three);
    sender.ahead = senders * HOUR_MS;
    courier.ahead = couriers * HOUR_MS;
    const handed = clock.now();
    await handOver(sub, sender, courier);
    clock.advance(6 * HOUR_MS);
    const [release, answer] = await (await courier.start()).outbox.list();
    // Of each half its own phone's clock is told: the release comes first from the sender's.
    const upload = { wait: 5, clock: sender.now() / 1000 };
    await settled.sender.client.postTokens('courier', [release?.token ?? ''], upload);
    await sync(courier);
    await sync(sender);
    expect(await line(sub)).toEqual(['registered', ...found]);
    const { state, tokens } = await settled.sender.client.chain(sub);
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
    const three = await phones();
    const { sender, courier } = three;
    const sub = await registered(three);
    await handOver(sub, sender, courier);
    const { hand, outbox } = await sender.start();
    const [release, answer] = await outbox.list();
    // As if the answer had not been read: behind the release, where the acceptance is too.
    const withdrawn = await hand.withdraw(sub, {}, { prev: parseToken(release?.token ?? '').tid, seq: 2 });
    if (first === 'the acceptance') await sync(courier);
    await settled.sender.client.postTokens('courier', [release?.token ?? '', withdrawn.token], { wait: 5 });
    await sync(courier);
    await sync(sender);
    const stateOf = async () => (await settled.sender.client.chain(sub)).state;
    expect(await stateOf()).toMatchObject({ status: 'disputed', holder: courier.id, responsible: sender.id });
    const of = parseToken(answer?.token ?? '').tid;
    await (await sender.start()).hand.settle(sub, { of }, { prev: of, seq: 3 });
    expect(await stateOf()).toMatchObject({ status: 'in-custody', holder: courier.id, responsible: courier.id });
  },
  60_000,
);

/** More than there are from the signing to the final receipt. */
const WRITES = 9;

it.each(['before', 'after'] as const)(
  'the phone dies just %s each of its writes, while signing and while carrying in → nothing lost, nothing doubled',
  async (when) => {
    const story = async (number: number) => {
      const three = await phones();
      const { sender, courier } = three;
      const sub = await registered(three);
      const died = await diesWhile(async () => {
        const { hand, outbox } = await sender.start(cutOffAt(number, when));
        await hand.release(sub, { to: courier.id, mode: 'meet' });
        sender.isOnline = true;
        await outbox.sync(5);
      });
      await sync(sender);
      return { died, line: await line(sub), kept: await sender.kept() };
    };
    const stories = await Promise.all(Array.from({ length: WRITES }, (_, at) => story(at + 1)));
    expect(stories.filter(({ died }) => died).length).toBeGreaterThanOrEqual(5);
    expect(stories.at(-1)?.died).toBe(false);
    // Dead before anything was kept: nothing was ever shown, and the person signs again.
    if (when === 'before') expect(stories.shift()?.line).toEqual(['registered']);
    for (const told of stories) {
      expect(told.line).toEqual(['registered', 'released']);
      expect(told.kept).toHaveLength(2);
    }
  },
  60_000,
);

async function diesWhile(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (error instanceof ProcessDied) return true;
    throw error;
  }
}

it('by command, on two phones: offered, scanned, accepted and scanned without network; synced later', async () => {
  const three = await phones();
  const { sender, courier } = three;
  const sub = await registered(three);
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
  clock.advance(HOUR_MS);
  courier.isOnline = true;
  expect(await courier.types('sync')).toBe(0);
  expect(courier.out).toContain('2 recorded for good');
  expect(await courier.types('outbox')).toBe(0);
  expect(courier.out).toContain('Nothing waits');
  expect((await settled.courier.client.chain(sub)).state).toMatchObject({ status: 'in-custody', holder: courier.id });
  // With a network again: what waits is carried in first, and the next statement stands behind it.
  sender.isOnline = true;
  expect(await sender.types('report', sub, '--what', 'other')).toBe(0);
  expect(await sender.types('outbox', '--json')).toBe(0);
  expect(JSON.parse(sender.out)).toEqual({ tokens: [] });
  expect(await courier.kept()).toEqual(expect.arrayContaining([parseToken(offer).tid, parseToken(answer).tid]));
}, 60_000);

describe('many parcels by one signature', () => {
  /** Parcels that are registered, and the sender's file of their ids. */
  async function van(three: Phones, count: number): Promise<{ readonly subs: ShipmentId[]; readonly list: string }> {
    const { hand } = await three.sender.start();
    const written = await Promise.all(Array.from({ length: count }, () => hand.register(registration())));
    const subs = written.map(({ sub }) => sub);
    const list = join(three.sender.home, 'van.txt');
    await writeFile(list, `${subs.join('\n')}\n`);
    return { subs, list };
  }

  it('by command: offered with a network, accepted without; every chain is in its taker’s hands, and holds by itself', async () => {
    const three = await phones();
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
    const { client } = settled.courier;
    const trust = await client.trust();
    for (const sub of subs) {
      expect(await line(sub)).toEqual(['registered', 'released', 'accepted']);
      const { state } = await client.chain(sub);
      expect(state).toMatchObject({ status: 'in-custody', holder: courier.id, responsible: courier.id, gaps: [] });
      const { holds, chain } = await verifyEvidence(await client.evidence(sub), trust, Math.floor(clock.now() / 1000));
      expect({ holds, state: chain.state }).toEqual({ holds: true, state });
    }
    const held = async () => {
      const there = new Set((await client.custody(courier.id)).held.map(({ sub }) => sub));
      return subs.every((sub) => there.has(sub));
    };
    await waitFor(held, { what: 'all of them in the courier’s custody' });
  }, 60_000);

  it('accepted by a party they were not offered to → each of them raises its alert; one refused at the door, the others not', async () => {
    const three = await phones();
    const { sender, consignee } = three;
    const { subs } = await van(three, 2);
    const { sub: closed } = await (await sender.start()).hand.register(registration());
    await (await sender.start()).hand.void(closed, { why: 'none' });
    const hands = (phone: Phone) => phone.start().then(({ manifests }) => manifests);
    const parcels = [...subs, closed].map((sub) => ({ sub }));
    const { pieces } = await (await hands(sender)).release(parcels, { to: settled.courier.id, mode: 'meet' });
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
      expect((await line(sub)).at(-1)).toContain('misdelivery.wrong-party');
      const alerted = async () =>
        (await settled.sender.client.alerts({ sub })).alerts.some(({ code }) => code === 'misdelivery.wrong-party');
      await waitFor(alerted, { what: 'its alert' });
    }
  }, 60_000);
});

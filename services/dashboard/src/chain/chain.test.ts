// One chain as people read it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import { chainView } from '@unbroken/contracts';
import type { ChainView } from '@unbroken/contracts';
import type { TopicEar } from '@unbroken/intake/fixture';
import { waitFor } from '@unbroken/testing';
import { formatShipmentId } from '@unbroken/tokens';
import { DashboardHouse } from '../fixture/dashboard-house.js';

let house: DashboardHouse;
let openings: TopicEar;
let sender: TestParty;
let courier: TestParty;
let receiver: TestParty;
let stranger: TestParty;

beforeAll(async () => {
  house = await DashboardHouse.open();
  openings = await house.listen('platform.openings.v1');
  sender = await house.ledger.party('health-board', ['sender']);
  courier = await house.ledger.party('royal-mail', ['courier']);
  receiver = await house.ledger.party('statistics', ['receiver']);
  stranger = await house.ledger.party('visa-centre', ['receiver']);
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

const parcel = (claims: object = {}) =>
  TestShipment.register(house.ledger, sender, { to: receiver.id, via: [courier.id], ...claims });

/** Waits until so much of it is recorded. */
const view = (sub: string, entries: number): Promise<ChainView> =>
  waitFor(
    async () => {
      const chain = await house.chain(sub);
      return chain.entries.length >= entries ? chain : undefined;
    },
    { what: `${entries} entries of ${sub}` },
  );

describe('a chain', () => {
  it('sealed, offered, accepted by the wrong party → the sentence that matters, halves, seals, parties', async () => {
    const shipment = await parcel();
    await shipment.add(sender, 'sealed', { seals: { 'S-1': 'S' } });
    await shipment.handOver(sender, courier);
    const released = await shipment.add(courier, 'released', { to: receiver.id, mode: 'meet', off: 500 });
    const tid = await shipment.add(stranger, 'accepted', { cond: 'ok', seals: { 'S-1': 'broken' } });
    await house.announce('misdelivery.wrong-party', { sub: shipment.sub, tid });
    await house.row(shipment.sub, ({ findings }) => findings === 1);

    const chain = await view(shipment.sub, 6);

    expect(chainView.parse(chain)).toEqual(chain);
    const opened = await waitFor(() => openings.texts.find((text) => text.includes(shipment.sub)), {
      what: 'who saw it',
    });
    expect(JSON.parse(opened)).toMatchObject({ openings: [{ about: shipment.sub, what: 'page', party: null }] });
    expect(chain.sentence).toBe('In the wrong hands. The visa-centre holds it, The royal-mail is responsible.');
    expect(chain.next[0]).toBe('Call the party that holds it now.');
    expect(chain.entries.map(({ evt, place, grade, key }) => [evt, place, grade, key].join(' '))).toEqual(
      ['registered', 'sealed', 'released', 'accepted', 'released', 'accepted'].map((evt) => `${evt} line device good`),
    );
    expect(chain.entries.find((entry) => entry.tid === released)).toMatchObject({
      half: { to: { name: 'The statistics' }, answer: 'accepted', answeredBy: tid },
      facts: [{ label: 'Distance', text: 'up to 500 m away' }],
      findings: [{ code: 'misdelivery.wrong-place' }],
    });
    expect(chain.entries.at(-1)?.findings.map(({ code }) => code)).toContain('seal.broken');
    expect(chain.seals).toEqual([
      { id: 'S-1', state: 'broken', by: { id: 'visa-centre', name: 'The visa-centre' }, at: expect.any(String) },
    ]);
    expect(chain.parties).toContainEqual({ id: 'royal-mail', name: 'The royal-mail', part: 'Courier, Responsible' });
  });

  it('scans of a gateway that came late → as they were made, among themselves; hand-offs where they were', async () => {
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    const [early, late] = [house.ledger.now - 7200, house.ledger.now - 60];
    const src = 'A'.repeat(43);
    const second = await shipment.add(courier, 'attempted', { why: 'closed', when: late, src });
    const first = await shipment.add(courier, 'attempted', { why: 'nobody-home', when: early, src });
    // What is recorded in the same millisecond stands in no order of its own.
    house.clock.advance(1_000);
    const spoken = await shipment.add(courier, 'inspected', { seals: {}, when: early - 60 });

    const { entries } = await view(shipment.sub, 6);

    expect(entries.slice(0, 3).map(({ evt }) => evt)).toEqual(['registered', 'released', 'accepted']);
    expect(entries.slice(3).map(({ tid }) => tid)).toEqual([first, second, spoken]);
    expect(entries[3]?.happenedAt).toBe(new Date(early * 1000).toISOString());
  });

  it('two tokens behind one → disputed, the rival on a track of its own, each with what it says', async () => {
    const shipment = await parcel();
    const prev = await shipment.add(sender, 'released', { to: courier.id, mode: 'meet' });
    await shipment.add(courier, 'accepted', { cond: 'ok' });
    const rival = await shipment.sign(sender, 'withdrawn', { prev, seq: 2 });
    await house.ledger.record(rival.token);

    const chain = await view(shipment.sub, 4);

    expect(chain.row.group).toBe('disputed');
    expect(chain.sentence).toMatch(/^Disputed/);
    expect(chain.entries.map(({ evt, track }) => `${evt} ${track}`)).toEqual([
      'registered 0',
      'released 0',
      'accepted 0',
      'withdrawn 1',
    ]);
    expect(chain.entries.at(-1)?.findings).toMatchObject([{ code: 'chain.disputed' }]);
  });

  it('malformed, waiting for what nobody has sent, of a revoked key → shown as such', async () => {
    const shipment = await parcel();
    const lost = await shipment.sign(sender, 'released', { to: courier.id, mode: 'meet' });
    const accepted = await shipment.add(courier, 'accepted', { cond: 'ok' });
    await shipment.add(courier, 'inspected', { seals: {} });
    await house.ledger.recordMalformed(shipment.sub, courier.device.kid, 'colour:unknown');

    const chain = await view(shipment.sub, 4);

    expect(chain.entries.map(({ evt, place }) => [evt, place])).toEqual([
      ['registered', 'line'],
      ['accepted', 'gap'],
      ['inspected', 'waiting'],
      [null, 'malformed'],
    ]);
    expect(chain.missing).toEqual([{ tid: lost.tid, neededBy: accepted }]);
    expect(chain.entries.at(-1)).toMatchObject({
      by: null,
      said: 'A statement that could not be read',
      facts: [{ label: 'Why it could not be read', text: 'colour:unknown' }],
      findings: [{ code: 'token.malformed' }],
    });
  });

  it('after closing, and by the wrong hands → shown as such', async () => {
    const shipment = await parcel();
    await shipment.add(stranger, 'released', { to: receiver.id, mode: 'meet' });
    await shipment.add(sender, 'voided', { why: 'mistake' });
    await shipment.add(sender, 'released', { to: courier.id, mode: 'meet' });
    const chain = await view(shipment.sub, 4);
    expect(chain.entries.map(({ place }) => place)).toEqual(['line', 'wrong-hands', 'line', 'closed']);
  });

  it('a key revoked afterwards → what it signed is suspect now', async () => {
    const other = await house.ledger.party('parcel-post', ['courier']);
    const shipment = await parcel({ via: [other.id] });
    await shipment.handOver(sender, other);
    await view(shipment.sub, 3);
    await house.ledger.revoke(other, other.device.kid, house.ledger.now - 60);
    const chain = await waitFor(
      async () => {
        const now = await house.chain(shipment.sub);
        return now.entries.at(-1)?.key === 'suspect' ? now : undefined;
      },
      { what: 'the key to be suspect' },
    );
    expect(chain.entries.at(-1)?.findings.map(({ code }) => code)).toContain('key.suspect');
  });

  it('as it is printed on the label → the same chain', async () => {
    const { sub } = await parcel();
    await view(sub, 1);
    expect((await house.chain(formatShipmentId(sub).toLowerCase())).row.sub).toBe(sub);
  });
});

describe('no chain', () => {
  it.each([
    ['7K2M9QX4T1B8ZC3V2', 404, 'chain.unknown'],
    ['7K2M9QX4T1B8ZC3V3', 400, 'chain.id'],
    ['health-board', 400, 'chain.id'],
  ])('%s → %d %s', async (typed, status, code) => {
    const answer = await house.fetch(`/dashboard/v1/chains/${typed}`);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code, cure: expect.any(String) });
  });
});

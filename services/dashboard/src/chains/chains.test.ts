// The table of open chains: what is in it, in which order, and how a chain is found.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import { chainsPage } from '@unbroken/contracts';
import type { ChainGroup } from '@unbroken/contracts';
import type { FindingCode } from '@unbroken/custody';
import { waitFor } from '@unbroken/testing';
import { formatShipmentId } from '@unbroken/tokens';
import { DashboardHouse } from '../fixture/dashboard-house.js';
import type { FoundByMark } from './find-by-mark.js';

let house: DashboardHouse;
let sender: TestParty;
let courier: TestParty;
let receiver: TestParty;
let stranger: TestParty;

beforeAll(async () => {
  house = await DashboardHouse.open();
  sender = await house.ledger.party('health-board', ['sender']);
  courier = await house.ledger.party('royal-mail', ['courier']);
  receiver = await house.ledger.party('statistics', ['receiver']);
  stranger = await house.ledger.party('visa-centre', ['receiver']);
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

const parcel = (claims: object = {}) =>
  TestShipment.register(house.ledger, sender, { to: receiver.id, via: [courier.id], ...claims });

const found = async (query: string) => (await house.chains(`?${query}`)).chains.map(({ sub }) => sub);

describe('a row', () => {
  it('handed over and offered on → who holds it and since when, whom it waits for, what it is', async () => {
    const shipment = await parcel({ refs: { s10: 'RR473124829GB' }, class: 'personal', pieces: 2 });
    house.clock.advance(60_000);
    await shipment.handOver(sender, courier);
    house.clock.advance(60_000);
    await shipment.add(courier, 'released', { to: receiver.id, mode: 'collect' });

    const row = await house.row(shipment.sub, ({ status }) => status === 'offered');

    expect(row).toMatchObject({
      group: 'on-the-way',
      from: { id: 'health-board', name: 'The health-board' },
      to: { id: 'statistics', name: 'The statistics' },
      holder: { id: 'royal-mail', name: 'The royal-mail' },
      heldSince: '2026-03-02T08:01:00.000Z',
      responsible: { id: 'royal-mail' },
      offer: { to: { id: 'statistics' }, since: '2026-03-02T08:02:00.000Z', mode: 'collect' },
      class: 'personal',
      pieces: 2,
      refs: [{ scheme: 's10', number: 'RR473124829GB' }],
      worst: null,
      findings: 0,
      unseen: 0,
    });
  });

  it('accepted by the wrong party → in wrong hands at once, and with its sentence when the alert is heard', async () => {
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    await shipment.add(courier, 'released', { to: receiver.id, mode: 'meet' });
    const tid = await shipment.add(stranger, 'accepted', { cond: 'ok' });
    const before = await house.row(shipment.sub, ({ group }) => group === 'wrong-hands');
    expect(before).toMatchObject({ status: 'astray', worst: null });

    await house.announce('misdelivery.wrong-party', { sub: shipment.sub, tid });

    const row = await house.row(shipment.sub, ({ findings }) => findings === 1);
    expect(row.change).toBeGreaterThan(before.change);
    expect(row.worst).toMatchObject({
      code: 'misdelivery.wrong-party',
      severity: 'critical',
      acknowledged: false,
      sentence: 'The visa-centre accepted the parcel, which The royal-mail had offered to The statistics.',
    });
    expect(row.worst?.next[0]).toBe('Call the party that holds it now.');
  });

  it('in the wrong hands, opened, and confirmed in the end → a breach to assess, and nobody is asked to fetch it', async () => {
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    await shipment.add(courier, 'released', { to: receiver.id, mode: 'meet' });
    const tid = await shipment.add(stranger, 'accepted', { cond: 'ok' });
    await house.announce('misdelivery.wrong-party', { sub: shipment.sub, tid });
    await house.row(shipment.sub, ({ group, findings }) => group === 'wrong-hands' && findings === 1);
    await shipment.add(stranger, 'released', { to: receiver.id, mode: 'meet' });
    house.clock.advance(60_000);
    const opened = await shipment.add(receiver, 'accepted', { cond: 'opened' });
    await house.announce('parcel.opened', { sub: shipment.sub, tid: opened });
    await shipment.add(receiver, 'confirmed', { unopened: false, pieces: 1, seals: {} });

    const row = await house.row(shipment.sub, ({ status, findings }) => status === 'confirmed' && findings === 2);

    expect(row).toMatchObject({ group: 'breach', worst: { code: 'parcel.opened' } });
    const { findings, next, sentence } = await house.chain(shipment.sub);
    expect(findings.map(({ code }) => code)).toEqual(['parcel.opened', 'misdelivery.wrong-party']);
    expect(sentence).toBe(
      'The statistics found that the parcel had been opened when accepting it. Confirmed by The statistics. The chain is closed.',
    );
    expect(next).toEqual(row.worst?.next);
    expect(next[0]).toMatch(/within 72 hours/);
    expect(findings.flatMap((finding) => finding.next)).not.toContain('Call the party that holds it now.');
  });

  it.each<[FindingCode, ChainGroup]>([
    ['misdelivery.wrong-place', 'wrong-hands'],
    ['parcel.stolen', 'lost'],
    ['chain.disputed', 'disputed'],
    ['arrival.overdue', 'late'],
    ['parcel.opened', 'breach'],
    ['seal.broken', 'breach'],
    ['seal.unknown', 'to-look-at'],
  ])('%s is open → %s; resolved → on its way again', async (code, group) => {
    const shipment = await parcel();
    const alert = await house.announce(code, { sub: shipment.sub, tid: shipment.head });
    expect(await house.row(shipment.sub, (row) => row.group === group)).toMatchObject({ findings: 1 });
    const about = { sub: shipment.sub, tid: alert.tid };
    await house.announce(code, about, { state: 'acknowledged' });
    await house.row(shipment.sub, ({ worst }) => worst?.acknowledged === true);
    await house.announce(code, about, { state: 'resolved' });
    expect(await house.row(shipment.sub, (row) => row.group === 'on-the-way')).toMatchObject({ worst: null });
  });

  it('the worst is acknowledged, another is not → the row says that nobody is on the other', async () => {
    const shipment = await parcel();
    const about = { sub: shipment.sub, tid: shipment.head };
    await house.announce('parcel.stolen', about);
    await house.announce('arrival.overdue', about);
    await house.row(shipment.sub, ({ findings, unseen }) => findings === 2 && unseen === 2);
    await house.announce('parcel.stolen', about, { state: 'acknowledged' });
    const acknowledged = await house.row(shipment.sub, ({ worst }) => worst?.acknowledged === true);
    expect(acknowledged).toMatchObject({ findings: 2, unseen: 1 });
    for (const code of ['parcel.stolen', 'arrival.overdue'] as const)
      await house.announce(code, about, { state: 'resolved' });
    await house.row(shipment.sub, ({ group }) => group === 'on-the-way');
  });

  it('closed → off the first screen; closed with something open → on it', async () => {
    const shipment = await parcel();
    const tid = await shipment.add(sender, 'voided', { why: 'mistake' });
    await house.row(shipment.sub, ({ group }) => group === 'closed');
    const { counts } = await house.chains();
    expect(await found('limit=500')).not.toContain(shipment.sub);
    expect(await found('group=closed')).toContain(shipment.sub);

    await house.announce('key.suspect', { sub: shipment.sub, tid });

    await house.row(shipment.sub, ({ group }) => group === 'to-look-at');
    const after = await house.chains();
    expect(after.counts).toEqual({
      ...counts,
      closed: counts.closed - 1,
      'to-look-at': counts['to-look-at'] + 1,
    });
  });
});

describe('the table', () => {
  it('every chain in its group → counted, and the worst first, page by page', async () => {
    const whole = await house.chains('?limit=500');
    expect(chainsPage.parse(whole)).toEqual(whole);
    const groups: readonly ChainGroup[] = [
      'wrong-hands',
      'lost',
      'breach',
      'disputed',
      'late',
      'to-look-at',
      'on-the-way',
    ];
    const places = whole.chains.map(({ group }) => groups.indexOf(group));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    for (const group of groups) {
      expect(whole.counts[group]).toBe(whole.chains.filter((row) => row.group === group).length);
    }

    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await house.chains(`?limit=2${cursor === '' ? '' : `&after=${cursor}`}`);
      paged.push(...page.chains.map(({ sub }) => sub));
      cursor = page.cursor;
    }
    expect(paged).toEqual(whole.chains.map(({ sub }) => sub));
  });

  it('equally bad → the one that waits longest first', async () => {
    const subs: string[] = [];
    for (const minute of [0, 1]) {
      house.clock.advance(minute * 60_000);
      const { sub, head } = await parcel();
      await house.announce('parcel.lost', { sub, tid: head });
      await house.row(sub, ({ group }) => group === 'lost');
      subs.push(sub);
    }
    expect(await found('group=lost')).toEqual(subs);
  });

  it.each(['limit=0', 'limit=501', 'group=elsewhere', 'q=', 'colour=red', 'after=nonsense', 'after=lost.high.1.x'])(
    '%s → 400 with the cure',
    async (query) => {
      const answer = await house.fetch(`/dashboard/v1/chains?${query}`);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: expect.stringMatching(/^query\./), cure: expect.any(String) });
    },
  );
});

describe('a search', () => {
  it('an id as it is printed, its beginning, a seal, a carrier’s number, a name → that chain', async () => {
    const shipment = await parcel({ refs: { sscc: '00340123450000000018' } });
    await shipment.add(sender, 'sealed', { seals: { 'DK-0417/A': 'S' } });
    await waitFor(async () => (await house.chain(shipment.sub)).seals.length === 1, { what: 'the seal' });
    const typed = [
      formatShipmentId(shipment.sub).toLowerCase(),
      shipment.sub.slice(0, 6),
      'dk 0417',
      '0034 0123 4500 0000 0018',
      'health-b',
      'statistics',
    ];
    for (const text of typed) expect(await found(`limit=500&q=${encodeURIComponent(text)}`)).toContain(shipment.sub);
    expect(await found('q=nobody-knows-this')).toEqual([]);
  });

  it('a closed chain’s id → found too', async () => {
    const shipment = await parcel();
    await shipment.add(sender, 'voided', { why: 'mistake' });
    await house.row(shipment.sub, ({ group }) => group === 'closed');
    expect(await found(`q=${shipment.sub}`)).toEqual([shipment.sub]);
  });

  it('only chains of a party → those it has a part in', async () => {
    const theirs = await parcel({ to: stranger.id });
    const others = await parcel();
    await house.row(others.sub, ({ change }) => change > 0);
    await house.row(theirs.sub, ({ change }) => change > 0);
    const subs = await found(`limit=500&party=${stranger.id}`);
    expect(subs).toContain(theirs.sub);
    expect(subs).not.toContain(others.sub);
  });
});

describe('a carrier’s number', () => {
  const find = (query: string) => house.get<FoundByMark>(`find?${query}`);

  it('used again after twelve months → the parcel that bore it on that day', async () => {
    const number = 'RR123456785DK';
    const first = await parcel({ refs: { s10: number } });
    house.clock.advance(400 * 24 * 3600_000);
    const second = await parcel({ refs: { s10: number } });
    await house.row(second.sub, ({ change }) => change > 0);

    const subs = async (query: string) => (await find(query)).chains.map(({ sub }) => sub);
    expect(await subs(`scheme=s10&number=${number}`)).toEqual([second.sub, first.sub]);
    expect(await subs('scheme=s10&number=rr%20123%20456%20785%20dk&on=2026-03-10')).toEqual([first.sub]);
    expect(await subs(`scheme=s10&number=${number}&on=2027-04-20`)).toEqual([second.sub]);
    expect(await subs(`scheme=sscc&number=${number}`)).toEqual([]);
  });

  it('no scheme, or a day that is none → 400', async () => {
    for (const query of ['number=1', 'scheme=s10&number=1&on=yesterday'])
      expect((await house.fetch(`/dashboard/v1/find?${query}`)).status).toBe(400);
  });
});

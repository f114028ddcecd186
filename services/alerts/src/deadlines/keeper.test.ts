import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import { configureLog } from '@unbroken/platform';
import { waitFor } from '@unbroken/testing';
import type { Signer } from '@unbroken/tokens';
import { AlertsHouse } from '../fixture/alerts-house.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let house: AlertsHouse;
let sender: TestParty;
let courier: TestParty;
let gateway: Signer;
let receiver: TestParty;

beforeAll(async () => {
  house = await AlertsHouse.build();
  await house.start();
  sender = await house.ledger.party('health-board', ['sender']);
  courier = await house.ledger.party('royal-mail', ['courier']);
  gateway = await house.ledger.enrol(courier, 'gateway', ['courier']);
  receiver = await house.ledger.party('statistics', ['receiver']);
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

const parcel = (claims: object = {}) =>
  TestShipment.register(house.ledger, sender, { to: receiver.id, via: [courier.id], ...claims });

/** A parcel offered to the courier, who has 15 minutes. */
async function offered(): Promise<TestShipment> {
  const shipment = await parcel();
  await shipment.add(sender, 'released', { to: courier.id, mode: 'meet' });
  return shipment;
}

const restart = async () => {
  await house.stop();
  await house.start();
};

describe('handoff.unanswered', () => {
  it('nobody accepts within 15 minutes → raised once, also over restarts', async () => {
    const shipment = await offered();
    await house.settled();
    expect(await house.alerts(shipment.sub)).toEqual([]);
    await restart();
    house.clock.advance(14 * MINUTE);
    const sooner = await offered();
    await house.settled();
    expect(await house.alerts(shipment.sub)).toEqual([]);

    house.clock.advance(2 * MINUTE);

    const raised = await house.alert(shipment.sub, 'handoff.unanswered');
    expect(raised).toMatchObject({ severity: 'high', responsible: sender.id });
    expect(raised.late).toBeUndefined();
    expect(Date.parse(raised.dueAt ?? '') - Date.parse(raised.raisedAt)).toBe(-MINUTE);
    expect(raised.sentence).toBe(
      `The health-board offered the parcel to The royal-mail, and no answer was signed by 2026-03-02 08:15 UTC.`,
    );

    await restart();
    house.clock.advance(20 * MINUTE);
    await house.alert(sooner.sub, 'handoff.unanswered');
    expect(await house.alerts(shipment.sub)).toEqual([raised]);
  }, 60_000);

  it('an acceptance signed in time arrives late → resolves itself; signed too late → stays', async () => {
    const [early, tardy] = [await offered(), await offered()];
    const accepted = await early.sign(courier, 'accepted', { cond: 'ok' });
    house.clock.advance(16 * MINUTE);
    await house.alert(early.sub, 'handoff.unanswered');
    await house.alert(tardy.sub, 'handoff.unanswered');

    await house.ledger.record(accepted.token);
    await tardy.add(courier, 'accepted', { cond: 'ok' });

    const { resolved } = await house.alert(early.sub, 'handoff.unanswered', 'resolved');
    expect(resolved).toMatchObject({ by: null, reason: 'An answer that was signed in time has arrived.' });
    // Also when something has the whole chain judged again.
    await house.ledger.recordMalformed(tardy.sub, courier.device.kid, 'evt:unknown');
    await house.alert(tardy.sub, 'token.malformed');
    expect((await house.alerts(tardy.sub, 'raised')).map(({ code }) => code)).toContain('handoff.unanswered');
  });

  it('fell due while the service was down → raised at the start, marked late; what was answered meanwhile is not', async () => {
    const [forgotten, answered] = [await offered(), await offered()];
    await house.settled();
    await house.stop();
    await answered.add(courier, 'accepted', { cond: 'ok' });
    house.clock.advance(3 * HOUR);

    await house.start();

    const alert = await house.alert(forgotten.sub, 'handoff.unanswered');
    expect(alert.late).toBe(true);
    expect(alert.sentence).toContain('You hear of it late');
    expect(await house.alerts(answered.sub)).toEqual([]);
  }, 60_000);

  it('answered in time, and held up before it is judged until the time is over → nothing is raised', async () => {
    const [answered, silent] = [await offered(), await offered()];
    await house.settled();
    const lines: string[] = [];
    configureLog({ level: 'debug', service: 'test', destination: { write: (line) => void lines.push(line) } });
    const goOn = house.ledger.holdBack('registry.recorded.v1');
    // The answer waits in the service for this, which the registry's log holds before it.
    await house.ledger.enrol(receiver, 'device', ['receiver']);
    await answered.add(courier, 'accepted', { cond: 'ok' });

    house.clock.advance(16 * MINUTE);

    await waitFor(() => lines.some((line) => line.includes('"reading.behind"')), {
      what: 'the answer to be waited for',
    });
    await goOn();
    await house.alert(silent.sub, 'handoff.unanswered');
    expect(await house.alerts(answered.sub)).toEqual([]);
  }, 60_000);

  it('uploaded hours after it was signed, long unanswered → raised, marked late', async () => {
    const shipment = await parcel();
    const released = await shipment.sign(sender, 'released', { to: courier.id, mode: 'meet' });
    house.clock.advance(HOUR);
    await house.ledger.record(released.token);

    expect((await house.alert(shipment.sub, 'handoff.unanswered')).late).toBe(true);
  });
});

describe('other deadlines', () => {
  it('"delivered" by the carrier, unconfirmed for a working day → raised; a confirmation signed in time → resolved', async () => {
    house.clock.set(new Date('2026-03-04T09:00:00Z'));
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    const imported = await shipment.sign(
      courier,
      'imported',
      {
        what: 'delivered',
        when: house.ledger.now,
        src: shipment.head,
      },
      gateway,
    );
    await house.ledger.record(imported.token);
    house.clock.advance(6 * HOUR);
    const confirmed = await shipment.sign(receiver, 'confirmed', { pieces: 1, unopened: true });
    await house.settled();
    house.clock.advance(24 * HOUR);

    const alert = await house.alert(shipment.sub, 'delivered.unconfirmed');
    expect(alert.tid).toBe(imported.tid);

    await house.ledger.record(confirmed.token);
    await house.alert(shipment.sub, 'delivered.unconfirmed', 'resolved');
  });

  it('not there when it is due → arrival.overdue; a new time set → resolves itself and is due again', async () => {
    const shipment = await parcel({ due: house.ledger.now + 3600 });
    await shipment.handOver(sender, courier);
    house.clock.advance(2 * HOUR);
    const first = await house.alert(shipment.sub, 'arrival.overdue');

    await shipment.add(sender, 'redirected', { to: receiver.id, due: house.ledger.now + 3600 });
    const { resolved } = await house.alert(shipment.sub, 'arrival.overdue', 'resolved');
    expect(resolved?.reason).toBe('Its time was set anew.');

    house.clock.advance(2 * HOUR);
    const again = await house.alert(shipment.sub, 'arrival.overdue');
    expect(again.id).toBe(first.id);
  });

  it('what a token follows is missing for ten minutes → chain.gap; it arrives → resolves itself', async () => {
    const shipment = await parcel();
    const released = await shipment.sign(sender, 'released', { to: courier.id, mode: 'collect' });
    const accepted = await shipment.add(courier, 'accepted', { cond: 'ok' });
    await house.settled();
    house.clock.advance(11 * MINUTE);
    const gap = await house.alert(shipment.sub, 'chain.gap');
    expect(gap.tid).toBe(accepted);

    await house.ledger.record(released.token);

    const { resolved } = await house.alert(shipment.sub, 'chain.gap', 'resolved');
    expect(resolved?.reason).toBe('What was missing has been recorded.');
  });
});

describe('silence', () => {
  it('its courier is heard of and the parcel is not → parcel.silent; heard of again → resolves itself', async () => {
    const shipment = await parcel({ due: house.ledger.now + 90 * 86_400 });
    await shipment.handOver(sender, courier);
    await house.settled();
    house.clock.advance(7 * DAY);
    // Nothing of the courier either: that says nothing of the parcel.
    const pipeline = await house.pipelineAlert(courier.id, 'raised');
    expect(pipeline).toMatchObject({
      severity: 'high',
      responsible: courier.id,
      parties: [house.operator, courier.id],
    });
    expect((await house.alerts(shipment.sub)).map(({ code }) => code)).not.toContain('parcel.silent');

    await parcelHeardOf();
    await house.pipelineAlert(courier.id, 'resolved');
    expect((await house.alerts(shipment.sub)).map(({ code }) => code)).not.toContain('parcel.silent');
    // What was held up has had its time to come through.
    house.clock.advance(61 * MINUTE);
    const silent = await house.alert(shipment.sub, 'parcel.silent');
    expect(silent).toMatchObject({ severity: 'high', tid: shipment.head });

    await shipment.add(courier, 'attempted', { why: 'nobody-home' });
    const { resolved } = await house.alert(shipment.sub, 'parcel.silent', 'resolved');
    expect(resolved?.reason).toBe('The parcel has been heard of since.');
  }, 60_000);
});

/** The courier takes another parcel. */
const parcelHeardOf = async () => (await parcel()).handOver(sender, courier);

describe('days without the service, over a change of the clocks', () => {
  it.each([
    // Eight working hours from noon UTC on Friday end on Monday at 13 by the wall in spring, and at 14 in autumn.
    { clocks: 'on in spring', tuesday: '2027-03-23T14:00:00Z', confirmBy: '2027-03-29T11:00:00.000Z' },
    { clocks: 'back in autumn', tuesday: '2027-10-26T13:00:00Z', confirmBy: '2027-11-01T13:00:00.000Z' },
  ])(
    '$clocks → what fell due is raised once and marked late, what was not yet due at its hour',
    async (change) => {
      house.clock.set(new Date(change.tuesday));
      const friday = Math.floor(Date.parse(change.tuesday) / DAY + 3) * DAY + 12 * HOUR;
      const much = friday / 1000 + 90 * 86_400;
      // Three working days from Tuesday at 15 local time are up on Friday at 15.
      const stays = await parcel({ due: friday / 1000 + 3600 });
      const silent = await parcel({ due: much });
      await silent.handOver(sender, courier);
      await house.settled();
      house.clock.set(new Date(friday));
      const dropped = await parcel({ due: much });
      await dropped.add(sender, 'released', { to: courier.id, mode: 'drop', until: friday / 1000 + 3600 });
      const gap = await parcel({ due: much });
      await gap.sign(sender, 'released', { to: courier.id, mode: 'collect' });
      await gap.add(courier, 'accepted', { cond: 'ok' });
      const delivered = await parcel({ due: much });
      await delivered.handOver(sender, courier);
      const said = { what: 'delivered', when: house.ledger.now, src: delivered.head };
      await house.ledger.record((await delivered.sign(courier, 'imported', said, gateway)).token);
      await house.settled();
      await house.stop();

      house.clock.set(new Date(friday + 2 * DAY + 18 * HOUR));
      await house.start();
      await house.alert(stays.sub, 'arrival.overdue');
      await house.alert(stays.sub, 'dispatch.overdue');
      await house.alert(dropped.sub, 'handoff.unanswered');
      await house.alert(gap.sub, 'chain.gap');
      await parcelHeardOf();
      await house.settled();
      house.clock.advance(61 * MINUTE);
      await house.alert(silent.sub, 'parcel.silent');
      expect(await house.alerts(delivered.sub)).toEqual([]);
      await restart();
      house.clock.set(new Date(change.confirmBy));
      const confirm = await house.alert(delivered.sub, 'delivered.unconfirmed');
      expect(confirm.dueAt).toBe(change.confirmBy);

      await restart();
      await house.settled();
      const raised = async ({ sub }: TestShipment) =>
        (await house.alerts(sub)).map(({ code, late = false }) => [code, late]);
      expect((await raised(stays)).toSorted()).toEqual([
        ['arrival.overdue', true],
        ['dispatch.overdue', true],
      ]);
      expect(await raised(silent)).toEqual([['parcel.silent', true]]);
      expect(await raised(dropped)).toEqual([['handoff.unanswered', true]]);
      expect(await raised(gap)).toEqual([['chain.gap', true]]);
      expect(await raised(delivered)).toEqual([['delivered.unconfirmed', false]]);
    },
    60_000,
  );
});

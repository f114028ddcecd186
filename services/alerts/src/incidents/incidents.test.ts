// Incidents as a party keeps them: opened or by a storm, with the clock, drafts in phases, holds and the file of it all.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import {
  incidentFile,
  incidentsAnswer,
  incidentRegister,
  incidentSubject,
  notificationDraft,
} from '@unbroken/contracts';
import type { Alert, IncidentAct, IncidentFile, NotificationsAnswer } from '@unbroken/contracts';
import { exposureReport } from '@unbroken/custody';
import { openDatabase } from '@unbroken/platform';
import { waitFor } from '@unbroken/testing';
import { mintAccess } from '@unbroken/tokens';
import type { AccessScope } from '@unbroken/tokens';
import { AlertsHouse } from '../fixture/alerts-house.js';
import { fourParties, misdelivered } from '../fixture/four-parties.js';
import type { FourParties } from '../fixture/four-parties.js';
import { alertsMigrations } from '../migrations/index.js';
import { Receiver } from '../notify/fixture/receiver.js';

const HOUR = 3_600_000;
const SECRET = `whsec_${Buffer.from('a receiver and its hub share it.').toString('base64')}`;
const NOBODY = '00000000-0000-4000-8000-000000000000';

let folder: string;
let house: AlertsHouse;
let receiver: Receiver;
let parties: FourParties;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unbroken-incidents-'));
  receiver = await Receiver.open(SECRET, { now: () => house.clock.now() });
  await writeFile(join(folder, 'secret'), `${SECRET}\n`, { mode: 0o600 });
  const hook = (path: string) => ({ webhook: { url: `${receiver.url}${path}`, secret: 'secret' } });
  const contacts = {
    'health-board': [{ id: 'dpo', ...hook('/dpo'), codes: ['incident.clock'] }],
    'van-line': [{ id: 'duty', ...hook('/duty'), codes: ['parcel.lost'] }],
  };
  await writeFile(join(folder, 'contacts.json'), JSON.stringify({ parties: contacts }), { mode: 0o600 });
  house = await AlertsHouse.build({ UNBROKEN_CONTACTS: join(folder, 'contacts.json') });
  await house.start();
  parties = await fourParties(house);
}, 60_000);

afterAll(async () => {
  await house.tearDown();
  await Promise.all([receiver.close(), rm(folder, { recursive: true })]);
}, 30_000);

async function bearer({ id, device }: TestParty, scope: AccessScope = 'incidents'): Promise<string> {
  const iat = house.ledger.now;
  return `Bearer ${await mintAccess({ iss: id, aud: house.ledger.deployment, scope, iat, exp: iat + 600 }, device)}`;
}

/** As the party, shown by its device. */
async function asked(party: TestParty, path: string, body?: object): Promise<Response> {
  return house.request(path, body, { authorization: await bearer(party) });
}

const codeOf = async (answer: Response): Promise<unknown> => [
  answer.status,
  ((await answer.json()) as { code?: string }).code,
];

async function opened(party: TestParty, ...alerts: readonly Alert[]): Promise<IncidentFile> {
  const answer = await asked(party, 'incidents', {
    alerts: alerts.map(({ id }) => id),
    reason: 'The envelope is open.',
  });
  if (answer.status !== 201) throw new Error(await answer.text());
  return incidentFile.parse(await answer.json());
}

/** Of an act that must be taken. */
async function did(party: TestParty, id: string, act: IncidentAct): Promise<IncidentFile> {
  const answer = await asked(party, `incidents/${id}/acts`, act);
  if (!answer.ok) throw new Error(await answer.text());
  return incidentFile.parse(await answer.json());
}

async function wrongParty(): Promise<{ readonly shipment: TestShipment; readonly alert: Alert }> {
  const shipment = await misdelivered(house, parties);
  return { shipment, alert: await house.alert(shipment.sub, 'misdelivery.wrong-party') };
}

const clockAlerts = (id: string, state = 'all') => house.alerts(incidentSubject(house.ledger.deployment, id), state);

describe('the exposure of a chain', () => {
  it('asked by whoever the chain names → the report, and in words; by others, or nobody → not told', async () => {
    const { shipment } = await wrongParty();
    const report = exposureReport.parse(await (await asked(parties.sender, `exposure/${shipment.sub}`)).json());
    expect(report.windows).toMatchObject([{ kind: 'wrong-hands', custodian: parties.courier.id, to: null }]);
    const text = await (await asked(parties.receiver, `exposure/${shipment.sub}/text`)).text();
    expect(text).toContain('and not ended; in the hands of The visa-centre.');
    expect(text).toContain('That a copy was made cannot be excluded.');
    // It took the parcel without being named.
    expect(await codeOf(await asked(parties.stranger, `exposure/${shipment.sub}`))).toEqual([404, 'chain.unknown']);
    expect(await codeOf(await house.request(`exposure/${shipment.sub}`))).toEqual([401, 'access.missing']);
    const other = { authorization: await bearer(parties.sender, 'log.entries') };
    expect(await codeOf(await house.request(`exposure/${shipment.sub}`, undefined, other))).toEqual([
      401,
      'access.form',
    ]);
  });
});

describe('an incident that a person opens', () => {
  it('of alerts that its party is told of → with its file; others’ alerts, or another party → refused', async () => {
    const { shipment, alert } = await wrongParty();
    const { sender, courier, stranger } = parties;
    const incident = await opened(sender, alert);
    expect(incident).toMatchObject({
      owner: sender.id,
      kind: 'opened',
      alerts: 1,
      shipments: [shipment.sub],
      state: 'open',
    });
    expect(incident.file).toMatchObject([
      { no: 1, by: sender.id, kid: sender.device.kid, act: 'open', reason: 'The envelope is open.' },
    ]);
    expect(await codeOf(await asked(courier, `incidents/${incident.id}`))).toEqual([404, 'incident.unknown']);
    const act = { act: 'note', text: 'Hello.', reason: 'To see.' };
    expect(await codeOf(await asked(courier, `incidents/${incident.id}/acts`, act))).toEqual([404, 'incident.unknown']);
    expect(await codeOf(await house.request('incidents'))).toEqual([401, 'access.missing']);
    const foreign = { alerts: [alert.id, NOBODY], reason: 'x' };
    expect(await codeOf(await asked(stranger, 'incidents', foreign))).toEqual([422, 'incident.alerts']);
    const nameless = { alerts: [alert.id] };
    expect(await codeOf(await asked(sender, 'incidents', nameless))).toEqual([400, 'body.form']);
    // Another party concerned keeps an incident of its own.
    expect((await opened(courier, alert)).owner).toBe(courier.id);
  });

  it('acknowledged → all of its alerts are, by the party, with the reason', async () => {
    const { shipment } = await wrongParty();
    const alerts = await waitFor(
      async () => {
        const all = await house.alerts(shipment.sub);
        return all.length === 2 ? all : undefined;
      },
      { what: 'both alerts' },
    );
    const { id } = await opened(parties.sender, ...alerts);
    await did(parties.sender, id, { act: 'acknowledge', reason: 'Courier is on the way.' });
    for (const alert of await house.alerts(shipment.sub))
      expect(alert).toMatchObject({
        state: 'acknowledged',
        acknowledged: { by: parties.sender.id, reason: 'Courier is on the way.' },
      });
  });

  it('held → its chains are for erasure to leave alone, until released', async () => {
    const { shipment, alert } = await wrongParty();
    const { id } = await opened(parties.sender, alert);
    const held = async () => ((await (await house.request(`holds/${shipment.sub}`)).json()) as { held: boolean }).held;
    expect(await held()).toBe(false);
    expect((await did(parties.sender, id, { act: 'hold', reason: 'The authority asks.' })).held).toBe(true);
    expect(await held()).toBe(true);
    expect(await codeOf(await asked(parties.sender, `incidents/${id}/acts`, { act: 'hold', reason: 'x' }))).toEqual([
      409,
      'incident.held',
    ]);
    await did(parties.sender, id, { act: 'release-hold', reason: 'The case is over.' });
    expect(await held()).toBe(false);
  });

  it('its file → only ever added to, also by the service itself', async () => {
    const { alert } = await wrongParty();
    const { id } = await opened(parties.sender, alert);
    const database = await openDatabase({
      service: 'alerts',
      settings: house.settings,
      entities: [],
      migrations: [...alertsMigrations],
      poolSize: 1,
    });
    try {
      for (const change of [
        `UPDATE incident_acts SET reason = 'x'`,
        'DELETE FROM incident_acts',
        'TRUNCATE incident_acts',
      ])
        await expect(database.query(change)).rejects.toThrow('only added to');
    } finally {
      await database.destroy();
    }
    expect(
      (await did(parties.sender, id, { act: 'note', text: 'Called them.\nThey look.', reason: 'Phone.' })).file,
    ).toHaveLength(2);
  });
});

describe('the 72 hours', () => {
  it('controller aware → told after 24, 48 and 72 hours, each once, over a day of being stopped; "notified" ends it', async () => {
    const { alert } = await wrongParty();
    const { sender } = parties;
    const { id } = await opened(sender, alert);
    await did(sender, id, { act: 'clock', aware: 'controller', reason: 'The consignee called.' });
    house.clock.advance(24 * HOUR - 1_000);
    expect(await clockAlerts(id)).toEqual([]);
    house.clock.advance(1_000);
    const [first] = await waitFor(async () => nonEmpty(await clockAlerts(id)), { what: '24 hours' });
    expect(first).toMatchObject({
      code: 'incident.clock',
      severity: 'high',
      parties: [sender.id],
      responsible: sender.id,
    });
    expect(first?.late).toBeUndefined();
    expect(first?.sentence).toMatch(/^24 of 72 hours have passed since the controller was aware/);

    await house.stop();
    house.clock.advance(36 * HOUR);
    await house.start();
    const both = await waitFor(async () => atLeast(2, await clockAlerts(id)), { what: '48 hours' });
    expect(both.map(({ late }) => late).sort()).toEqual([true, undefined]);
    house.clock.advance(12 * HOUR);
    await waitFor(async () => atLeast(3, await clockAlerts(id)), { what: '72 hours' });
    house.clock.advance(3_000);
    // Told to whoever wants to know of clocks, at any hour.
    await waitFor(() => receiver.at('/dpo').flatMap(({ body }) => body.data.ids).length === 3, {
      what: 'three to be told',
    });

    const notified: IncidentAct = { act: 'notified', authority: 'Datatilsynet', reason: 'Sent by the portal.' };
    expect(await codeOf(await asked(sender, `incidents/${id}/acts`, notified))).toEqual([409, 'incident.phase']);
    expect(await codeOf(await asked(sender, `incidents/${id}/acts`, { act: 'close', reason: 'x' }))).toEqual([
      409,
      'incident.clock',
    ]);
    await did(sender, id, { act: 'phase', said: { contact: 'The DPO' }, reason: 'What we know.' });
    const stopped = await did(sender, id, { ...notified, reference: '2026-31-0042' });
    expect(stopped.clock.stopped).toMatchObject({
      how: 'notified',
      authority: 'Datatilsynet',
      reference: '2026-31-0042',
    });
    expect((await clockAlerts(id)).map(({ state }) => state)).toEqual(['resolved', 'resolved', 'resolved']);
    expect((await did(sender, id, { act: 'close', reason: 'Settled.' })).state).toBe('closed');
  });

  it('not to be notified, and why → nothing falls due, and the register says why', async () => {
    const { alert } = await wrongParty();
    const { sender } = parties;
    const { id } = await opened(sender, alert);
    await did(sender, id, { act: 'clock', aware: 'processor', reason: 'The post called.' });
    await did(sender, id, { act: 'clock', aware: 'controller', reason: 'We know now.' });
    await did(sender, id, { act: 'not-notified', reason: 'Encrypted, and the key never left.' });
    house.clock.advance(100 * HOUR);
    // One that is due after it has been looked at.
    const other = await opened(sender, (await wrongParty()).alert);
    const ago = new Date(house.clock.now() - 50 * HOUR).toISOString();
    await did(sender, other.id, { act: 'clock', aware: 'controller', at: ago, reason: 'Found in the mail.' });
    const raised = await waitFor(async () => nonEmpty(await clockAlerts(other.id)), { what: 'the other’s clock' });
    expect(raised.map(({ sentence }) => sentence.slice(0, 2))).toEqual(['48']);
    expect(await clockAlerts(id)).toEqual([]);
    const register = incidentRegister.parse(await (await asked(sender, 'incidents/register')).json());
    const row = register.incidents.find(({ incident }) => incident.id === id);
    expect(row?.incident.clock.stopped).toMatchObject({
      how: 'not-notified',
      reason: 'Encrypted, and the key never left.',
    });
    expect(row?.facts).toContain('In the hands of a party that was not to have it');
  });
});

describe('the draft to the authority', () => {
  it('every item filled or unknown; each phase kept as it was, with what changed since', async () => {
    const { shipment, alert } = await wrongParty();
    const { sender, stranger, receiver: consignee } = parties;
    const { id } = await opened(sender, alert);
    const draft = async () => notificationDraft.parse(await (await asked(sender, `incidents/${id}/draft`)).json());
    const { items } = await draft();
    expect(items.nature.computed).toContain('In the hands of a party that was not to have it');
    expect(items.consequences.computed).toContain('not encrypted');
    expect(items.peopleNumber).toEqual({ said: null, computed: null });
    await did(sender, id, { act: 'phase', said: { peopleNumber: 'about 5,282,616' }, reason: 'First word.' });
    await shipment.handOver(stranger, consignee);
    await house.settled();
    await did(sender, id, { act: 'phase', said: { contact: 'dpo@health.example' }, reason: 'Second word.' });
    const { phases } = await draft();
    expect(phases.map(({ no, changed }) => [no, changed])).toEqual([
      [1, ['nature', 'peopleNumber', 'consequences', 'measures']],
      [2, ['nature', 'contact', 'measures']],
    ]);
    expect(phases.map(({ items: kept }) => kept.peopleNumber)).toEqual(['about 5,282,616', 'about 5,282,616']);
    expect(phases[0]?.items.nature).toContain('and not ended');
    expect(phases[1]?.items.nature).not.toContain('and not ended');
  });
});

describe('a storm', () => {
  it('1,000 parcels of one lost van → one incident with all of them, and one message', async () => {
    const van = await house.ledger.party('van-line', ['sender', 'courier']);
    const shipments = await Promise.all(
      Array.from({ length: 1_000 }, () => TestShipment.register(house.ledger, van, { to: parties.receiver.id })),
    );
    await Promise.all(shipments.map((shipment) => shipment.add(van, 'reported', { what: 'lost' })));
    const mine = async () => incidentsAnswer.parse(await (await asked(van, 'incidents')).json()).incidents;
    const [storm] = await waitFor(
      async () => {
        const all = await mine();
        return all[0]?.alerts === 1_000 ? all : undefined;
      },
      { what: 'a thousand alerts in one incident', timeoutMs: 60_000 },
    );
    expect(await mine()).toMatchObject([{ kind: 'storm', code: 'parcel.lost', shipmentCount: 1_000, owner: van.id }]);
    house.clock.advance(3_000);
    await waitFor(() => receiver.at('/duty').length > 0, { what: 'a message' });
    // What comes minutes later is of the same storm, and is told within the hour, with all that has come by then.
    house.clock.advance(5 * 60_000);
    const late = await TestShipment.register(house.ledger, van, { to: parties.receiver.id });
    await late.add(van, 'reported', { what: 'lost' });
    const alert = await house.alert(late.sub, 'parcel.lost');
    const told = (await (await house.request(`alerts/${alert.id}/notifications`)).json()) as NotificationsAnswer;
    expect(Date.parse(told.notifications[0]?.dueAt ?? '') - house.clock.now()).toBeGreaterThan(30 * 60_000);
    expect(receiver.at('/duty').map(({ body }) => body.data.count)).toEqual([1_000]);
    expect((await mine())[0]?.alerts).toBe(1_001);
    // One decision for all of them.
    await did(van, storm?.id ?? '', { act: 'acknowledge', reason: 'The van is being looked for.' });
    expect(await house.alerts(late.sub, 'acknowledged')).toHaveLength(1);
  }, 90_000);

  it('fewer, or of several parties → no incident', async () => {
    const [one, other] = [
      await house.ledger.party('one-line', ['sender']),
      await house.ledger.party('other-line', ['sender']),
    ];
    for (const van of [one, other]) {
      const few = await Promise.all(
        Array.from({ length: 19 }, () => TestShipment.register(house.ledger, van, { to: parties.receiver.id })),
      );
      for (const shipment of few) await shipment.add(van, 'reported', { what: 'lost' });
      await Promise.all(few.map(({ sub }) => house.alert(sub, 'parcel.lost')));
      expect(await (await asked(van, 'incidents')).json()).toEqual({ incidents: [] });
    }
  });
});

const atLeast = <T>(count: number, list: readonly T[]): readonly T[] | undefined =>
  list.length >= count ? list : undefined;
const nonEmpty = <T>(list: readonly T[]): readonly T[] | undefined => atLeast(1, list);

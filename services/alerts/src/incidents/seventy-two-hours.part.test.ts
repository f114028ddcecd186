// The clock of the authority’s 72 hours: told as it runs, and what ends it.

import { expect, it } from '@jest/globals';
import { incidentRegister } from '@unbroken/contracts';
import type { IncidentAct } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { HOUR, codeOf } from './fixture/incident-house.js';
import type { IncidentHouse } from './fixture/incident-house.js';

const atLeast = <T>(count: number, list: readonly T[]): readonly T[] | undefined =>
  list.length >= count ? list : undefined;
const nonEmpty = <T>(list: readonly T[]): readonly T[] | undefined => atLeast(1, list);

export function seventyTwoHoursTests(at: () => IncidentHouse): void {
  it('controller aware → told after 24, 48 and 72 hours, each once, over a day of being stopped; "notified" ends it', async () => {
    const { house, receiver, parties, asked, opened, did, wrongParty, clockAlerts } = at();
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
    // Courts ask for files that are long closed.
    expect((await did(sender, id, { act: 'hold', reason: 'The court asks.' })).held).toBe(true);
  });

  it('not to be notified, and why → nothing falls due, and the register says why', async () => {
    const { house, parties, asked, opened, did, wrongParty, clockAlerts } = at();
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
}

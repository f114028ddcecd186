// The draft to the authority, phase by phase.

import { expect, it } from '@jest/globals';
import { notificationDraft } from '@unbroken/contracts';
import type { IncidentHouse } from './fixture/incident-house.js';

export function authorityDraftTests(at: () => IncidentHouse): void {
  it('every item filled or unknown; each phase kept as it was, with what changed since', async () => {
    const { house, parties, asked, opened, did, wrongParty } = at();
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
}

// Who has seen an exposure, a file, a draft or the register is told to the ledger.

import { expect, it } from '@jest/globals';
import { openings } from '@unbroken/contracts';
import { TopicEar } from '@unbroken/intake/fixture';
import { waitFor } from '@unbroken/testing';
import type { IncidentHouse } from './fixture/incident-house.js';

export function whoHasSeenTests(at: () => IncidentHouse): void {
  it('an exposure, a file, a draft and the register are opened → each is told, by whom', async () => {
    const { house, parties, asked, opened, wrongParty } = at();
    const { shipment, alert } = await wrongParty();
    const { id } = await opened(parties.sender, alert);
    for (const path of [`exposure/${shipment.sub}`, `incidents/${id}/draft`, 'incidents/register'])
      expect((await asked(parties.sender, path)).ok).toBe(true);
    const ear = new TopicEar(house.kafka, house.settings.UNBROKEN_KAFKA_TOPIC_PREFIX, 'platform.openings.v1');
    await ear.open();
    try {
      const told = () => ear.texts.flatMap((text) => openings.parse(JSON.parse(text)).openings);
      const ofThese = () => told().filter(({ about }) => [shipment.sub, id, parties.sender.id].includes(about));
      await waitFor(() => ofThese().length >= 4, { what: 'four openings' });
      const { id: party, device } = parties.sender;
      expect(ofThese().map(({ what, owner }) => [what, owner])).toEqual(
        expect.arrayContaining([
          ['incident', party],
          ['exposure', null],
          ['draft', party],
          ['register', party],
        ]),
      );
      expect(ofThese()[0]).toMatchObject({ party, kid: device.kid, source: null });
    } finally {
      await ear.close();
    }
  });
}

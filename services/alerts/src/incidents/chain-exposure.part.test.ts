// The exposure of a chain, told to whom the chain names.

import { expect, it } from '@jest/globals';
import { exposureReport } from '@unbroken/custody';
import { codeOf } from './fixture/incident-house.js';
import type { IncidentHouse } from './fixture/incident-house.js';

export function chainExposureTests(at: () => IncidentHouse): void {
  it('asked by whoever the chain names → the report, and in words; by others, or nobody → not told', async () => {
    const { house, parties, bearer, asked, opened, wrongParty } = at();
    const { shipment, alert } = await wrongParty();
    const report = exposureReport.parse(await (await asked(parties.sender, `exposure/${shipment.sub}`)).json());
    expect(report.windows).toMatchObject([{ kind: 'wrong-hands', custodian: parties.courier.id, to: null }]);
    const text = await (await asked(parties.receiver, `exposure/${shipment.sub}/text`)).text();
    expect(text).toContain('then in the hands of The visa-centre.');
    expect(text).toContain('That a copy was made cannot be excluded.');
    // It took the parcel without being named.
    expect(await codeOf(await asked(parties.stranger, `exposure/${shipment.sub}`))).toEqual([404, 'chain.unknown']);
    expect(await codeOf(await house.request(`exposure/${shipment.sub}`))).toEqual([401, 'access.missing']);
    // Nor by an incident of its own, of the alerts that it is told of; and it holds nothing.
    const { id } = await opened(parties.stranger, alert);
    const draft = await (await asked(parties.stranger, `incidents/${id}/draft`)).text();
    expect(draft).not.toMatch(/hands of|could be read/);
    const hold = { act: 'hold', reason: 'Mine.' };
    expect(await codeOf(await asked(parties.stranger, `incidents/${id}/acts`, hold))).toEqual([
      403,
      'incident.not-to-hold',
    ]);
    const other = { authorization: await bearer(parties.sender, 'log.entries') };
    expect(await codeOf(await house.request(`exposure/${shipment.sub}`, undefined, other))).toEqual([
      401,
      'access.form',
    ]);
  });
}

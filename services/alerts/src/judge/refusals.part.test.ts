// What the ledger refused becomes.

import { expect, it } from '@jest/globals';
import { waitFor } from '@unbroken/testing';
import { sha256Hash } from '@unbroken/tokens';
import type { PeopledHouse } from '../fixture/peopled-house.js';

/** A well-formed shipment id that nobody has registered. */
const UNKNOWN = '7K2M9QX4T1B8ZC3V2';

export function refusalsTests(at: () => PeopledHouse): void {
  it('naming a known chain → token.refused, once; naming another or none → nothing', async () => {
    const { house, sender, parcel } = at();
    const shipment = await parcel();
    const reported = await shipment.add(sender, 'reported', { what: 'lost' });
    await house.alert(shipment.sub, 'parcel.lost');
    const refusal = {
      key: shipment.sub,
      value: 'bytes',
      headers: { 'reason-code': 'token.signature', 'token-id': reported },
    };

    await house.ledger.poison('custody.refused.v1', { key: null, value: 'nonsense' });
    await house.ledger.poison('custody.refused.v1', { ...refusal, key: 'not-a-chain' });
    await house.ledger.poison('custody.refused.v1', { ...refusal, key: UNKNOWN });
    await house.ledger.poison('custody.refused.v1', refusal);
    await house.ledger.poison('custody.refused.v1', refusal);

    const alert = await house.alert(shipment.sub, 'token.refused');
    expect(alert).toMatchObject({ tid: reported, sentence: expect.stringContaining('(token.signature)') });
    expect(await house.alerts(UNKNOWN)).toEqual([]);
    expect((await house.alerts(shipment.sub)).filter(({ code }) => code === 'token.refused')).toHaveLength(1);
  });

  it('a flood of forged tokens on one chain → one open alert a reason; resolved, the next raises another', async () => {
    const { house, sender, parcel } = at();
    const shipment = await parcel();
    const forge = (name: string, reason: string) =>
      house.ledger.poison('custody.refused.v1', {
        key: shipment.sub,
        value: name,
        headers: { 'reason-code': reason, 'token-id': sha256Hash(new TextEncoder().encode(name)) },
      });
    const refused = async (): Promise<(string | undefined)[]> =>
      (await house.alerts(shipment.sub, 'open')).flatMap(({ code, sentence }) =>
        code === 'token.refused' ? [/\((.*)\)/.exec(sentence)?.[1]] : [],
      );
    for (let no = 0; no < 20; no += 1) await forge(`forged ${no}`, 'token.signature');
    await forge('other', 'token.alg');
    await waitFor(async () => (await refused()).includes('token.alg'), { what: 'the alert of the last one' });
    expect((await refused()).sort()).toEqual(['token.alg', 'token.signature']);

    const open = await house.alert(shipment.sub, 'token.refused');
    await house.request(`alerts/${open.id}/resolve`, { by: sender.id, reason: 'seen' });
    await forge('one more', 'token.signature');
    await forge('and one', 'token.alg');
    await waitFor(async () => (await refused()).length === 2, { what: 'both reasons open again' });
  });
}

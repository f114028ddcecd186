// What the finder desk makes of what finders told: called back, erased, and told to nobody else.

import { waitFor } from '@unbroken/testing';
import { report, unknownShipment } from './open-desks.part.test.js';
import type { Desks } from './open-desks.part.test.js';

export function finderDeskTests(at: () => Desks): void {
  it('calls back and stands for it → no longer waiting; erased → the contact is gone, the token stays', async () => {
    const { desk, tell, atDesk, said, withPost } = at();
    const shipment = await withPost();
    const { callback } = (await tell(shipment.sub, { ...report, contact: 'anna@example.org' })).body;
    const found = await waitFor(() => said(shipment.sub, 'found')[0], { what: 'the token' });
    const waiting = async () => (await atDesk()).body.reports.some((one) => one.callback === callback);
    expect(await waiting()).toBe(true);
    const witnessed = await shipment.add(desk, 'witnessed', { of: found.tid });
    const done = await atDesk(`/${callback}/called-back`, { witnessed });
    expect(done.body.calledBack).toMatchObject({ by: 'post-desk', witnessed });
    expect(await waiting()).toBe(false);
    expect((await atDesk(`/${callback}/erase`, {})).body).toMatchObject({ contact: null, tid: found.tid });
  }, 60_000);

  it('names another token than its own word on that report → 409, and it still waits', async () => {
    const { desk, post, tell, atDesk, said, withPost } = at();
    const [shipment, other] = [await withPost(), await withPost()];
    const { callback } = (await tell(shipment.sub)).body;
    const { callback: unknown } = (await tell(unknownShipment())).body;
    await tell(other.sub);
    const told = (sub: string) => waitFor(() => said(sub, 'found')[0], { what: 'the token' });
    const [found, elsewhere] = [await told(shipment.sub), await told(other.sub)];
    const witnessed = [
      found.tid,
      await other.add(desk, 'witnessed', { of: elsewhere.tid }),
      await shipment.add(post, 'witnessed', { of: found.tid }),
      await shipment.add(desk, 'witnessed', { of: shipment.head }),
    ];
    const refused = { status: 409, body: { code: 'found.not-witnessed', pointer: '/witnessed' } };
    for (const one of witnessed) {
      expect(await atDesk(`/${callback}/called-back`, { witnessed: one })).toMatchObject(refused);
    }
    expect(await atDesk(`/${unknown}/called-back`, { witnessed: found.tid })).toMatchObject(refused);
    expect((await atDesk(`/${callback}`)).body.calledBack).toBeNull();
  }, 60_000);

  it('ninety days later → contacts are erased at the next start, and reports of no shipment gone', async () => {
    const { house, tell, atDesk, said, withPost } = at();
    const shipment = await withPost();
    const { callback } = (await tell(shipment.sub, { ...report, contact: 'anna@example.org' })).body;
    await waitFor(() => said(shipment.sub, 'found')[0], { what: 'the token' });
    const { callback: ofNone } = (await tell(unknownShipment())).body;
    house.clock.advance(90 * 24 * 3_600_000 + 1);
    await house.stop();
    await house.start();
    await waitFor(async () => (await atDesk(`/${callback}`)).body.contact === null, { what: 'the contact to go' });
    expect((await atDesk(`/${callback}`)).body.tid).toBe(said(shipment.sub, 'found')[0]?.tid);
    expect((await atDesk(`/${ofNone}`)).status).toBe(404);
  }, 60_000);

  it('nobody, another role, another purpose → told nothing', async () => {
    const { house, post, desk, atDesk } = at();
    const nobody = await fetch(`${house.url}/receiver/v1/found`);
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, 'Bearer scope="found.reports"']);
    expect(await atDesk('', undefined, post)).toMatchObject({ status: 403, body: { code: 'access.role' } });
    expect(await atDesk('', undefined, desk, 'log.entries')).toMatchObject({
      status: 401,
      body: { code: 'access.form' },
    });
  });
}

// A finder tells what they found: on the page, by the API, too often, and of what nobody knows.

import { TestShipment } from '@unbroken/chains/fixture';
import { waitFor } from '@unbroken/testing';
import { newJti, parseToken, shipmentId, verifyToken } from '@unbroken/tokens';
import { elsewhere, report, unknownShipment } from './open-desks.part.test.js';
import type { Desks } from './open-desks.part.test.js';

export function finderTests(at: () => Desks): void {
  it('tells it on the page → a code to quote, one `found` on the head, signed by the desk, and the contact not in it', async () => {
    const { tokens, registryTokens, openings, desk, fillIn, atDesk, said, withPost } = at();
    const shipment = await withPost();
    const contact = '+45 12 34 56 78';
    // As a phone pastes it.
    const pasted = `\u202A${contact}\u202C`;
    const [status, page] = await fillIn(shipment.sub, { ...report, contact: pasted }, 'da-DK, en;q=0.5');
    expect(status).toBe(200);
    expect(page).toContain('Din besked er noteret');
    const [callback = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(page) ?? [];
    const found = await waitFor(() => said(shipment.sub, 'found')[0], { what: 'the token' });
    expect(found.claims).toMatchObject({
      iss: 'unbroken-desk',
      prev: shipment.head,
      mine: false,
      opened: 'yes',
      left: 'kept',
    });
    expect(tokens.texts.join()).not.toContain(Buffer.from(contact).toString('base64url').slice(0, 16));
    await waitFor(() => registryTokens.texts.length >= 3, { what: 'the chain of the desk' });
    const enrolled = registryTokens.texts.map((text) => parseToken(text).claims);
    expect(enrolled.map(({ evt }) => evt)).toEqual(['established', 'enrolled', 'enrolled']);
    const key = enrolled.find((claims) => claims['use'] === 'gateway');
    const jwk = key?.['jwk'] as Parameters<typeof verifyToken>[1]['jwk'];
    await verifyToken(found, { party: found.claims.iss, jwk, kid: found.header.kid });
    expect((await atDesk(`/${callback}`)).body).toMatchObject({
      sub: shipment.sub,
      contact,
      tid: found.tid,
      calledBack: null,
    });
    const opened = await waitFor(() => openings.texts[0], { what: 'that the desk has seen it' });
    const seen = { about: shipment.sub, what: 'finder-contact', party: desk.id, kid: desk.device.kid, source: null };
    expect(JSON.parse(opened)).toMatchObject({ openings: [seen] });
  }, 60_000);

  it('of a shipment that nobody knows → answered the same; signed once it is known', async () => {
    const { house, fillIn, said, withPost } = at();
    const sub = unknownShipment();
    const known = await withPost();
    const masked = (page: string) => page.replace(/[0-9A-Z]{4}-[0-9A-Z]{4}/, 'CODE');
    const pages = [await fillIn(sub, report), await fillIn(known.sub, report)].map(([status, page]) => [
      status,
      masked(page),
    ]);
    expect(pages[0]).toEqual(pages[1]);
    const forms = [sub, known.sub].map(async (id) => (await (await fetch(`${house.url}/found/${id}`)).text()).length);
    expect(new Set(await Promise.all(forms)).size).toBe(1);
    await waitFor(() => said(known.sub, 'found').length === 1, { what: 'the token of the known one' });
    expect(said(sub, 'found')).toEqual([]);
  }, 60_000);

  it('before anybody has heard of the shipment → `found` once it is registered', async () => {
    const { house, sender, tell, said } = at();
    const jti = newJti();
    const sub = shipmentId(sender.id, jti);
    expect((await tell(sub)).status).toBe(200);
    const { head } = await TestShipment.register(house.ledger, sender, { to: 'statistics', jti, sub });
    await waitFor(() => said(sub, 'found').length === 1, { what: 'the token' });
    expect(said(sub, 'found')[0]?.claims).toMatchObject({ prev: head });
  }, 60_000);

  it('too often from one source → 429, the same for one that nobody knows; who has told nothing yet is heard', async () => {
    const { house, tell } = at();
    const sub = unknownShipment();
    const from = elsewhere();
    for (let count = 0; count < 2; count += 1) expect((await tell(sub, report, from)).status).toBe(200);
    expect((await tell(sub, report, from)).body.code).toBe('found.too-many');
    for (let count = 0; count < 7; count += 1) expect((await tell(unknownShipment(), report, from)).status).toBe(200);
    expect((await tell(unknownShipment(), report, from)).body.code).toBe('found.too-many');
    expect((await tell(sub)).status).toBe(200);
    house.clock.advance(3_600_000);
    expect((await tell(sub, report, from)).status).toBe(200);
  }, 60_000);

  it('many tell of one shipment → every report is kept, twenty an hour are signed, the others in their turn', async () => {
    const { house, tell, atDesk, said, withPost } = at();
    const [shipment, later] = [await withPost(), await withPost()];
    for (let count = 0; count < 20; count += 1) expect((await tell(shipment.sub)).status).toBe(200);
    const last = (await tell(shipment.sub)).body.callback;
    await tell(later.sub);
    const signed = (sub: string, count: number) =>
      waitFor(() => said(sub, 'found').length === count, { what: `${count} tokens` });
    await signed(shipment.sub, 20);
    // Signed in the order in which they were told: the last one's turn would have come before.
    await signed(later.sub, 1);
    expect((await atDesk(`/${last}`)).body).toMatchObject({ sub: shipment.sub, tid: null });
    house.clock.advance(3_600_000);
    await signed(shipment.sub, 21);
  }, 60_000);

  it.each([
    [{ ...report, opened: 'maybe' }, 400, 'body.form'],
    [{ ...report, contact: 'a\nb c' }, 400, 'body.form'],
    [{ ...report, contact: 'a@example.org\u202E' }, 400, 'body.form'],
    [{ ...report, name: 'Anna' }, 400, 'body.form'],
  ])('says %o → %i %s', async (told, status, code) => {
    const { tell } = at();
    expect(await tell(unknownShipment(), told)).toMatchObject({ status, body: { code } });
  });

  it('leaves an answer out on the page → the form again, and what is missing', async () => {
    const { fillIn } = at();
    const [status, page] = await fillIn(unknownShipment(), { mine: 'no' }, 'fr');
    expect([status, page.includes('Veuillez répondre')]).toEqual([400, true]);
  });

  it('mistypes the number → 404, and no shipment is looked for', async () => {
    const { house, tell } = at();
    expect(await tell('7K2M9QX4T1B8ZC3V3')).toMatchObject({ status: 404, body: { code: 'found.no-shipment-id' } });
    expect((await fetch(`${house.url}/found/7K2M9QX4T1B8ZC3V3`)).status).toBe(404);
  });

  it('a form that a browser sends for another site → 403, and nothing is kept', async () => {
    const { house, tell, atDesk } = at();
    const sub = unknownShipment();
    const kept = async () => (await atDesk('?state=all')).body.reports.some((one) => one.sub === sub);
    for (const accept of ['text/html', 'application/json']) {
      const headers = { accept, 'sec-fetch-site': 'cross-site' };
      const sent = { method: 'POST', headers, body: new URLSearchParams(report) };
      const answer = await fetch(`${house.url}/found/${sub}`, sent);
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('Another site sent this')]);
    }
    expect(await kept()).toBe(false);
    await tell(sub);
    expect(await kept()).toBe(true);
  });

  it('a form of another site sent to another route → 415', async () => {
    const { house } = at();
    const body = new URLSearchParams(report);
    const answer = await fetch(`${house.url}/receiver/v1/tokens`, { method: 'POST', body });
    expect(answer.status).toBe(415);
  });
}

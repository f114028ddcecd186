// What strangers try with a guest: to guess codes, to keep the guest from confirming, to have them written to.

import { TestShipment } from '@unbroken/chains/fixture';
import { base64url, newSalt } from '@unbroken/tokens';
import { guestSteps } from './guest-steps.part.test.js';
import { unknownShipment } from './open-desks.part.test.js';
import type { Desks } from './open-desks.part.test.js';

export function guestStrangersTests(at: () => Desks): void {
  const { anna, keep, ask, confirm, parcelFor, codeIn, sentTo, knownHere } = guestSteps(at);

  it('guesses, or has codes sent, too often → 429 for any shipment, even with the right code', async () => {
    const { said } = at();
    const shipment = await parcelFor(anna);
    const code = codeIn(await sentTo(shipment.sub));
    for (const sub of [shipment.sub, unknownShipment()]) {
      for (let tries = 0; tries < 5; tries += 1) expect((await confirm(sub, 'no')).body.code).toBe('code.wrong');
      expect((await confirm(sub, code)).body.code).toBe('code.too-many');
      const answers = [];
      for (let asked = 0; asked < 4; asked += 1) answers.push((await ask(sub)).status);
      expect(answers.at(-1)).toBe(429);
    }
    expect(said(shipment.sub, 'confirmed')).toEqual([]);
  }, 60_000);

  it('another site asks for a code, or confirms, through a visitor’s browser → 403, nothing is sent and no code used up', async () => {
    const { house, mailbox } = at();
    const shipment = await parcelFor(anna);
    const code = codeIn(await sentTo(shipment.sub));
    const [before, page] = [mailbox.mails.length, `${house.url}/guest/${shipment.sub}`];
    const headers = { 'sec-fetch-site': 'cross-site', 'accept-language': 'da' };
    const body = new URLSearchParams({ code, pieces: '1', unopened: 'yes' });
    for (const path of [page, `${page}/code`]) {
      const answer = await fetch(path, { method: 'POST', headers, body });
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('Et andet websted')]);
    }
    expect((await confirm(shipment.sub, code)).status).toBe(200);
    expect(mailbox.mails.length).toBe(before);
  }, 60_000);

  it('another sender copies the commitment from the log → no code is sent for its parcel, and theirs is as before', async () => {
    const { house, sender, mailbox } = at();
    const { guest } = (await keep({ ...anna, salt: base64url.encode(newSalt()) })).body;
    const to = { to: 'guest', guest };
    const own = await TestShipment.register(house.ledger, sender, to);
    house.clock.advance(1000);
    const stranger = await house.ledger.party('stranger', ['sender']);
    const copied = await TestShipment.register(house.ledger, stranger, to);
    await knownHere(copied.sub, stranger.id);
    const before = mailbox.mails.length;
    await ask(copied.sub);
    expect((await confirm(own.sub, codeIn(await sentTo(own.sub)))).status).toBe(200);
    // Which waits for whatever is being sent.
    await house.stop();
    await house.start();
    expect(mailbox.mails.slice(before).map(({ text }) => text.includes(own.sub))).toEqual([true]);
  }, 60_000);
}

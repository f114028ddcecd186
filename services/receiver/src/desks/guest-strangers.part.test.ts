// What strangers try with a guest: to guess codes, to keep the guest from confirming, to have them written to.

import { TestShipment } from '@unbroken/chains/fixture';
import { base64url, newSalt } from '@unbroken/tokens';
import { guestSteps } from './guest-steps.part.test.js';
import { elsewhere, unknownShipment } from './open-desks.part.test.js';
import type { Desks } from './open-desks.part.test.js';

export function guestStrangersTests(at: () => Desks): void {
  const { anna, keep, ask, confirm, parcelFor, codeIn, sentTo, mailed, knownHere } = guestSteps(at);

  const seen = { pieces: 1, unopened: true };

  it('one source guesses, or has codes sent, too often → 429 for any shipment, even with the right code; the guest goes on', async () => {
    const shipment = await parcelFor(anna);
    const code = codeIn(await sentTo(shipment.sub));
    const from = elsewhere();
    const told = async (sub: string, typed: string) => (await confirm(sub, typed, seen, from)).body.code;
    for (const sub of [shipment.sub, unknownShipment()]) {
      for (let tries = 0; tries < 5; tries += 1) expect(await told(sub, 'no')).toBe('code.wrong');
      expect(await told(sub, code)).toBe('code.too-many');
    }
    expect((await confirm(shipment.sub, code)).status).toBe(200);
    const other = await parcelFor(anna);
    await knownHere(other.sub);
    for (const sub of [other.sub, unknownShipment()]) {
      const asked = [];
      for (let asks = 0; asks < 4; asks += 1) asked.push((await ask(sub, from)).status);
      expect(asked).toEqual([202, 202, 202, 429]);
    }
    await mailed(other.sub, 3);
    expect((await confirm(other.sub, codeIn(await sentTo(other.sub)))).status).toBe(200);
  }, 60_000);

  it('many sources guess → 429 for everybody, even with the right code, until another code is asked for', async () => {
    const shipment = await parcelFor(anna);
    const code = codeIn(await sentTo(shipment.sub));
    const nobodys = unknownShipment();
    for (const sub of [shipment.sub, nobodys]) {
      for (let tries = 0; tries < 20; tries += 1) expect((await confirm(sub, 'no')).body.code).toBe('code.wrong');
      expect((await confirm(sub, code)).body.code).toBe('code.too-many');
    }
    await ask(nobodys);
    expect((await confirm(nobodys, 'no')).body.code).toBe('code.wrong');
    expect((await confirm(shipment.sub, codeIn(await sentTo(shipment.sub)))).status).toBe(200);
  }, 60_000);

  it('many sources have codes sent → six an hour for any shipment', async () => {
    const shipment = await parcelFor(anna);
    await knownHere(shipment.sub);
    for (const sub of [shipment.sub, unknownShipment()]) {
      for (let asks = 0; asks < 6; asks += 1) expect((await ask(sub)).status).toBe(202);
      expect((await ask(sub)).body.code).toBe('code.too-many');
    }
    await mailed(shipment.sub, 6);
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

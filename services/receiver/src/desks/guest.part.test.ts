// A guest without keys: kept, sent a code, and confirming with it.

import { TestShipment } from '@unbroken/chains/fixture';
import { guestText } from '@unbroken/contracts';
import { Person } from '@unbroken/intake';
import { openDatabase } from '@unbroken/platform';
import { waitFor } from '@unbroken/testing';
import { base64url, commitment, newSalt, parseToken, verifyToken } from '@unbroken/tokens';
import { receiverPlaces } from '../erase/receiver-places.js';
import { guestSteps } from './guest-steps.part.test.js';
import { elsewhere, unknownShipment } from './open-desks.part.test.js';
import type { Desks } from './open-desks.part.test.js';

export function guestTests(at: () => Desks): void {
  const { anna, keep, ask, confirm, parcelFor, codeIn, sentTo, knownHere } = guestSteps(at);

  it('is kept beside the salt of what is signed, and named in no topic', async () => {
    const { house, sender, tokens, registryTokens } = at();
    const salt = newSalt();
    const kept = await keep({ ...anna, salt: base64url.encode(salt) });
    expect(kept).toMatchObject({ status: 201, body: { guest: commitment(salt, guestText({ ...anna, salt: '' })) } });
    const shipment = await TestShipment.register(house.ledger, sender, { to: 'guest', guest: kept.body.guest });
    expect(await sentTo(shipment.sub)).toContain('forsendelse');
    expect([...tokens.texts, ...registryTokens.texts].join()).not.toContain(Buffer.from('Anna').toString('base64url'));
  }, 60_000);

  it('knows the code → one `confirmed` on the head, by the code desk; a second time → said so', async () => {
    const { registryTokens, said } = at();
    const shipment = await parcelFor(anna);
    const mail = await sentTo(shipment.sub);
    expect(mail).toContain(`https://hub.example/guest/${shipment.sub}?lang=da`);
    const code = codeIn(mail);
    const { status, body } = await confirm(shipment.sub, `${code.slice(0, 4)} ${code.slice(4)}`);
    expect(status).toBe(200);
    const confirmed = await waitFor(() => said(shipment.sub, 'confirmed')[0], { what: 'the token' });
    expect(confirmed.tid).toBe(body.tid);
    expect(confirmed.claims).toMatchObject({ prev: shipment.head, seq: 3, pieces: 1, unopened: true });
    const key = registryTokens.texts
      .map((text) => parseToken(text).claims)
      .find((claims) => claims['use'] === 'code-desk');
    const jwk = key?.['jwk'] as Parameters<typeof verifyToken>[1]['jwk'];
    await verifyToken(confirmed, { party: confirmed.claims.iss, jwk, kid: confirmed.header.kid });
    expect(await confirm(shipment.sub, code)).toMatchObject({ status: 409, body: { code: 'code.used' } });
    expect(said(shipment.sub, 'confirmed')).toHaveLength(1);
  }, 60_000);

  it('types a wrong code, an older one, one that ran out → told apart only by who knows it', async () => {
    const { house, said } = at();
    const shipment = await parcelFor(anna);
    const first = codeIn(await sentTo(shipment.sub));
    const second = codeIn(await sentTo(shipment.sub));
    const other = second === '00000000' ? '11111111' : '00000000';
    const wrong = await confirm(shipment.sub, other);
    expect(wrong).toMatchObject({ status: 422, body: { code: 'code.wrong' } });
    const nobodys = await confirm(unknownShipment(), other);
    expect({ ...nobodys.body }).toEqual(wrong.body);
    if (first !== second) expect((await confirm(shipment.sub, first)).body.code).toBe('code.wrong');
    house.clock.advance(30 * 60_000);
    expect((await confirm(shipment.sub, second)).body.code).toBe('code.expired');
    expect(said(shipment.sub, 'confirmed')).toEqual([]);
  }, 60_000);

  it('by phone → the operator’s gateway is posted what to send, signed', async () => {
    const { gateway } = at();
    const shipment = await parcelFor({ name: 'Jean Petit', phone: '+33612345678', language: 'fr' });
    await knownHere(shipment.sub);
    await ask(shipment.sub);
    const sent = await waitFor(() => gateway.sent[0], { what: 'the message' });
    expect(sent).toMatchObject({ to: '+33612345678' });
    expect((await confirm(shipment.sub, codeIn(sent.text), { pieces: 0, unopened: false })).status).toBe(200);
  }, 60_000);

  it('confirms on the page → the same', async () => {
    const { house, said } = at();
    const shipment = await parcelFor(anna);
    const code = codeIn(await sentTo(shipment.sub));
    const headers = { 'x-forwarded-for': elsewhere(), 'accept-language': 'fr' };
    const page = `${house.url}/guest/${shipment.sub}`;
    const fill = (said: Record<string, string>) =>
      fetch(page, { method: 'POST', headers, body: new URLSearchParams({ code, pieces: '1', ...said }) });
    expect(await (await fill({})).text()).toContain('Veuillez tout remplir');
    const done = await fill({ unopened: 'yes' });
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('C’est confirmé') as unknown]);
    await waitFor(() => said(shipment.sub, 'confirmed')[0], { what: 'the token' });
  }, 60_000);

  it('of a parcel that goes elsewhere now → who knows the code is told so, and nothing is signed', async () => {
    const { house, sender } = at();
    const shipment = await parcelFor(anna);
    const code = codeIn(await sentTo(shipment.sub));
    await shipment.add(sender, 'redirected', { to: 'statistics' });
    const isRedirected = async () =>
      (await house.get<{ expected: { sub: string }[] }>('/receiver/v1/arrivals?party=statistics')).body.expected.some(
        (one) => one.sub === shipment.sub,
      );
    await waitFor(isRedirected, { what: 'the redirection' });
    expect(await confirm(shipment.sub, code)).toMatchObject({ status: 409, body: { code: 'code.closed' } });
  }, 60_000);

  it.each([
    [{ name: 'Anna', email: 'anna' }, 'body.form'],
    [{ name: 'Anna', phone: '12345678' }, 'body.form'],
    [{ name: 'An\nna', email: 'anna@example.org' }, 'body.form'],
    [{ name: 'Anna' }, 'body.form'],
  ])('%o → %s, and nobody is kept', async (guest, code) => {
    expect((await keep({ ...guest, salt: base64url.encode(newSalt()) })).body.code).toBe(code);
  });

  it('is erased by name → nobody is sent a code any more, a code that was sent is none, and others stay', async () => {
    const { house, mailbox } = at();
    const bert = { name: 'Bert Olsen', email: 'bert@example.org', language: 'en' } as const;
    const [shipment, other] = [await parcelFor(bert), await parcelFor(anna)];
    const code = codeIn(await sentTo(shipment.sub));
    const database = await openDatabase({
      ...{ service: 'receiver', settings: house.settings, entities: [], migrations: [], poolSize: 1 },
    });
    try {
      const [guests] = receiverPlaces(database);
      const found = (await guests?.find(new Person(['BERT OLSEN']))) ?? [];
      expect(found).toMatchObject([{ sub: shipment.sub }]);
      await guests?.erase(found.map(({ key }) => key));
      await guests?.erase(found.map(({ key }) => key));
      expect(await guests?.find(new Person([bert.email]))).toEqual([]);
      const left = await database.query<unknown[]>('SELECT FROM guest_codes WHERE sub = $1', [shipment.sub]);
      expect(left).toEqual([]);
    } finally {
      await database.destroy();
    }
    expect((await confirm(shipment.sub, code)).body.code).toBe('code.wrong');
    const before = mailbox.mails.length;
    await ask(shipment.sub);
    expect(await sentTo(other.sub)).toContain(other.sub);
    expect(mailbox.mails.slice(before).map(({ text }) => text.includes(shipment.sub))).toEqual([false]);
  }, 60_000);

  it('whose parcel was closed a month ago, or whom nobody registered → erased at the next start', async () => {
    const { house, sender, mailbox } = at();
    const shipment = await parcelFor(anna);
    const unnamed = base64url.encode(newSalt());
    const { guest } = (await keep({ ...anna, salt: unnamed })).body;
    await confirm(shipment.sub, codeIn(await sentTo(shipment.sub)));
    const isClosed = async () =>
      (await house.get<{ expected: { sub: string }[] }>('/receiver/v1/arrivals?party=guest')).body.expected.every(
        (one) => one.sub !== shipment.sub,
      );
    await waitFor(isClosed, { what: 'the parcel to be closed' });
    house.clock.advance(31 * 24 * 3_600_000);
    await house.stop();
    await house.start();
    // Which waits for what is being erased.
    await house.stop();
    await house.start();
    // Named only now: had they still been kept, a code would be sent.
    const late = await TestShipment.register(house.ledger, sender, { to: 'guest', guest });
    await knownHere(late.sub);
    const fresh = await parcelFor(anna);
    await knownHere(fresh.sub);
    const before = mailbox.mails.length;
    await ask(late.sub);
    await ask(fresh.sub);
    // Which waits for whatever is being sent.
    await house.stop();
    expect(mailbox.mails.slice(before).map(({ text }) => text.includes(fresh.sub))).toEqual([true]);
    await house.start();
  }, 60_000);
}

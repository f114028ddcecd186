// The desks for people without keys, through the running service: what a finder tells, and what the finder desk makes of it.

import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import { guestText } from '@unbroken/contracts';
import type { CodeConfirmed, FinderAnswer, FoundReport, FoundReports } from '@unbroken/contracts';
import { ServiceHouse } from '@unbroken/intake/fixture';
import type { Heard, TopicEar } from '@unbroken/intake/fixture';
import * as ground from '@unbroken/testing';
import { Mailbox, waitFor } from '@unbroken/testing';
import {
  base64url,
  commitment,
  mintAccess,
  newJti,
  newSalt,
  parseToken,
  shipmentId,
  verifyToken,
} from '@unbroken/tokens';
import type { AccessScope, PartyId, ShipmentId } from '@unbroken/tokens';
import { SmsGateway } from '../fixture/sms-gateway.js';
import { receiverService } from '../receiver.service.js';

let house: ServiceHouse;
let sender: TestParty;
let post: TestParty;
let desk: TestParty;
let tokens: TopicEar;
let registryTokens: TopicEar;
let mailbox: Mailbox;
let gateway: SmsGateway;

beforeAll(async () => {
  mailbox = await Mailbox.open();
  gateway = await SmsGateway.open();
  const env = {
    UNBROKEN_SMTP_SERVER: mailbox.address,
    UNBROKEN_SMTP_TLS: 'none',
    UNBROKEN_SMTP_FROM: 'unbroken@hub.example',
    UNBROKEN_SMS_URL: gateway.url,
    UNBROKEN_SMS_SECRET: gateway.secretFile,
    UNBROKEN_PAGE_URL: 'https://hub.example',
  };
  house = await ServiceHouse.open({ ground, services: [receiverService], env });
  [tokens, registryTokens] = await Promise.all([
    house.listen('custody.tokens.v1', recorded),
    house.listen('registry.tokens.v1', recorded),
  ]);
  sender = await house.ledger.party('skat', ['sender']);
  post = await house.ledger.party('post', ['courier']);
  desk = await house.ledger.party('post-desk', ['finder-desk']);
}, 120_000);

afterAll(async () => {
  await house.close();
  await Promise.all([mailbox.close(), gateway.close()]);
}, 60_000);

/** What the ledger does with what is posted, and the operator with who is new. */
const recorded = async ({ text }: Heard) => {
  const tid = await house.ledger.record(text);
  const { evt, iss } = parseToken(text).claims;
  if (evt === 'established') await house.ledger.admit(iss, tid, ['finder-desk']);
};

/** A source of its own for each request, unless a test wants one. */
let sources = 0;
const elsewhere = () => `198.51.${Math.floor(++sources / 250)}.${sources % 250}`;

const report = { mine: 'no', opened: 'yes', left: 'kept' };

const tell = (sub: string, said: object = report, from = elsewhere()) =>
  house.post<FinderAnswer & { code?: string }>(`/found/${sub}`, said, { 'x-forwarded-for': from });

async function fillIn(sub: string, said: Record<string, string>, language = 'en'): Promise<[number, string]> {
  const headers = { accept: 'text/html', 'accept-language': language, 'x-forwarded-for': elsewhere() };
  const answer = await fetch(`${house.url}/found/${sub}`, { method: 'POST', headers, body: new URLSearchParams(said) });
  return [answer.status, await answer.text()];
}

async function atDesk(path = '', body?: object, as = desk, scope: AccessScope = 'found.reports') {
  const iat = house.ledger.now;
  const claims = { iss: as.id, aud: house.ledger.deployment, scope, iat, exp: iat + 60 };
  const headers = {
    authorization: `Bearer ${await mintAccess(claims, as.device)}`,
    ...(body && { 'content-type': 'application/json' }),
  };
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`${house.url}/receiver/v1/found${path}`, { headers, ...sent });
  return { status: answer.status, body: (await answer.json()) as FoundReport & FoundReports & { code?: string } };
}

const said = (sub: string, evt: string) =>
  tokens.texts.map((text) => parseToken(text)).filter(({ claims }) => claims.sub === sub && claims.evt === evt);

const unknownShipment = (): ShipmentId => shipmentId('nobody' as PartyId, newJti());

const withPost = async () => {
  const shipment = await TestShipment.register(house.ledger, sender, { to: 'statistics', via: ['post'] });
  await shipment.handOver(sender, post);
  return shipment;
};

describe('a finder', () => {
  it('tells it on the page → a code to quote, one `found` on the head, signed by the desk, and the contact not in it', async () => {
    const shipment = await withPost();
    const contact = '+45 12 34 56 78';
    const [status, page] = await fillIn(shipment.sub, { ...report, contact }, 'da-DK, en;q=0.5');
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
  }, 60_000);

  it('of a shipment that nobody knows → answered the same; signed once it is known', async () => {
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
    const jti = newJti();
    const sub = shipmentId(sender.id, jti);
    expect((await tell(sub)).status).toBe(200);
    const { head } = await TestShipment.register(house.ledger, sender, { to: 'statistics', jti, sub });
    await waitFor(() => said(sub, 'found').length === 1, { what: 'the token' });
    expect(said(sub, 'found')[0]?.claims).toMatchObject({ prev: head });
  }, 60_000);

  it('too often of one shipment, or from one source → 429, the same for one that nobody knows; again after an hour', async () => {
    const sub = unknownShipment();
    for (let count = 0; count < 5; count += 1) expect((await tell(sub)).status).toBe(200);
    expect((await tell(sub)).body.code).toBe('found.too-many');
    const from = elsewhere();
    for (let count = 0; count < 10; count += 1) expect((await tell(unknownShipment(), report, from)).status).toBe(200);
    expect((await tell(unknownShipment(), report, from)).body.code).toBe('found.too-many');
    house.clock.advance(3_600_000);
    expect((await tell(sub, report, from)).status).toBe(200);
  }, 60_000);

  it.each([
    [{ ...report, opened: 'maybe' }, 400, 'body.form'],
    [{ ...report, contact: 'a\nb c' }, 400, 'body.form'],
    [{ ...report, name: 'Anna' }, 400, 'body.form'],
  ])('says %o → %i %s', async (told, status, code) => {
    expect(await tell(unknownShipment(), told)).toMatchObject({ status, body: { code } });
  });

  it('leaves an answer out on the page → the form again, and what is missing', async () => {
    const [status, page] = await fillIn(unknownShipment(), { mine: 'no' }, 'fr');
    expect([status, page.includes('Veuillez répondre')]).toEqual([400, true]);
  });

  it('mistypes the number → 404, and no shipment is looked for', async () => {
    expect(await tell('7K2M9QX4T1B8ZC3V3')).toMatchObject({ status: 404, body: { code: 'found.no-shipment-id' } });
    expect((await fetch(`${house.url}/found/7K2M9QX4T1B8ZC3V3`)).status).toBe(404);
  });

  it('a form of another site sent to another route → 415', async () => {
    const body = new URLSearchParams(report);
    const answer = await fetch(`${house.url}/receiver/v1/tokens`, { method: 'POST', body });
    expect(answer.status).toBe(415);
  });
});

describe('the finder desk', () => {
  it('calls back and stands for it → no longer waiting; erased → the contact is gone, the token stays', async () => {
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

  it('ninety days later → contacts are erased at the next start, and reports of no shipment gone', async () => {
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
    const nobody = await fetch(`${house.url}/receiver/v1/found`);
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, 'Bearer scope="found.reports"']);
    expect(await atDesk('', undefined, post)).toMatchObject({ status: 403, body: { code: 'access.role' } });
    expect(await atDesk('', undefined, desk, 'log.entries')).toMatchObject({
      status: 401,
      body: { code: 'access.form' },
    });
  });
});

describe('a guest', () => {
  const anna = { name: 'Anna Jensen', email: 'anna@example.org', language: 'da' } as const;
  const keep = (guest: object) => house.post<{ guest: string; code?: string }>('/receiver/v1/guests', guest);
  const ask = (sub: string) =>
    house.post<{ until: string; code?: string }>('/receiver/v1/codes', { sub }, { 'x-forwarded-for': elsewhere() });
  const confirm = (sub: string, code: string, said: object = { pieces: 1, unopened: true }) =>
    house.post<CodeConfirmed & { code?: string; detail?: string }>(
      '/receiver/v1/codes/confirm',
      { sub, code, ...said },
      { 'x-forwarded-for': elsewhere() },
    );

  /** A parcel on its way to a guest. */
  async function parcelFor(guest: object): Promise<TestShipment> {
    const kept = await keep({ ...guest, salt: base64url.encode(newSalt()) });
    const to = { to: 'guest', guest: kept.body.guest, via: ['post'] };
    const shipment = await TestShipment.register(house.ledger, sender, to);
    await shipment.handOver(sender, post);
    return shipment;
  }

  const codeIn = (text: string) => /(\d{4}) (\d{4})/.exec(text)?.slice(1).join('') ?? '';

  /** Asks until the parcel is known here, and reads the message. */
  async function sentTo(sub: string): Promise<string> {
    const before = mailbox.mails.length;
    await knownHere(sub);
    await ask(sub);
    return (await waitFor(() => mailbox.mails[before], { what: 'the message' })).text;
  }

  const knownHere = (sub: string) =>
    waitFor(
      async () =>
        (await house.get<{ chains: { sub: string }[] }>('/receiver/v1/chains?party=skat')).body.chains.some(
          (one) => one.sub === sub,
        ),
      { what: 'the parcel to be known' },
    );

  it('is kept beside the salt of what is signed, and named in no topic', async () => {
    const salt = newSalt();
    const kept = await keep({ ...anna, salt: base64url.encode(salt) });
    expect(kept).toMatchObject({ status: 201, body: { guest: commitment(salt, guestText({ ...anna, salt: '' })) } });
    const shipment = await TestShipment.register(house.ledger, sender, { to: 'guest', guest: kept.body.guest });
    expect(await sentTo(shipment.sub)).toContain('forsendelse');
    expect([...tokens.texts, ...registryTokens.texts].join()).not.toContain(Buffer.from('Anna').toString('base64url'));
  }, 60_000);

  it('knows the code → one `confirmed` on the head, by the code desk; a second time → said so', async () => {
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

  it('guesses, or has codes sent, too often → 429 for any shipment, even with the right code', async () => {
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

  it('by phone → the operator’s gateway is posted what to send, signed', async () => {
    const shipment = await parcelFor({ name: 'Jean Petit', phone: '+33612345678', language: 'fr' });
    await knownHere(shipment.sub);
    await ask(shipment.sub);
    const sent = await waitFor(() => gateway.sent[0], { what: 'the message' });
    expect(sent).toMatchObject({ to: '+33612345678' });
    expect((await confirm(shipment.sub, codeIn(sent.text), { pieces: 0, unopened: false })).status).toBe(200);
  }, 60_000);

  it('confirms on the page → the same', async () => {
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

  it('whose parcel was closed a month ago, or whom nobody registered → erased at the next start', async () => {
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
    const before = mailbox.mails.length;
    await ask(late.sub);
    await ask(fresh.sub);
    // Which waits for whatever is being sent.
    await house.stop();
    expect(mailbox.mails.slice(before).map(({ text }) => text.includes(fresh.sub))).toEqual([true]);
    await house.start();
  }, 60_000);
});

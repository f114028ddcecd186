// The desks for people without keys, through the running service: what a finder tells, and what the finder desk makes of it.

import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import type { FinderAnswer, FoundReport, FoundReports } from '@unbroken/contracts';
import { ServiceHouse } from '@unbroken/intake/fixture';
import type { Heard, TopicEar } from '@unbroken/intake/fixture';
import * as ground from '@unbroken/testing';
import { waitFor } from '@unbroken/testing';
import { mintAccess, newJti, parseToken, shipmentId, verifyToken } from '@unbroken/tokens';
import type { AccessScope, PartyId, ShipmentId } from '@unbroken/tokens';
import { receiverService } from '../receiver.service.js';

let house: ServiceHouse;
let sender: TestParty;
let post: TestParty;
let desk: TestParty;
let tokens: TopicEar;
let registryTokens: TopicEar;

beforeAll(async () => {
  house = await ServiceHouse.open({ ground, services: [receiverService] });
  [tokens, registryTokens] = await Promise.all([
    house.listen('custody.tokens.v1', recorded),
    house.listen('registry.tokens.v1', recorded),
  ]);
  sender = await house.ledger.party('skat', ['sender']);
  post = await house.ledger.party('post', ['courier']);
  desk = await house.ledger.party('post-desk', ['finder-desk']);
}, 120_000);

afterAll(() => house.close(), 60_000);

const recorded = async ({ text }: Heard) => {
  await house.ledger.record(text);
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

  it('contacts of ninety days ago → erased at the next start', async () => {
    const { callback } = (await tell(unknownShipment(), { ...report, contact: 'anna@example.org' })).body;
    house.clock.advance(90 * 24 * 3_600_000 + 1);
    await house.stop();
    await house.start();
    await waitFor(async () => (await atDesk(`/${callback}`)).body.contact === null, { what: 'the contact to go' });
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

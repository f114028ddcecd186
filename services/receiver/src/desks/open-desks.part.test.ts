// The desks of the running service, the parties that deal with them, and everything that is posted meanwhile.

import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import type { ArrivalsAnswer, FinderAnswer, FoundReport, FoundReports } from '@unbroken/contracts';
import { ServiceHouse } from '@unbroken/intake/fixture';
import type { Answer, Heard, TopicEar } from '@unbroken/intake/fixture';
import * as ground from '@unbroken/testing';
import { Mailbox, waitFor } from '@unbroken/testing';
import { mintAccess, newJti, parseToken, shipmentId } from '@unbroken/tokens';
import type { AccessScope, PartyId, ShipmentId, Envelope } from '@unbroken/tokens';
import { SmsGateway } from '../fixture/sms-gateway.js';
import { receiverService } from '../receiver.service.js';

export const report = { mine: 'no', opened: 'yes', left: 'kept' };

/** A source of its own for each request, unless a test wants one. */
let sources = 0;
export const elsewhere = () => `198.51.${Math.floor(++sources / 250)}.${sources % 250}`;

export const unknownShipment = (): ShipmentId => shipmentId('nobody' as PartyId, newJti());

export class Desks {
  private constructor(
    readonly house: ServiceHouse,
    readonly mailbox: Mailbox,
    readonly gateway: SmsGateway,
    readonly tokens: TopicEar,
    readonly registryTokens: TopicEar,
    readonly openings: TopicEar,
    readonly sender: TestParty,
    readonly post: TestParty,
    readonly desk: TestParty,
  ) {}

  static async open(): Promise<Desks> {
    const [mailbox, gateway] = [await Mailbox.open(), await SmsGateway.open()];
    const env = {
      UNBROKEN_SMTP_SERVER: mailbox.address,
      UNBROKEN_SMTP_TLS: 'none',
      UNBROKEN_SMTP_FROM: 'unbroken@hub.example',
      UNBROKEN_SMS_URL: gateway.url,
      UNBROKEN_SMS_SECRET: gateway.secretFile,
      UNBROKEN_PAGE_URL: 'https://hub.example',
    };
    const house = await ServiceHouse.open({ ground, services: [receiverService], env });
    const recorded = recordedBy(house);
    const [tokens, registryTokens, openings] = await Promise.all([
      house.listen('custody.tokens.v1', recorded),
      house.listen('registry.tokens.v1', recorded),
      house.listen('platform.openings.v1'),
    ]);
    const sender = await house.ledger.party('skat', ['sender']);
    const post = await house.ledger.party('post', ['courier']);
    const desk = await house.ledger.party('post-desk', ['finder-desk']);
    return new Desks(house, mailbox, gateway, tokens, registryTokens, openings, sender, post, desk);
  }

  async close(): Promise<void> {
    await this.house.close();
    await Promise.all([this.mailbox.close(), this.gateway.close()]);
  }

  readonly tell = (
    sub: string,
    said: object = report,
    from = elsewhere(),
  ): Promise<Answer<FinderAnswer & { code?: string }>> =>
    this.house.post(`/found/${sub}`, said, { 'x-forwarded-for': from });

  /** The page of the form, sent by a browser: its status, and the page that comes. */
  readonly fillIn = async (sub: string, said: Record<string, string>, language = 'en'): Promise<[number, string]> => {
    const headers = { accept: 'text/html', 'accept-language': language, 'x-forwarded-for': elsewhere() };
    const sent = { method: 'POST', headers, body: new URLSearchParams(said) };
    const answer = await fetch(`${this.house.url}/found/${sub}`, sent);
    return [answer.status, await answer.text()];
  };

  /** As the finder desk, unless it is another that asks. */
  readonly atDesk = async (
    path = '',
    body?: object,
    as = this.desk,
    scope: AccessScope = 'found.reports',
  ): Promise<Omit<Answer<FoundReport & FoundReports & { code?: string }>, 'headers'>> => {
    const { deployment: aud, now: iat } = this.house.ledger;
    const headers = {
      authorization: `Bearer ${await mintAccess({ iss: as.id, aud, scope, iat, exp: iat + 60 }, as.device)}`,
      ...(body && { 'content-type': 'application/json' }),
    };
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${this.house.url}/receiver/v1/found${path}`, { headers, ...sent });
    return { status: answer.status, body: (await answer.json()) as FoundReport & FoundReports & { code?: string } };
  };

  /** What was posted of a shipment. */
  readonly said = (sub: string, evt: string): Envelope[] =>
    this.tokens.texts.map((text) => parseToken(text)).filter(({ claims }) => claims.sub === sub && claims.evt === evt);

  /** A parcel that the post carries, as the service has heard. */
  readonly withPost = async (): Promise<TestShipment> => {
    const shipment = await TestShipment.register(this.house.ledger, this.sender, { to: 'statistics', via: ['post'] });
    await shipment.handOver(this.sender, this.post);
    const holder = async () => {
      const { body } = await this.house.get<ArrivalsAnswer>('/receiver/v1/arrivals?party=statistics');
      return body.expected.find(({ sub }) => sub === shipment.sub)?.holder;
    };
    await waitFor(async () => (await holder()) === this.post.id, { what: 'the hand-off to be heard' });
    return shipment;
  };
}

/** What the ledger does with what is posted, and the operator with who is new. */
const recordedBy =
  ({ ledger }: ServiceHouse) =>
  async ({ text }: Heard): Promise<void> => {
    const tid = await ledger.record(text);
    const { evt, iss } = parseToken(text).claims;
    if (evt === 'established') await ledger.admit(iss, tid, ['finder-desk']);
  };

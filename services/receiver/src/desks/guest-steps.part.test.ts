// What senders, guests and strangers do at the code desk.

import { TestShipment } from '@unbroken/chains/fixture';
import type { CodeConfirmed } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { base64url, newSalt } from '@unbroken/tokens';
import { elsewhere } from './open-desks.part.test.js';
import type { Desks } from './open-desks.part.test.js';

export function guestSteps(at: () => Desks) {
  const anna = { name: 'Anna Jensen', email: 'anna@example.org', language: 'da' } as const;
  const keep = (guest: object) => at().house.post<{ guest: string; code?: string }>('/receiver/v1/guests', guest);
  const ask = (sub: string, from = elsewhere()) =>
    at().house.post<{ until: string; code?: string }>('/receiver/v1/codes', { sub }, { 'x-forwarded-for': from });
  const confirm = (sub: string, code: string, said: object = { pieces: 1, unopened: true }, from = elsewhere()) =>
    at().house.post<CodeConfirmed & { code?: string; detail?: string }>(
      '/receiver/v1/codes/confirm',
      { sub, code, ...said },
      { 'x-forwarded-for': from },
    );

  /** A parcel on its way to a guest. */
  async function parcelFor(guest: object): Promise<TestShipment> {
    const kept = await keep({ ...guest, salt: base64url.encode(newSalt()) });
    const to = { to: 'guest', guest: kept.body.guest, via: ['post'] };
    const { house, sender, post } = at();
    const shipment = await TestShipment.register(house.ledger, sender, to);
    await shipment.handOver(sender, post);
    return shipment;
  }

  const codeIn = (text: string) => /(\d{4}) (\d{4})/.exec(text)?.slice(1).join('') ?? '';

  /** Asks once the parcel is known here, and reads the message. */
  async function sentTo(sub: string): Promise<string> {
    const before = mailsOf(sub).length;
    await knownHere(sub);
    await ask(sub);
    return (await mailed(sub, before + 1)).text;
  }

  const mailsOf = (sub: string) => at().mailbox.mails.filter(({ text }) => text.includes(sub));

  const mailed = (sub: string, count: number) => waitFor(() => mailsOf(sub)[count - 1], { what: `${count} messages` });

  const knownHere = (sub: string, party = 'skat') =>
    waitFor(
      async () =>
        (await at().house.get<{ chains: { sub: string }[] }>(`/receiver/v1/chains?party=${party}`)).body.chains.some(
          (one) => one.sub === sub,
        ),
      { what: 'the parcel to be known' },
    );

  return { anna, keep, ask, confirm, parcelFor, codeIn, sentTo, mailed, knownHere };
}

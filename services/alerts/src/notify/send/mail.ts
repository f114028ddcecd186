// Tells a mailbox, over the operator's mail server.

import { SettingsError, mailServer } from '@unbroken/platform';
import type { CommonSettings } from '@unbroken/platform';
import type { Contacts } from '../contacts/contact.js';
import { failedOn, reached } from './outcome.js';
import type { Outcome } from './outcome.js';

export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Sends to one address. Never throws. */
export type SendMail = (address: string, id: string, letter: Letter) => Promise<Outcome>;

/** @throws SettingsError where contacts have e-mail addresses and no mail server, or no sender's address, is named */
export function mailOver(settings: CommonSettings, contacts: Contacts): SendMail {
  const { UNBROKEN_SMTP_SERVER: [server] = [], UNBROKEN_SMTP_FROM: from } = settings;
  const missing = [
    ...(server === undefined ? ['UNBROKEN_SMTP_SERVER'] : []),
    ...(from === undefined ? ['UNBROKEN_SMTP_FROM'] : []),
  ];
  if (contacts.hasEmail && missing.length > 0)
    throw new SettingsError(
      missing.map((name) => ({
        name,
        wrong: 'is not set, and contacts have e-mail addresses',
        cure: 'Set it, or take the addresses out of the file of contacts',
      })),
    );
  const send = mailServer(settings);
  return async (address, id, { subject, text, html }) => {
    try {
      // The same in every attempt: a mailbox that got it before can know it again.
      await send({ to: address, id, subject, text, html });
      return reached;
    } catch (error) {
      return failedOn(error);
    }
  };
}

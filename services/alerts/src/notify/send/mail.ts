// Tells a mailbox, over the operator's mail server.

import { readFileSync } from 'node:fs';
import { SettingsError } from '@unbroken/platform';
import type { CommonSettings } from '@unbroken/platform';
import { createTransport } from 'nodemailer';
import type { Contacts } from '../contacts/contact.js';
import { failedOn, reached } from './outcome.js';
import type { Outcome } from './outcome.js';

const LONGEST_MS = 15_000;

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
  const transport = createTransport({ ...connectionOf(settings, server ?? ''), ...credentialsOf(settings) });
  return async (address, id, { subject, text, html }) => {
    try {
      // The same in every attempt: a mailbox that got it before can know it again.
      const messageId = `<${id}@${settings.UNBROKEN_DEPLOYMENT}>`;
      // What is in our text is text: no file is read and no address fetched for it.
      const guard = { disableFileAccess: true, disableUrlAccess: true };
      const headers = { 'Auto-Submitted': 'auto-generated' };
      await transport.sendMail({ from, to: address, messageId, subject, text, html, headers, ...guard });
      return reached;
    } catch (error) {
      return failedOn(error);
    }
  };
}

function connectionOf({ UNBROKEN_SMTP_TLS: tls, UNBROKEN_SMTP_TLS_CA: authority }: CommonSettings, server: string) {
  const [, host = '', port = '25'] = /^(.*):(\d+)$/.exec(server) ?? [];
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port),
    secure: tls === 'implicit',
    // Without it a server, or somebody before it, could have the message in the clear by not offering TLS.
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(authority === undefined ? {} : { tls: { ca: readFileSync(authority, 'utf8') } }),
    connectionTimeout: LONGEST_MS,
    greetingTimeout: LONGEST_MS,
    socketTimeout: LONGEST_MS,
  };
}

function credentialsOf({ UNBROKEN_SMTP_USER: user, UNBROKEN_SMTP_PASSWORD: file }: CommonSettings) {
  if (user === undefined) return {};
  if (file === undefined) return { auth: { user, pass: '' } };
  try {
    return { auth: { user, pass: readFileSync(file, 'utf8').trim() } };
  } catch {
    const cure = 'Create it with the password at the mail server alone, readable by this user alone';
    throw new SettingsError([{ name: 'UNBROKEN_SMTP_PASSWORD', wrong: `${file} cannot be read`, cure }]);
  }
}

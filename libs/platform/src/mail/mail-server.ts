// The operator's mail server, as the settings name it.

import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import type { CommonSettings } from '../config/common-settings.js';
import { SettingsError } from '../config/settings-error.js';

const LONGEST_MS = 15_000;

export interface OutgoingMail {
  readonly to: string;
  /** The same in every attempt at the same message; becomes part of its Message-ID. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

/** Hands a message over; rejects where the server does not take it. */
export type SendOverServer = (mail: OutgoingMail) => Promise<void>;

/** Connects when something is sent. @throws SettingsError where the password's file cannot be read */
export function mailServer(settings: CommonSettings): SendOverServer {
  const { UNBROKEN_SMTP_SERVER: [server] = [], UNBROKEN_SMTP_FROM: from } = settings;
  const transport = createTransport({ ...connectionOf(settings, server ?? ''), ...credentialsOf(settings) });
  return async ({ id, ...mail }) => {
    const messageId = `<${id}@${settings.UNBROKEN_DEPLOYMENT}>`;
    // What is in our text is text: no file is read and no address fetched for it.
    const guard = { disableFileAccess: true, disableUrlAccess: true };
    const headers = { 'Auto-Submitted': 'auto-generated' };
    await transport.sendMail({ from, messageId, headers, ...mail, ...guard });
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

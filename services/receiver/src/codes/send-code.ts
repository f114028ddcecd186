// Brings a code to a guest: by e-mail over the operator's mail server, or through the operator's SMS gateway, which is posted
// {to, text} signed by Standard Webhooks (standardwebhooks.com).

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SettingsError, mailServer } from '@unbroken/platform';
import type { Clock, CommonSettings } from '@unbroken/platform';
import { Webhook } from 'standardwebhooks';
import type { Guest } from '../guests/guests.js';

const LONGEST_MS = 10_000;

export interface Message {
  readonly subject: string;
  readonly text: string;
}

export interface SendCode {
  /** Whether the settings name what it takes. */
  can(way: Guest['way']): boolean;
  /** Rejects where it is not taken. */
  send(guest: Guest, message: Message): Promise<void>;
}

/** Nest's injection token of how codes are sent. */
export const SEND_CODE = Symbol('SEND_CODE');

/** @throws SettingsError where a gateway is named without its secret */
export function sendOver(settings: CommonSettings, clock: Clock): SendCode {
  const { UNBROKEN_SMTP_SERVER: server, UNBROKEN_SMTP_FROM: from } = settings;
  const mail = server === undefined || from === undefined ? undefined : mailServer(settings);
  const gateway = gatewayOf(settings);
  return {
    can: (way) => (way === 'email' ? mail : gateway) !== undefined,
    send: async ({ way, address }, { subject, text }) => {
      if (way === 'email' && mail !== undefined) await mail({ to: address, id: randomUUID(), subject, text });
      else if (way === 'phone' && gateway !== undefined) await postTo(gateway, { to: address, text }, clock);
      else throw new Error(`nothing sends by ${way} here`);
    },
  };
}

interface Gateway {
  readonly url: string;
  readonly webhook: Webhook;
}

function gatewayOf({ UNBROKEN_SMS_URL: url, UNBROKEN_SMS_SECRET: file }: CommonSettings): Gateway | undefined {
  if (url === undefined) return undefined;
  const refuse = (wrong: string) =>
    new SettingsError([
      { name: 'UNBROKEN_SMS_SECRET', wrong, cure: 'Name a file with the secret alone, whsec_ and base64' },
    ]);
  if (file === undefined) throw refuse('is not set, and UNBROKEN_SMS_URL is');
  try {
    return { url, webhook: new Webhook(readFileSync(file, 'utf8').trim()) };
  } catch {
    throw refuse(`${file} holds no such secret`);
  }
}

/** The operator's own gateway may be at a private address; it is followed nowhere else. */
async function postTo({ url, webhook }: Gateway, body: object, clock: Clock): Promise<void> {
  const text = JSON.stringify(body);
  const id = randomUUID();
  const now = new Date(clock.now());
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(LONGEST_MS),
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': webhook.sign(id, now, text),
    },
    body: text,
  });
  await answer.body?.cancel();
  if (!answer.ok) throw Object.assign(new Error('the gateway did not take it'), { code: `answered-${answer.status}` });
}

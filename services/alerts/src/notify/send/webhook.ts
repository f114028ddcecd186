// Tells a receiver by Standard Webhooks (standardwebhooks.com): signed, with the same id in every attempt. What it answers is
// of no interest beyond its status: no redirect is followed, and no more than a little of the body is taken.

import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Clock } from '@unbroken/platform';
import { Webhook } from 'standardwebhooks';
import type { Way } from '../contacts/contact.js';
import { failedOn, notReached, reached } from './outcome.js';
import type { Outcome } from './outcome.js';
import { mustBePublic, publicLookup } from './public-address.js';

const LONGEST_MS = 10_000;
const LARGEST_ANSWER = 64 * 1024;
/** "This endpoint does not want it any more", as Standard Webhooks has it. */
const GONE = 410;

/** Never throws. */
export async function postWebhook(
  { url, secret }: Extract<Way, { kind: 'webhook' }>,
  { id, body }: { readonly id: string; readonly body: object },
  clock: Clock,
): Promise<Outcome> {
  try {
    const text = JSON.stringify(body);
    const now = new Date(clock.now());
    const status = await post(url, text, {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, text),
    });
    if (status >= 200 && status < 300) return reached;
    return notReached(`answered ${status}`, status === GONE);
  } catch (error) {
    return failedOn(error);
  }
}

/** The status of the answer, when it is there to its end. */
function post(url: URL, text: string, headers: Readonly<Record<string, string>>): Promise<number> {
  mustBePublic(url);
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const signal = AbortSignal.timeout(LONGEST_MS);
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', agent: false, signal, lookup: publicLookup(url), headers: { ...headers, connection: 'close' } },
      (answer) => {
        let size = 0;
        answer.on('data', (part: Buffer) => {
          size += part.length;
          if (size > LARGEST_ANSWER) answer.destroy(Object.assign(new Error('too long'), { code: 'answer-too-long' }));
        });
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.on('error', (error) => reject(signal.aborted ? (signal.reason as Error) : error));
      },
    );
    sent.on('error', (error) => reject(signal.aborted ? (signal.reason as Error) : error));
    sent.end(text);
  });
}

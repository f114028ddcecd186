// Tokens on their way into the system, as devices send them.

import type { UnbrokenClient } from '@unbroken/sdk';
import { waitFor } from '@unbroken/testing';
import { post } from '../e2e/cast/door.js';
import type { Parcel, SignedToken } from '../e2e/cast/parcel.js';
import { misdelivered } from '../e2e/cast/stories.js';
import type { BrowserHouse } from './browser-house.js';

/** Each is posted when the one before it was taken. */
export async function tell(url: string, tokens: readonly SignedToken[]): Promise<void> {
  for (const token of tokens) expect(await post(url, token)).toBe(202);
}

/** Resolves when so many alerts of the parcel are open. */
export const alarmed = (client: UnbrokenClient, { sub }: Parcel, count: number): Promise<true> =>
  waitFor(async () => (await client.alerts({ sub, state: 'open' })).alerts.length >= count || undefined, {
    what: `${count} alerts of ${sub}`,
    timeoutMs: 30_000,
  });

/** A parcel that a stranger has taken, told to the end, with every alert of it open. */
export async function misdeliveredIn({ cast, url, client }: BrowserHouse): Promise<Parcel> {
  const { parcel, alerts } = await misdelivered(cast);
  await tell(url, parcel.tokens);
  await alarmed(client, parcel, alerts.length);
  return parcel;
}

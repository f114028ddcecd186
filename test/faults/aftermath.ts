// What must be true after any fault: nothing lost, nothing doubled, no hole in the log, every alarm raised once.

import type { UnbrokenClient } from '@unbroken/sdk';
import { waitFor } from '@unbroken/testing';
import type { SignedToken } from '../e2e/cast/parcel.js';
import type { Story } from '../e2e/cast/stories.js';

const AT_ONCE = 8;

export interface Limits {
  /** The first index of the custody log that these stories may have; 0 where nothing was recorded before. */
  readonly from?: number;
  readonly timeoutMs?: number;
}

/**
 * Waits until every token is recorded and every alert raised, then expects the log to hold exactly these tokens, each
 * once and without a hole, each chain to have ended as its story says, and no alert but the story's.
 */
export async function expectAllOnce(
  client: UnbrokenClient,
  stories: readonly Story[],
  { from = 0, timeoutMs = 45_000 }: Limits = {},
): Promise<void> {
  const tokens = stories.flatMap(({ parcel }) => parcel.tokens);
  const indices = await recordedAt(client, tokens, timeoutMs);
  expect(indices.sort((a, b) => a - b)).toEqual(tokens.map((_, place) => from + place));
  await inTurn(stories, async ({ parcel, status }) => {
    const chain = await client.chain(parcel.sub);
    expect(chain.tokens.map(({ tid }) => tid).sort()).toEqual(parcel.tokens.map(({ tid }) => tid).sort());
    expect(chain.state).toMatchObject({ status, gaps: [], disputed: [] });
  });
  await inTurn(stories, (story) => waitFor(() => hasRaised(client, story), { what: 'every alert', timeoutMs }));
  await inTurn(stories, async ({ parcel, alerts }) => expect(await alertsOf(client, parcel.sub)).toEqual(alerts));
}

/** The codes of all alerts of a shipment, in alphabetical order. */
export async function alertsOf(client: UnbrokenClient, sub: string): Promise<string[]> {
  const { alerts } = await client.alerts({ sub, state: 'all' });
  return alerts.map(({ code }) => code).sort();
}

async function hasRaised(client: UnbrokenClient, { parcel, alerts }: Story): Promise<boolean> {
  return (await alertsOf(client, parcel.sub)).length >= alerts.length;
}

/** The index of each token in the log, once all have one. */
async function recordedAt(client: UnbrokenClient, tokens: readonly SignedToken[], timeoutMs: number) {
  const indices = new Map<string, number>();
  const all = async () => {
    const waiting = tokens.filter(({ tid }) => !indices.has(tid));
    await inTurn(waiting, async ({ tid }) => {
      const known = await client.token(tid).catch(() => undefined);
      if (known?.status === 'recorded') indices.set(tid, known.index);
    });
    return indices.size === tokens.length;
  };
  await waitFor(all, { what: `${tokens.length} tokens to be recorded`, timeoutMs }).catch((error: unknown) => {
    throw new Error(`${tokens.length - indices.size} of ${tokens.length} tokens are not recorded`, { cause: error });
  });
  return [...indices.values()];
}

/** A few at a time: the machine has other things to do. */
async function inTurn<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

// Who has been told, in one line for whoever looks at the alert: "Told 2 of 3; webhook of Danish Post (duty-system): not
// reached since 2026-03-02 14:02 UTC, tried 5 times". Pure.

import type { NameOf } from '@unbroken/words';
import type { Told } from './told.js';

export const NO_CONTACTS = 'Nobody is told by mail or webhook: this hub has no file of contacts.';
const NOBODY = 'Nobody is to be told of this by mail or webhook.';

/** Messages for which there was nothing left to tell count for nothing. */
export function summaryOf(told: readonly Told[], nameOf: NameOf): string {
  const meant = told.filter(({ state }) => state !== 'dropped');
  if (meant.length === 0) return NOBODY;
  const reached = meant.filter(({ state }) => state === 'delivered').length;
  return [`Told ${reached} of ${meant.length}`, ...meant.flatMap((one) => standing(one, nameOf))].join('; ');
}

const ways = { email: 'e-mail', webhook: 'webhook' } as const;

function standing(told: Told, nameOf: NameOf): string[] {
  const { state, due_at, tries, first_tried_at: since } = told;
  if (state === 'delivered') return [];
  const who = `${ways[told.kind]} of ${nameOf(told.party)} (${told.contact})`;
  if (state === 'waiting') return [`${who}: waits until ${minute(due_at)}`];
  if (since === null) return [`${who}: being told`];
  const tried = `not reached since ${minute(since)}, tried ${tries === 1 ? 'once' : `${tries} times`}`;
  return [`${who}: ${tried}${state === 'failed' ? ', given up' : ''}`];
}

const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

// What looks wrong before anything is done that stays: a signature cannot be taken back, nor can a closed incident be opened.
// So the command asks first; whoever means it goes on with --anyway, and the hub records it as it records everything.

import type { Command } from 'commander';
import { HubUnreachable } from '../client/hub-errors.js';
import { CannotBeDone } from './told-failure.js';

/** One thing that looks wrong: a stable code, what it is, and what to do instead. */
export interface Doubt {
  readonly code: string;
  readonly what: string;
  readonly cure: string;
}

export interface AnywayOption {
  readonly anyway?: true;
}

/** @param act what --anyway does, as a verb: "sign", "close" */
export const withAnyway = (command: Command, act = 'sign'): Command =>
  command.option('--anyway', `${act} it even where it looks like a mistake`);

/**
 * Passes where nothing looks wrong, or where it is meant. With --anyway nothing is asked. Where no hub answers nobody can be
 * asked: what is signed without network is judged when it is carried in.
 * @param goingOn what has not happened now, and how it does all the same
 * @throws CannotBeDone with the code of the first doubt, and all of them in words
 */
export async function settleDoubts(
  { anyway }: AnywayOption,
  look: () => Promise<readonly (Doubt | undefined)[]>,
  goingOn = 'Nothing was signed; add --anyway to sign it as it is.',
): Promise<void> {
  if (anyway === true) return;
  const doubts = (await look().catch(unlessUnreachable)).flatMap((doubt) => doubt ?? []);
  const [first] = doubts;
  if (first === undefined) return;
  const cures = [...new Set(doubts.map(({ cure }) => cure))];
  throw new CannotBeDone(first.code, doubts.map(({ what }) => what).join(' '), `${cures.join(' ')} ${goingOn}`);
}

function unlessUnreachable(error: unknown): readonly [] {
  if (error instanceof HubUnreachable) return [];
  throw error;
}

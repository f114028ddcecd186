// The state of the line to the hub, and what the page says of it.

import { clockTime } from '../words/moment.js';

export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** `heardAt`: when the hub was last heard, undefined when never; `retryAt`: when it is tried again. */
  | { readonly state: 'lost'; readonly heardAt: number | undefined; readonly retryAt: number }
  | { readonly state: 'back' };

/** One word for the header. */
export const connectionWord = { connecting: 'Connecting', live: 'Live', lost: 'Not live', back: 'Back' } as const;

/** What to say beyond the word, and nothing while all is well. Times in milliseconds since 1970. */
export function connectionSentence(connection: Connection, now: number): string | undefined {
  if (connection.state === 'back') return 'Back. Catching up.';
  if (connection.state !== 'lost') return undefined;
  const { heardAt, retryAt } = connection;
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1000));
  const again = seconds === 0 ? 'trying again now' : `trying again in ${seconds} s`;
  if (heardAt === undefined) return `The hub does not answer, ${again}.`;
  return `Connection lost, ${again}. What you see is from ${clockTime(heardAt, now)}.`;
}

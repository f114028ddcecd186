// Raw bytes as they came from a topic, with the two times that travel beside them.

import { headers } from '@unbroken/contracts';
import type { RawMessage } from '@unbroken/platform';

export interface Arrival {
  readonly bytes: Buffer;
  /** When an intake received it and what the uploading device's clock then said: milliseconds since the epoch. */
  readonly receivedAt: number | null;
  readonly deviceClock: number | null;
}

const NOTHING = Buffer.alloc(0);

/** A message of a token topic; a tombstone is an arrival of no bytes, which is refused like any other non-token. */
export const arrivalOf = (message: RawMessage): Arrival => ({
  bytes: message.value ?? NOTHING,
  receivedAt: readTime(message.headers[headers.receivedAt]),
  deviceClock: readTime(message.headers[headers.deviceClock]),
});

const RFC3339_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

/** Times beside a token are hearsay: one that cannot be read is taken as not told, and never refuses the token. */
function readTime(text: string | undefined): number | null {
  if (text === undefined || !RFC3339_UTC.test(text)) return null;
  const milliseconds = Date.parse(text);
  // Not NaN, and nothing before 1970, which Postgres might not take for a time.
  return milliseconds >= 0 ? milliseconds : null;
}

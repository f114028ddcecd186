// One message of *.recorded.v1 as an entry with its place in the log. The signature is not checked again: only the
// ledger can write this topic (it is inside the hub, docs/architecture), it has verified every token before it gave it
// an index, and audits compare what is published with what parties hold.

import { decodeEntry, positionOf } from '@unbroken/contracts';
import type { Entry } from '@unbroken/contracts';
import type { Spoken } from '@unbroken/custody';
import { PoisonMessage, entryText, toldBeside } from '@unbroken/platform';
import type { RawMessage, ToldBeside } from '@unbroken/platform';
import { readCheckedStatement } from '@unbroken/manifests/node';
import type { Envelope } from '@unbroken/tokens';

export type ReadEntry = {
  /** Its place in the record: in a log that succeeds another it is above every one of that. */
  readonly index: number;
  readonly recordedAt: number;
  readonly registrySize: number;
} & (
  | { readonly kind: 'token'; readonly envelope: Spoken }
  | {
      readonly kind: 'malformed';
      readonly tid: Envelope['tid'];
      readonly kid: Envelope['header']['kid'];
      readonly reason: string;
    }
);

const INDEX = /^(?:0|[1-9]\d{0,15})$/;

/**
 * Reads the entry and its index; `told`: what the message says beside it, where that is at hand.
 * @throws PoisonMessage when it is not an entry that the ledger could have written
 */
export function readEntry(message: RawMessage, told: ToldBeside = toldBeside(message)): ReadEntry {
  if (!INDEX.test(told.index ?? '')) throw new PoisonMessage(message.offset, 'no log index');
  const entry = decoded(message);
  const index = positionOf(told.origin, Number(told.index));
  const { kind, recordedAt, registrySize } = entry;
  if (kind === 'malformed') {
    const { tid, kid, reason } = entry;
    return { kind, index, recordedAt, registrySize, tid, kid, reason };
  }
  return { kind, index, recordedAt, registrySize, envelope: spoken(entry.token, message) };
}

function decoded(message: RawMessage): Entry {
  try {
    return decodeEntry(entryText(message));
  } catch {
    throw new PoisonMessage(message.offset, 'not a log entry');
  }
}

function spoken(token: string, message: RawMessage): Spoken {
  try {
    return readCheckedStatement(token);
  } catch {
    throw new PoisonMessage(message.offset, 'an entry without a readable token');
  }
}

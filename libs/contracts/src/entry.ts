// The text of one log entry (docs/protocol, section 6): "recordedAt SP registrySize LF token", where a malformed
// token is replaced by "malformed SP tid SP kid SP reason", and a parcel of a manifest has its piece. This exact text is what the Merkle log will hash.

import type { KeyId, TokenId } from '@unbroken/tokens';

export interface TokenEntry {
  readonly kind: 'token';
  /** When the ledger recorded it, milliseconds since the epoch. */
  readonly recordedAt: number;
  /** How many entries of the registry log count for this one; in the registry log the entry's own index. */
  readonly registrySize: number;
  /** The token as it was signed, or the piece of a manifest. */
  readonly token: string;
}

export interface MalformedEntry {
  readonly kind: 'malformed';
  readonly recordedAt: number;
  readonly registrySize: number;
  readonly tid: TokenId;
  readonly kid: KeyId;
  /** ASCII, no spaces: which claim is wrong and how, never its value. */
  readonly reason: string;
}

export type Entry = TokenEntry | MalformedEntry;

/** The entry as it is hashed, stored and published. */
export function encodeEntry(entry: Entry): string {
  const first = `${new Date(entry.recordedAt).toISOString()} ${entry.registrySize}\n`;
  return entry.kind === 'token' ? first + entry.token : `${first}malformed ${entry.tid} ${entry.kid} ${entry.reason}`;
}

const FORM =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z (?:0|[1-9]\d{0,15})\n(?:malformed [A-Za-z0-9_-]{43} [A-Za-z0-9_-]{43} [!-~]+|[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:~[A-Za-z0-9_-]+~\d{1,4}~[A-Za-z0-9_-]*)?)$/;

/** Reads an entry back; throws a RangeError on anything `encodeEntry` does not write. */
export function decodeEntry(text: string): Entry {
  // Asked only whether it is one, and cut where its parts must be then: a match of each part is five times the garbage.
  if (!FORM.test(text)) throw new RangeError('not a log entry: expected "time size LF token"');
  const space = text.indexOf(' ');
  const lineFeed = text.indexOf('\n');
  const recordedAt = Date.parse(text.slice(0, space));
  const registrySize = Number(text.slice(space + 1, lineFeed));
  const token = text.slice(lineFeed + 1);
  if (!token.includes(' ')) return { kind: 'token', recordedAt, registrySize, token };
  const [, tid = '', kid = '', reason = ''] = token.split(' ');
  return { kind: 'malformed', recordedAt, registrySize, tid: tid as TokenId, kid: kid as KeyId, reason };
}

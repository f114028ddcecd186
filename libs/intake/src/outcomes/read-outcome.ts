// What the ledger said about a token, read from the topics in which it says it.

import { decodeEntry, headers } from '@unbroken/contracts';
import type { Entry, TokenOutcome } from '@unbroken/contracts';
import { statementId } from '@unbroken/manifests';
import { entryText, toldBeside } from '@unbroken/platform';
import type { RawMessage } from '@unbroken/platform';
import { nodeSha256 } from '@unbroken/tlog/node';

type Headers = Readonly<Record<string, string>>;

/**
 * The outcome an entry of custody.recorded.v1 or registry.recorded.v1 tells; undefined for what is no entry, which
 * nobody waits for and which the topic's consumers deal with.
 */
export function recordedOutcome(message: RawMessage): TokenOutcome | undefined {
  const entry = readEntry(message);
  if (entry === undefined) return undefined;
  const told = toldBeside(message);
  const place = {
    ...(told.origin === undefined ? {} : { log: told.origin }),
    ...(told.index === undefined ? {} : { index: Number(told.index) }),
    recordedAt: new Date(entry.recordedAt).toISOString(),
  };
  if (entry.kind === 'malformed') return { tid: entry.tid, status: 'malformed', code: 'token.malformed', ...place };
  return { tid: statementId(entry.token, nodeSha256), status: 'recorded', ...place };
}

/** The outcome a message of custody.refused.v1 tells; undefined for bytes that could not be read as far as an id. */
export function refusedOutcome(told: Headers): TokenOutcome | undefined {
  const tid = told[headers.tokenId];
  const code = told[headers.reasonCode];
  if (tid === undefined || code === undefined) return undefined;
  return { tid, status: 'refused', code };
}

function readEntry(message: RawMessage): Entry | undefined {
  try {
    return decodeEntry(entryText(message));
  } catch {
    return undefined;
  }
}

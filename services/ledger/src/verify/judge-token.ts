// One token, or piece of a manifest, from raw bytes to verdict (docs/protocol, section 2, "Strict reading"). Total: whatever
// the bytes are, there is a verdict.

import { readClaims } from '@unbroken/custody';
import { CheckedSignatures, StatementReader } from '@unbroken/manifests';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { Envelope, KeyId, PartyId } from '@unbroken/tokens';
import { verifyTokenSync } from '@unbroken/tokens/node';
import type { VerificationKey } from '@unbroken/tokens/node';
import { kindOf } from '../logs.js';
import { refusalOf, tidOfUnreadable } from './refusal.js';
import type { Judgement, Reading, Refused, Verdict } from './verdict.js';

export type EnrolledKey = VerificationKey & { readonly party: PartyId };

/** Answers the key that counts now, or nothing. */
export type KeyOf = (kid: KeyId) => EnrolledKey | undefined;

/** What is remembered from one to the next: a manifest is read once, and its signature checked once, for many pieces. */
export interface Remembered {
  readonly reader: StatementReader;
  readonly signatures: CheckedSignatures<EnrolledKey>;
}

export const nothingRemembered = (): Remembered => ({
  reader: new StatementReader(nodeSha256),
  signatures: new CheckedSignatures(verifyTokenSync),
});

/** The envelope, or why there is none. */
export function readEnvelope(bytes: Uint8Array, reader = new StatementReader(nodeSha256)): Envelope | Refused {
  try {
    return reader.read(bytes);
  } catch (error) {
    const tid = tidOfUnreadable(bytes);
    return refusalOf(error, tid === undefined ? {} : { tid });
  }
}

/** Judges a shipment's token with the keys known now; a party's own it only reads. */
export function judgeToken(
  bytes: Uint8Array,
  keyOf: KeyOf,
  deployment: string,
  remembered: Remembered = nothingRemembered(),
): Verdict {
  const envelope = readEnvelope(bytes, remembered.reader);
  if ('is' in envelope) return envelope;
  const reading = readingOf(envelope);
  if (kindOf(reading.sub) === 'registry') return { is: 'party-chain', ...reading };
  const key = keyOf(reading.kid);
  if (key === undefined) return { is: 'unknown-key', ...reading };
  return judgeSigned(envelope, key, { log: 'custody', deployment, signatures: remembered.signatures });
}

export interface Judging {
  readonly log: 'registry' | 'custody';
  readonly deployment: string;
  readonly signatures: Pick<CheckedSignatures<EnrolledKey>, 'verify'>;
}

/** Judges a token whose key is known: the signature first, because what it claims matters only when it holds. */
export function judgeSigned(envelope: Envelope, key: EnrolledKey, { log, deployment, signatures }: Judging): Judgement {
  const reading = readingOf(envelope);
  try {
    signatures.verify(envelope, key);
  } catch (error) {
    return refusalOf(error, reading);
  }
  const read = readClaims(envelope.claims, deployment);
  if (read.chain === 'malformed') return { is: 'malformed', ...reading, reason: read.reason };
  const chainOfLog = log === 'registry' ? 'party' : 'shipment';
  if (read.chain !== chainOfLog) return { is: 'malformed', ...reading, reason: 'evt:other-chain' };
  return { is: 'sound', ...reading };
}

export const readingOf = ({ tid, header, claims }: Envelope): Reading => ({ tid, kid: header.kid, sub: claims.sub });

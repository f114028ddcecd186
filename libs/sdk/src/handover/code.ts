// What one phone shows another at a hand-off without network: the token itself, as one QR code (docs/protocol, section 2).
// The holder shows `released`, the taker answers with `accepted`; each then holds both and can carry both in.

import { catalogue } from '@unbroken/custody';
import { parseStatement } from '@unbroken/manifests';
import { isShipmentId, TokenRefused } from '@unbroken/tokens';
import type { Envelope, ShipmentId } from '@unbroken/tokens';

/** What version 20 with error correction L carries, with some room. */
export const MOST_CODE_BYTES = 850;

/** Of both algorithms, ES256 and Ed25519. */
const SIGNATURE_BYTES = 64;

/** `offer`: the holder's half, `answer`: the taker's. */
export interface HandoverCode {
  readonly kind: 'offer' | 'answer';
  readonly sub: ShipmentId;
  /** As it was signed; of a manifest, this parcel's piece. */
  readonly token: string;
  readonly envelope: Envelope;
}

/** The code cannot be shown, or what was read is none. */
export class CodeRefused extends Error {
  override readonly name = 'CodeRefused';

  constructor(
    readonly code: 'code.form' | 'code.too-large' | 'code.event',
    what: string,
    readonly cure: string,
  ) {
    super(what);
  }
}

const kinds: Readonly<Record<string, HandoverCode['kind']>> = { released: 'offer', accepted: 'answer' };

/**
 * What a phone shows: the token's own characters.
 * @throws CodeRefused
 */
export function handoverCode(token: string): string {
  const read = readHandoverCode(token);
  if (read.token.length <= MOST_CODE_BYTES) return read.token;
  throw new CodeRefused(
    'code.too-large',
    `It has ${read.token.length} characters, and one code carries ${MOST_CODE_BYTES}.`,
    'Name fewer seals, and leave photographs to a remark after the hand-off; or hand over with a network.',
  );
}

/**
 * Reads what was scanned or pasted; spaces and line ends around it and in it are none of the token. Whether its signature
 * holds is for whoever knows its key.
 * @throws CodeRefused
 */
export function readHandoverCode(text: string): HandoverCode {
  const token = text.replaceAll(/\s+/g, '');
  const envelope = readEnvelope(token);
  const { sub } = envelope.claims;
  const kind = kinds[envelope.claims.evt];
  if (kind === undefined) {
    throw new CodeRefused(
      'code.event',
      `It says "${envelope.claims.evt}", which is no half of a hand-off.`,
      'Have the other phone show its offer or its answer.',
    );
  }
  const wrong = catalogue.get(envelope.claims.evt)?.claims.safeParse(envelope.claims).error?.issues[0];
  if (wrong === undefined && isShipmentId(sub)) return { kind, sub, token, envelope };
  throw notACode(`its claim ${wrong?.path.join('.') ?? 'sub'} is not of its form`);
}

function readEnvelope(token: string): Envelope {
  try {
    const envelope = parseStatement(token);
    // What was copied in part ends in its signature, which nobody can check here without the key.
    if (envelope.signature.length === SIGNATURE_BYTES) return envelope;
  } catch (error) {
    if (error instanceof TokenRefused) throw notACode(error.message);
    throw error;
  }
  throw notACode('its end is missing');
}

const notACode = (why: string): CodeRefused =>
  new CodeRefused('code.form', `It is no half of a hand-off: ${why}.`, 'Scan it again, or copy all of it.');

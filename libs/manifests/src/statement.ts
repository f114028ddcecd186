// What a shipment's chain carries, a token or the piece of a manifest, read as one: whoever reads chains reads by these.

import { parseToken, tokenId } from '@unbroken/tokens';
import type { Envelope, Sha256, TokenId } from '@unbroken/tokens';
import { isPiece, pieceId, PieceReader } from './piece.js';

const TILDE = 0x7e;
/** Each byte becomes one character; those beyond ASCII are in no part of a piece. */
const decoder = new TextDecoder('latin1');

/** Reads statements that come together. */
export class StatementReader {
  readonly #pieces: PieceReader;
  readonly #hash: Sha256 | undefined;

  /** @param hash SHA-256, where the platform has a faster one than the portable */
  constructor(hash?: Sha256) {
    this.#pieces = new PieceReader(hash);
    this.#hash = hash;
  }

  /**
   * Reads a token as `parseToken`, a piece as `PieceReader`; no signature is checked. `verifyToken` checks that of either.
   * @throws TokenRefused
   */
  read(statement: Uint8Array | string): Envelope {
    if (typeof statement === 'string') {
      return isPiece(statement) ? this.#pieces.read(statement) : parseToken(statement, this.#hash);
    }
    return statement.includes(TILDE) ? this.#pieces.read(decoder.decode(statement)) : parseToken(statement, this.#hash);
  }
}

/** One statement by itself; as `StatementReader.read`. */
export const parseStatement = (statement: Uint8Array | string, hash?: Sha256): Envelope =>
  new StatementReader(hash).read(statement);

/** The id of a statement that was read strictly before. */
export function statementId(statement: string, hash?: Sha256): TokenId {
  const [token = '', item] = statement.split('~', 2);
  const signingInput = token.slice(0, token.lastIndexOf('.'));
  return item === undefined ? tokenId(signingInput, hash) : pieceId(signingInput, item, hash);
}

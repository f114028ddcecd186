// The piece of a manifest that one parcel's chain carries: the token that was signed, the parcel's own item, and the path
// from it to the root that was signed. It is verifiable by itself.

import { maxTokenBytes, sha256Hash } from '@unbroken/tokens';
import type { Envelope, Sha256, TokenId } from '@unbroken/tokens';
import { decodeItem, readItem } from './item.js';
import type { ManifestItem } from './item.js';
import { checkPath } from './item-tree.js';
import { readManifestToken } from './manifest-claims.js';
import type { ManifestToken } from './manifest-claims.js';
import { ManifestRefused } from './manifest-refused.js';

export interface Piece {
  /** Exactly as it came. */
  readonly raw: string;
  /** Of this parcel's statement: each item of a manifest has its own. */
  readonly tid: TokenId;
  /** What was signed; its signature is not checked yet. */
  readonly signed: Envelope;
  readonly item: ManifestItem;
  /** What it says of the parcel, as a token of its own would: to be read by its event's schema. */
  readonly claims: Envelope['claims'];
}

const encoder = new TextEncoder();
const INDEX = /^(?:0|[1-9]\d{0,3})$/;

/** Whether the text claims to be a piece; a token holds no tilde. */
export const isPiece = (text: string): boolean => text.includes('~');

/** The id of an item's statement: over the signing input and the item, as they stand in the piece. Path and signature are outside. */
export const pieceId = (signingInput: string, item: string, hash?: Sha256): TokenId =>
  sha256Hash(encoder.encode(`${signingInput}~${item}`), hash) as TokenId;

/** Reads the pieces of a batch, the token of each manifest once; then to be thrown away. */
export class PieceReader {
  readonly #tokens = new Map<string, ManifestToken>();
  readonly #hash: Sha256 | undefined;

  /** @param hash SHA-256, where the platform has a faster one than the portable */
  constructor(hash?: Sha256) {
    this.#hash = hash;
  }

  /**
   * Reads a piece strictly, and that its item is under the root that was signed. The signature is for whoever knows the key:
   * one check serves all pieces of a manifest.
   *
   * The first fault refuses it: manifest.too-large, manifest.parts, those of the token (parseToken), manifest.claims,
   * manifest.item, manifest.path.
   * @throws ManifestRefused, TokenRefused
   */
  read(text: string): Piece {
    if (text.length > maxTokenBytes) throw new ManifestRefused('manifest.too-large', `over ${maxTokenBytes} bytes`);
    const [token, encoded, index, path, ...more] = text.split('~');
    if (token === undefined || encoded === undefined || index === undefined || path === undefined || more.length > 0) {
      throw new ManifestRefused('manifest.parts', 'it has not four parts');
    }
    const { envelope, items } = this.#token(token);
    const itemText = decodeItem(encoded);
    const item = readItem(itemText);
    if (!INDEX.test(index)) throw new ManifestRefused('manifest.path', 'the index is not a plain number');
    checkPath({ text: itemText, index: Number(index), path }, items, this.#hash);
    const { items: _, ...shared } = envelope.claims;
    return {
      raw: text,
      tid: pieceId(envelope.signingInput, encoded, this.#hash),
      signed: envelope,
      item,
      claims: { ...shared, ...item },
    };
  }

  #token(token: string): ManifestToken {
    const read = this.#tokens.get(token) ?? readManifestToken(token, this.#hash);
    this.#tokens.set(token, read);
    return read;
  }
}

/** One piece by itself; as `PieceReader.read`. */
export const parsePiece = (text: string, hash?: Sha256): Piece => new PieceReader(hash).read(text);

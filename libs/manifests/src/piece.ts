// The piece of a manifest that one parcel's chain carries: the token that was signed, the parcel's own item, and the path
// from it to the root that was signed. It is verifiable by itself.

import { maxTokenBytes, sha256Hash, TokenRefused } from '@unbroken/tokens';
import type { Envelope, Sha256, TokenId } from '@unbroken/tokens';
import { decodeItem, readItem } from './item.js';
import type { ManifestItem } from './item.js';
import { checkPath } from './item-tree.js';
import { readManifestToken } from './manifest-claims.js';
import type { ManifestToken } from './manifest-claims.js';

/**
 * A parcel's statement, as that of a token of its own: `raw` is the piece, `tid` its own id, `claims` what it says of the
 * parcel; `header`, `signingInput` and `signature` are those of the token that was signed.
 */
export interface Piece extends Envelope {
  readonly item: ManifestItem;
}

const encoder = new TextEncoder();
const INDEX = /^(?:0|[1-9]\d{0,3})$/;
/** Of so many manifests the token is remembered; then it begins anew. */
const MOST_TOKENS = 64;

/** Whether the text claims to be a piece; a token holds no tilde. */
export const isPiece = (text: string): boolean => text.includes('~');

/** The token that was signed, of a piece. */
export const tokenOfPiece = (piece: string): string => piece.slice(0, piece.indexOf('~'));

/** The id of an item's statement: over the signing input and the item, as they stand in the piece. Path and signature are outside. */
export const pieceId = (signingInput: string, item: string, hash?: Sha256): TokenId =>
  sha256Hash(encoder.encode(`${signingInput}~${item}`), hash) as TokenId;

/** Reads pieces, the token of each manifest once while its pieces come together. */
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
   * @throws TokenRefused
   */
  read(text: string): Piece {
    if (text.length > maxTokenBytes) throw new TokenRefused('manifest.too-large', `over ${maxTokenBytes} bytes`);
    const [token, encoded, index, path, ...more] = text.split('~');
    if (token === undefined || encoded === undefined || index === undefined || path === undefined || more.length > 0) {
      throw new TokenRefused('manifest.parts', 'it has not four parts');
    }
    const { envelope, items } = this.#token(token);
    const itemText = decodeItem(encoded);
    const item = readItem(itemText);
    if (!INDEX.test(index)) throw new TokenRefused('manifest.path', 'the index is not a plain number');
    checkPath({ text: itemText, index: Number(index), path }, items, this.#hash);
    const { items: _, ...shared } = envelope.claims;
    return {
      ...envelope,
      raw: text,
      tid: pieceId(envelope.signingInput, encoded, this.#hash),
      claims: { ...shared, ...item },
      item,
    };
  }

  #token(token: string): ManifestToken {
    const known = this.#tokens.get(token);
    if (known !== undefined) return known;
    const read = readManifestToken(token, this.#hash);
    if (this.#tokens.size >= MOST_TOKENS) this.#tokens.clear();
    this.#tokens.set(token, read);
    return read;
  }
}

/** One piece by itself; as `PieceReader.read`. */
export const parsePiece = (text: string, hash?: Sha256): Piece => new PieceReader(hash).read(text);

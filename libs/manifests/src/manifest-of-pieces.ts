// A manifest put together again from its pieces, to be shown or handed on as one.

import { decodeItem } from './item.js';
import type { Manifest } from './manifest.js';
import { readManifestToken } from './manifest-claims.js';
import { isPiece, tokenOfPiece } from './piece.js';

/**
 * The manifest of that token, from among these statements; undefined where a piece of it is not there.
 * @throws TokenRefused where it is no manifest's token, or a piece cannot be read
 */
export function manifestOfPieces(token: string, statements: readonly string[]): Manifest | undefined {
  const { items } = readManifestToken(token);
  const texts = new Map<number, string>();
  for (const statement of statements) {
    if (!isPiece(statement) || tokenOfPiece(statement) !== token) continue;
    const [, item = '', index] = statement.split('~');
    texts.set(Number(index), decodeItem(item));
  }
  if (texts.size !== items.count) return undefined;
  return { token, items: Array.from({ length: items.count }, (_, at) => texts.get(at) ?? '') };
}

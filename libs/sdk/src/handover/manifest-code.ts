// Many parcels handed over without network by one gesture: the manifest as text, which a phone shows as a film of codes
// (docs/protocol/manifests.md). Whoever reads it keeps each parcel's piece, and carries them in.

import { parseManifest, piecesOf } from '@unbroken/manifests';
import type { Manifest } from '@unbroken/manifests';
import { TokenRefused } from '@unbroken/tokens';
import type { HandoverCode } from './code.js';
import { CodeRefused, readHandoverCode } from './code.js';

export interface HandoverManifest {
  readonly kind: HandoverCode['kind'];
  readonly manifest: Manifest;
  /** One for each parcel, in order: what its chain is to carry. */
  readonly parcels: readonly HandoverCode[];
}

/** Whether a text may be a manifest: a token, and items on lines of their own. */
export const looksLikeManifest = (text: string): boolean => /^\S+\s*\n\s*\{/.test(text.trimStart());

/**
 * Reads what was put together from a film, or copied; line ends around it, and those of another system, are none of it.
 * Whether its signature holds is for whoever knows its key.
 * @throws CodeRefused
 */
export async function readHandoverManifest(text: string): Promise<HandoverManifest> {
  const manifest = await readManifest(text.trim().replaceAll(/\r\n/g, '\n'));
  const parcels = (await piecesOf(manifest)).map((piece) => readHandoverCode(piece));
  const [first] = parcels;
  if (first === undefined) throw new Error('a manifest was read that has no item');
  return { kind: first.kind, manifest, parcels };
}

async function readManifest(text: string): Promise<Manifest> {
  try {
    return await parseManifest(text);
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    const where = error.pointer === undefined ? '' : ` (${error.pointer})`;
    throw new CodeRefused('code.form', `It is no manifest${where}: ${error.message}.`, error.cure);
  }
}

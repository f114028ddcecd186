// A whole manifest at the door (docs/protocol/manifests.md): it is whole or nothing of it is taken, and then each parcel's piece
// is taken like a token that came by itself.

import { formatManifest, readPieces, StatementReader } from '@unbroken/manifests';
import type { Manifest } from '@unbroken/manifests';
import { nodeSha256 } from '@unbroken/tlog/node';
import { TokenRefused } from '@unbroken/tokens';
import { checkForm, uploadHash } from './check-form.js';
import type { Checked } from './check-form.js';

/** Its pieces, in the order of its items; where it cannot be read, one line that says why. Total. */
export async function checkManifest(manifest: Manifest): Promise<Checked[]> {
  try {
    const pieces = await readPieces(manifest, nodeSha256);
    const reader = new StatementReader(nodeSha256);
    return pieces.map((piece) => checkForm(Buffer.from(piece, 'latin1'), reader));
  } catch (refusal) {
    if (!(refusal instanceof TokenRefused)) throw refusal;
    const bytes = Buffer.from(formatManifest(manifest));
    return [{ bytes, hash: uploadHash(bytes), refusal }];
  }
}

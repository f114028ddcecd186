// What the command says once many parcels were released, or accepted, by one signature.

import { formatManifest } from '@unbroken/manifests';
import type { Manifest } from '@unbroken/manifests';
import { formatShipmentId } from '@unbroken/tokens';
import type { WrittenManifest, WrittenPiece } from '../signing/manifest-hand.js';
import { writeNewFile } from './new-file.js';
import type { Session } from './session.js';
import { CannotBeDone } from './told-failure.js';
import { KEPT } from './told-kept.js';

/**
 * Says what became of each parcel; where no hub has them yet, also the manifest for the other phone.
 * @param said what was signed, for example "Offered to danish-post"
 * @param out a new file for the manifest's text
 * @throws CannotBeDone where the hub refuses some of them
 */
export async function tellManifest(
  session: Session,
  said: string,
  { manifest, pieces }: WrittenManifest,
  out: string | undefined,
): Promise<void> {
  const text = formatManifest(manifest);
  if (out !== undefined) await writeNewFile(out, text);
  const refused = pieces.filter((piece) => piece.refused !== undefined);
  const kept = pieces.filter(({ carried }) => !carried);
  const waiting = pieces.filter(({ carried, pending }) => carried && pending);
  const recorded = pieces.length - refused.length - kept.length - waiting.length;
  session.tell({ manifest: text, parcels: pieces.map(shown) }, [
    `${said}: ${counted(pieces.length)} by one signature.`,
    ...(recorded > 0 ? [`${counted(recorded)} recorded.`] : []),
    ...(waiting.length > 0 ? [`${counted(waiting.length)} taken, not recorded yet: see \`unbroken outbox\`.`] : []),
    ...refused.flatMap((piece) => refusalLines(session, piece)),
    ...(kept.length > 0 ? [KEPT, ...manifestLines(manifest, out)] : []),
  ]);
  if (refused.length === 0) return;
  throw new CannotBeDone(
    'manifest.partly-refused',
    `The hub refuses ${counted(refused.length)} of ${pieces.length}; the others are as said.`,
    'See `unbroken outbox` for each; what is refused was not handed over.',
  );
}

/** How the other phone gets it. */
export function manifestLines(manifest: Manifest, file: string | undefined): string[] {
  if (file !== undefined) return [`Show it to the other phone: unbroken manifest film ${file}`];
  return ['Give this to the other party, who reads it with `unbroken scan FILE`:', formatManifest(manifest)];
}

const counted = (count: number): string => `${count} ${count === 1 ? 'parcel' : 'parcels'}`;

const shown = ({ sub, tid, pending, carried, refused }: WrittenPiece) => ({
  sub,
  tid,
  pending,
  carried,
  ...(refused && { refused: { code: refused.code, what: refused.message, cure: refused.cure } }),
});

function refusalLines({ paint }: Session, { sub, refused }: WrittenPiece): string[] {
  if (refused === undefined) return [];
  const { code, message, cure } = refused;
  return [`${paint.alarm(`! ${formatShipmentId(sub)} refused: ${message}`)} ${paint.quiet(code)}`, `    ${cure}`];
}

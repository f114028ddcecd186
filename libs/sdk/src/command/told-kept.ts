// What the command says of a token that no hub has yet: that it is safe here, how it gets there, and, where it is half of a
// hand-off, the code that the other phone reads.

import { parseToken } from '@unbroken/tokens';
import { drawCode } from '../handover/draw-code.js';
import { MOST_CODE_BYTES, readHandoverCode } from '../handover/code.js';
import type { Session } from './session.js';

export const KEPT =
  'No hub can take it now. It is kept on this device and carried in by the next command that reaches one, or by `unbroken sync`.';

/** The code of a token as a terminal or a pipe shows it; nothing for what is no half of a hand-off. */
export function codeLines(session: Session, token: string): string[] {
  const { evt } = parseToken(token).claims;
  if (evt !== 'released' && evt !== 'accepted') return [];
  const { kind } = readHandoverCode(token);
  const who = kind === 'offer' ? 'who takes the parcel' : 'who gave you the parcel';
  if (token.length > MOST_CODE_BYTES) return [`It is too long for one code; send it to ${who} as text:`, token];
  const drawn = session.around.out.isTerminal ? drawCode(token) : [];
  return [`Show this ${kind} to ${who}, who reads it with \`unbroken scan\`:`, ...drawn, token];
}

// The statement a person means: by its whole id, or by the beginning of it that `unbroken chain` shows.

import { InvalidArgumentError } from 'commander';
import type { ShipmentId, TokenId } from '@unbroken/tokens';
import type { Session } from './session.js';
import { CannotBeDone } from './told-failure.js';

/** As few characters as the chain shows of an id. */
const SHOWN = 8;

/** Marked where it begins with a dash, see `withKeyIdsMarked`. */
export function statementArgument(typed: string): string {
  const id = typed.startsWith('=') ? typed.slice(1) : typed;
  if (/^[A-Za-z0-9_-]{8,43}$/.test(id)) return id;
  throw new InvalidArgumentError(
    `Write at least the first ${SHOWN} characters of its id, as \`unbroken chain\` shows them.`,
  );
}

/** @throws CannotBeDone where no statement of the chain begins so, or several do */
export async function statementNamed(session: Session, sub: ShipmentId, id: string): Promise<TokenId> {
  const { tokens } = await session.chainToSign(sub);
  const [only, another] = tokens.filter(({ tid }) => tid.startsWith(id));
  if (only !== undefined && another === undefined) return only.tid as TokenId;
  throw new CannotBeDone(
    'statement.unknown',
    `${only === undefined ? 'No statement' : 'More than one statement'} of this chain has an id that begins with ${id}.`,
    'See `unbroken chain`, and with --json whole ids.',
  );
}

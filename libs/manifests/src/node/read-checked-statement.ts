// Reads again what somebody has read strictly before: who takes statements from the ledger's log need not walk the path of a
// piece to its root again, nor look for the ways in which two readers could differ.

import { nodeSha256 } from '@unbroken/tlog/node';
import { readCheckedToken } from '@unbroken/tokens/node';
import type { Envelope } from '@unbroken/tokens';
import type { ManifestItem } from '../item.js';
import { isPiece, tokenOfPiece } from '../piece.js';
import { statementId } from '../statement.js';

/**
 * What a statement says that was read strictly before, by `parseStatement` or one that agrees with it, and whose signature was
 * checked then.
 * @throws whatever reading fails with, when it cannot have been
 */
export function readCheckedStatement(statement: string): Pick<Envelope, 'tid' | 'header' | 'claims'> {
  if (!isPiece(statement)) return readCheckedToken(statement);
  const { header, claims } = readCheckedToken(tokenOfPiece(statement));
  const { items: _, ...shared } = claims;
  const item = Buffer.from(statement.split('~', 2)[1] ?? '', 'base64url').toString();
  return {
    tid: statementId(statement, nodeSha256),
    header,
    claims: { ...shared, ...(JSON.parse(item) as ManifestItem) },
  };
}

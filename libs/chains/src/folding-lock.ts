// Folding and looking at chains that must hold still exclude each other, a service's chains as a whole: whoever folds
// shares the lock, whoever needs chains to hold still has it alone, for a moment. Locks of single chains would be a write
// for each chain of every batch; that two consumers fold one chain is noticed otherwise (see write-history.ts).

import type { EntityManager } from 'typeorm';

/** Advisory locks are the whole database's: the first number says whose and the second what for. */
const LOCK = `hashtext(current_schema()), hashtext('folding')`;

/** Until the manager's transaction ends nobody holds chains still. */
export async function shareFolding(manager: EntityManager): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`);
}

/** Until the manager's transaction ends nothing is folded. */
export async function holdFolding(manager: EntityManager): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
}

// What a log has signed last, in its two places, and whether the tree in the database still stands by it.

import { consistencyProof, openCheckpoint, parseNote, rangeHashes, sameHash, verifyConsistency } from '@unbroken/tlog';
import type { Checkpoint, TreeHead, VerifierKey } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { DataSource, EntityManager } from 'typeorm';
import type { LogName } from '../logs.js';
import { LogRewritten } from './log-rewritten.js';
import { storedNodes } from './stored-tree.js';

/** @throws LogRewritten when the note is not this log's */
export async function openedNote(note: string, key: VerifierKey, where: string): Promise<Checkpoint> {
  try {
    return await openCheckpoint(parseNote(note), key.name, [key]);
  } catch (cause) {
    throw new LogRewritten(
      `the last checkpoint in ${where} cannot be read, or the key in the state folder has not signed it. ` +
        'Put it and the key back',
      { cause },
    );
  }
}

/** The note in the database, which is what readers are shown; undefined before the first. */
export async function storedNote(dataSource: DataSource, log: LogName): Promise<string | undefined> {
  const [row] = await dataSource.query<{ note: string }[]>('SELECT note FROM checkpoints WHERE log = $1', [log]);
  return row?.note;
}

/** Stores a checkpoint; an older one never replaces a newer. Answers whether it was stored. */
export async function storeNote(
  manager: EntityManager,
  log: LogName,
  { size, note, at }: { readonly size: number; readonly note: string; readonly at: Date },
): Promise<boolean> {
  const stored = await manager.query<unknown[]>(
    `INSERT INTO checkpoints (log, size, note, signed_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (log) DO UPDATE SET size = excluded.size, note = excluded.note, signed_at = excluded.signed_at
     WHERE checkpoints.size < excluded.size
     RETURNING log`,
    [log, size, note, at],
  );
  return stored.length > 0;
}

/**
 * That the tree of `head`, as the tiles in the database make it, extends what was signed.
 * @throws LogRewritten with what to do; whatever reading fails with, when the database is away
 */
export async function checkExtends(
  dataSource: DataSource,
  log: LogName,
  { signed, head }: { readonly signed: Checkpoint; readonly head: TreeHead },
): Promise<void> {
  const { origin, size } = signed;
  if (size > head.size) {
    throw new LogRewritten(
      `the database holds ${head.size} entries of ${origin}, but ${size} were signed: it is an older one. ` +
        'Put the newer one back',
    );
  }
  const nodes = storedNodes(dataSource, log, head.size);
  const proof = await consistencyProof(size, head.size, nodes, nodeSha256);
  const [root] = await rangeHashes([{ from: 0, to: head.size }], nodes, nodeSha256);
  try {
    verifyConsistency(signed, head, proof, nodeSha256);
    if (root === undefined || !sameHash(root, head.root)) throw new Error('the tiles lead to another root');
  } catch (cause) {
    throw new LogRewritten(
      `the entries of ${origin} in the database are not those that were signed at ${size}: somebody has changed it. ` +
        'Put a sound one back',
      { cause },
    );
  }
}

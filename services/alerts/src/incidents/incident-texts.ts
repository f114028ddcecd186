// The words of an incident's file: the file itself, which nothing changes, holds a commitment to each act's, and the words
// lie beside it with their salt. Erase that row, and the file is as it was: what it commits to says nothing any more.

import { commitment, newSalt } from '@unbroken/tokens';
import type { Hash } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Act } from './incident-state.js';

/** Members of `detail` that hold what somebody wrote. */
const written = ['said', 'items', 'authority', 'reference', 'how', 'text'] as const;

export type Words = Pick<Act, 'reason' | 'detail'>;

/** What stands for words that were erased. */
export const ERASED = '(erased)';

/** What was written, as one text to commit to, and the rest of `detail`, which the state is folded from. Pure. */
export function partedAct({ reason, detail }: Words): { readonly text: string; readonly rest: Act['detail'] } {
  const isWritten = ([name]: readonly [string, unknown]) => (written as readonly string[]).includes(name);
  const members = Object.entries(detail);
  const words = Object.fromEntries(members.filter(isWritten));
  const rest = Object.fromEntries(members.filter((member) => !isWritten(member)));
  return { text: JSON.stringify({ reason, ...words }), rest };
}

/** An act as it was, of its row and its text; of a text that was erased what is left. Pure. */
export function wholeAct<R extends Act>(
  act: R,
  kept: { readonly commitment: Hash | null; readonly text: string | null },
): R {
  if (kept.commitment === null) return act;
  const { reason, ...words } = kept.text === null ? { reason: ERASED } : readText(kept.text);
  return { ...act, reason, detail: { ...act.detail, ...words } };
}

const readText = (text: string) => JSON.parse(text) as { readonly reason: string } & Record<string, unknown>;

/** With the act that commits to it, in the transaction that adds that. */
export function committed(text: string): { readonly salt: Buffer; readonly commitment: Hash } {
  const salt = newSalt();
  return { salt: Buffer.from(salt), commitment: commitment(salt, text) };
}

export async function keepText(
  manager: EntityManager,
  {
    incident,
    no,
    salt,
    text,
  }: { readonly incident: string; readonly no: number; readonly salt: Buffer; readonly text: string },
): Promise<void> {
  await manager.query('INSERT INTO incident_texts (incident, no, salt, text) VALUES ($1, $2, $3, $4)', [
    incident,
    no,
    salt,
    text,
  ]);
}

interface PlainRow extends Words {
  readonly incident: string;
  readonly no: number;
}

/**
 * Moves words out of acts that an earlier version wrote with them. The caller's transaction: before its commit they are where
 * they were. For so long the file may be changed, by this alone.
 */
export async function moveTextsOut(manager: EntityManager): Promise<void> {
  const rows = await manager.query<PlainRow[]>(
    'SELECT incident, no, reason, detail FROM incident_acts WHERE commitment IS NULL',
  );
  if (rows.length === 0) return;
  await manager.query('ALTER TABLE incident_acts DISABLE TRIGGER incident_acts_stay');
  for (const { incident, no, ...words } of rows) {
    const { text, rest } = partedAct(words);
    const { salt, commitment: hash } = committed(text);
    await manager.query(
      `UPDATE incident_acts SET reason = '', detail = $3, commitment = $4 WHERE incident = $1 AND no = $2`,
      [incident, no, JSON.stringify(rest), hash],
    );
    await keepText(manager, { incident, no, salt, text });
  }
  await manager.query('ALTER TABLE incident_acts ENABLE TRIGGER incident_acts_stay');
}

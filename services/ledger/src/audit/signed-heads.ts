// What a log has signed: the checkpoint in the database and the one outside it, under the key in the state folder.

import { openCheckpoint, parseNote } from '@unbroken/tlog';
import type { Checkpoint } from '@unbroken/tlog';
import type { LogName } from '../logs.js';
import type { LogKey } from '../sign/log-keys.js';
import type { KeptNote } from '../sign/outside-copy.js';
import type { Fault } from './fault.js';

export interface SignedHead {
  readonly checkpoint: Checkpoint;
  readonly where: string;
}

export interface SignedHeads {
  readonly heads: readonly SignedHead[];
  readonly faults: readonly Fault[];
}

export interface Notes {
  readonly log: LogName;
  readonly keyPath: string;
  /** Undefined where there is no file. */
  readonly key: LogKey | undefined;
  readonly stored: string | undefined;
  readonly kept: KeptNote | undefined;
}

const STORED = 'checkpoints';

/** Opens both; what does not open is named, and where neither does, the key that should have. */
export async function signedHeads({ log, keyPath, key, stored, kept }: Notes): Promise<SignedHeads> {
  const notes = [
    ...(kept === undefined ? [] : [{ note: kept.note, where: kept.path }]),
    ...(stored === undefined ? [] : [{ note: stored, where: STORED }]),
  ];
  const of = { log, index: null, tid: null };
  if (notes.length === 0) return { heads: [], faults: [] };
  if (key === undefined) {
    const should = 'the key that signed the last checkpoint';
    return { heads: [], faults: [{ code: 'key.changed', where: keyPath, ...of, says: 'nothing', should }] };
  }
  const heads: SignedHead[] = [];
  const failed: { readonly where: string; readonly why: string; readonly byOther: boolean }[] = [];
  for (const { note, where } of notes) {
    try {
      heads.push({ checkpoint: await openCheckpoint(parseNote(note), key.key.name, [key.key]), where });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      failed.push({ where, why, byOther: namesOtherKey(note, key) });
    }
  }
  if (failed.length === notes.length && failed.every(({ byOther }) => byOther)) {
    const says = `the key ${hex(key.key.keyId)}`;
    const should = `the key that signed ${failed.map(({ where }) => where).join(' and ')}`;
    return { heads: [], faults: [{ code: 'key.changed', where: keyPath, ...of, says, should }] };
  }
  const should = 'a checkpoint that the key in the state folder has signed';
  const faults = failed.map(({ where, why }): Fault => ({
    code: 'checkpoint.changed',
    where,
    ...of,
    says: `no such checkpoint: ${why}`,
    should,
  }));
  return { heads, faults };
}

/** A note says which key signed it; if that is this key, the note was changed and not the key. */
function namesOtherKey(note: string, { key }: LogKey): boolean {
  try {
    return parseNote(note).signatures.every(({ name, keyId }) => name === key.name && keyId !== key.keyId);
  } catch {
    return false;
  }
}

const hex = (keyId: number): string => keyId.toString(16).padStart(8, '0');

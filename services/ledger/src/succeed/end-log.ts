// The act by which a log ends and the next goes on: the statement, signed by both, in the state folder. It is decided once,
// before anything is written to the database, and whatever comes after it only follows from it.

import { successionText } from '@unbroken/evidence';
import { formatNote, signNote } from '@unbroken/tlog';
import type { CustodyLog } from '../logs.js';
import { rfc3339 } from '../rfc3339.js';
import type { LogKeys } from '../sign/log-keys.js';
import type { Kept } from './kept-entries.js';

export interface Ending {
  readonly log: CustodyLog;
  readonly next: CustodyLog;
  /** The last checkpoint that the log has signed, the whole note. */
  readonly predecessor: string;
  readonly kept: Kept;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly reason: string;
}

/** A crash before its end leaves at most a key that nothing was signed with: the next attempt takes that one. */
export async function endLog(keys: LogKeys, { log, next, predecessor, kept, now, reason }: Ending): Promise<void> {
  const [old, fresh] = [await keys.of(log), await keys.of(next)];
  const { count, root } = kept;
  const said = {
    origin: fresh.key.name,
    vkey: fresh.vkey,
    predecessor,
    kept: { count, root },
    at: rfc3339(now),
    reason,
  };
  const text = successionText(said);
  const signatures = [await signNote(text, old), await signNote(text, fresh)];
  await keys.successions.keep(next, formatNote({ text, signatures }));
}

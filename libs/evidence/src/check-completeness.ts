// Whether the file holds all tokens of a chain that the log says there are.

import { openNote, parseNote } from '@unbroken/tlog';
import type { TrustPolicy } from '@unbroken/tlog';
import { readCompleteness } from './completeness.js';
import type { Completeness } from './completeness.js';
import { reasonOf } from './reason-of.js';

/** One chain of the bundle: what it holds of it, in the order of the log. */
export interface ListedChain {
  readonly sub: string;
  readonly statement: string | null;
  readonly entries: readonly { readonly index: number; readonly origin: string; readonly tid: string }[];
}

/** The statement where it holds, else why it does not; undefined where there is none. */
export async function checkCompleteness(
  { sub, statement, entries }: ListedChain,
  { logs }: TrustPolicy,
): Promise<{ readonly said: Completeness } | { readonly fault: string } | undefined> {
  if (statement === null) return undefined;
  try {
    const note = parseNote(statement);
    const said = readCompleteness(note.text);
    if (said === undefined) return { fault: 'it is no statement of completeness' };
    const keys = logs.filter(({ origin }) => origin === said.origin).map(({ key }) => key);
    await openNote(note, keys);
    if (note.signatures.length > 1) return { fault: 'it bears more signatures than the log’s one' };
    if (said.sub !== sub) return { fault: `it is about ${said.sub}` };
    const below = entries.filter(({ origin, index }) => origin === said.origin && index < said.size);
    if (below.length !== said.count) return { fault: `the log has ${said.count}, here are ${below.length}` };
    return below.at(-1)?.tid === said.head ? { said } : { fault: 'the newest is another one' };
  } catch (error) {
    return { fault: reasonOf(error) };
  }
}

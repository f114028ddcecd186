// What opens the commitments this party has signed: salt and text stay here and are never sent. Deleting a file erases
// what was committed to; the token still verifies (docs/protocol, section 1, principle 7).

import { join } from 'node:path';
import { base64url, commitment, newSalt } from '@unbroken/tokens';
import type { Hash } from '@unbroken/tokens';
import { erasePrivateFile, writePrivateFile } from './private-file.js';

/** What a commitment is about: the claim that carries it. */
export type Committed = 'cert' | 'contents' | 'dest' | 'note' | 'who';

export class SaltStore {
  /** @param directory made when the first commitment is */
  constructor(readonly directory: string) {}

  /** Commits to the text with a fresh salt and keeps both, before anybody can see the commitment. */
  async commit(about: Committed, text: string): Promise<Hash> {
    const salt = newSalt();
    const hash = commitment(salt, text);
    const kept = { format: 'unbroken-salt/1', commitment: hash, about, salt: base64url.encode(salt), text };
    await writePrivateFile(this.pathOf(hash), `${JSON.stringify(kept, null, 2)}\n`);
    return hash;
  }

  /** What it was and its salt are gone for good; false where neither is here. */
  erase(hash: Hash): Promise<boolean> {
    return erasePrivateFile(this.pathOf(hash));
  }

  pathOf(hash: Hash): string {
    return join(this.directory, `${hash}.json`);
  }
}

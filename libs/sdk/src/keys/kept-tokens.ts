// The tokens this party has posted, each in a file with the hub's promise or its receipt: what shows that the hub had
// them, should it ever say otherwise.

import { join } from 'node:path';
import { parseToken } from '@unbroken/tokens';
import type { KeptToken, TokenKeeper } from '../promises/kept-token.js';
import { writePrivateFile } from './private-file.js';

export class KeptTokens implements TokenKeeper {
  /** @param directory made when the first token is kept */
  constructor(readonly directory: string) {}

  /** Written whole or not at all: a crash leaves what was kept of it before. */
  async keep(kept: KeptToken): Promise<void> {
    await writePrivateFile(this.pathOf(kept.token), `${JSON.stringify(kept, null, 2)}\n`);
  }

  pathOf(token: string): string {
    return join(this.directory, `${parseToken(token).tid}.json`);
  }
}

// The tokens this party has posted, each in a file with the hub's promise or its receipt: what shows that the hub had
// them, should it ever say otherwise.

import { join } from 'node:path';
import { parseStatement } from '@unbroken/manifests';
import { readKeptToken } from '../promises/kept-token.js';
import type { KeptToken, TokenKeeper } from '../promises/kept-token.js';
import { readPrivateFile, writePrivateFile } from './private-file.js';

export class KeptTokens implements TokenKeeper {
  /** @param directory made when the first token is kept */
  constructor(readonly directory: string) {}

  /** Written whole or not at all: a crash leaves what was kept of it before. A promise never takes a receipt's place. */
  async keep(kept: KeptToken): Promise<void> {
    if (kept.receipt === undefined && (await this.#hasReceipt(kept.token))) return;
    await writePrivateFile(this.pathOf(kept.token), `${JSON.stringify(kept, null, 2)}\n`);
  }

  async #hasReceipt(token: string): Promise<boolean> {
    const text = await readPrivateFile(this.pathOf(token));
    return text !== undefined && readKeptToken(text)?.receipt !== undefined;
  }

  pathOf(token: string): string {
    return join(this.directory, `${parseStatement(token).tid}.json`);
  }
}

// The command's keys: one JSON file a key, which only its owner may read.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exportPrivateJwk, generateSigner, isKeyId } from '@unbroken/tokens';
import type { Algorithm, KeyId, PrivateJwk, Signer } from '@unbroken/tokens';
import { keyFileText, notAKey, readKeyFile, signerIn } from './key-file.js';
import type { KeyFile } from './key-file.js';
import { missingKey } from './key-store.js';
import type { KeyStore, StoredKey } from './key-store.js';
import { writePrivateFile } from './private-file.js';

export class DirectoryKeyStore implements KeyStore {
  /** @param directory made when the first key is */
  constructor(readonly directory: string) {}

  /** @param alg a witness' key is Ed25519 (https://c2sp.org/tlog-cosignature) */
  async create(made: Omit<StoredKey, 'kid'>, alg: Algorithm = 'ES256'): Promise<StoredKey> {
    const { signer, privateKey } = await generateSigner(alg, { extractable: true });
    const stored = { ...made, kid: signer.kid };
    const jwk: PrivateJwk = await exportPrivateJwk(privateKey);
    await writePrivateFile(this.pathOf(stored.kid), keyFileText({ ...stored, jwk }));
    return stored;
  }

  /** @throws KeyRefused when one of the files is readable by others or not a key file */
  async list(): Promise<readonly StoredKey[]> {
    const kids = (await this.#fileNames()).map((name) => name.replace(/\.json$/, '')).filter(isKeyId);
    const keys = await Promise.all(kids.map((kid) => this.#read(kid)));
    return keys
      .map(({ kid, party, use, created }) => ({ kid, party, use, created }))
      .toSorted((a, b) => (a.created < b.created ? -1 : 1));
  }

  async signer(kid: KeyId): Promise<Signer> {
    return signerIn(this.pathOf(kid), await this.#read(kid));
  }

  /** Keeps the key for another use. The file is replaced as a whole: a crash leaves the old one or the new one. */
  async rename(kid: KeyId, use: StoredKey['use']): Promise<void> {
    const { party, created, jwk } = await this.#read(kid);
    await writePrivateFile(this.pathOf(kid), keyFileText({ kid, party, use, created, jwk: jwk as PrivateJwk }));
  }

  pathOf(kid: KeyId): string {
    return join(this.directory, `${kid}.json`);
  }

  async #fileNames(): Promise<string[]> {
    try {
      return await readdir(this.directory);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  async #read(kid: KeyId): Promise<KeyFile> {
    const path = this.pathOf(kid);
    const read = await readKeyFile(path);
    if (read === undefined) throw missingKey(kid);
    if (read.kid !== kid) throw notAKey(path, 'it names another key than its file name');
    return read;
  }
}

// The command's keys: one JSON file a key, which only its owner may read.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { keyUses } from '@unbroken/custody';
import { exportPrivateJwk, generateSigner, importPrivateJwk, isKeyId, isPartyId, TokenRefused } from '@unbroken/tokens';
import type { Algorithm, KeyId, PartyId, PrivateJwk, Signer } from '@unbroken/tokens';
import { z } from 'zod';
import { KeyRefused, missingKey } from './key-store.js';
import type { KeyStore, StoredKey } from './key-store.js';
import { readPrivateFile, ReadableByOthers, writePrivateFile } from './private-file.js';

const keyFile = z.strictObject({
  format: z.literal('unbroken-key/1'),
  kid: z.custom<KeyId>(isKeyId),
  party: z.custom<PartyId>(isPartyId),
  use: z.enum([...keyUses, 'root', 'next', 'former-root']),
  created: z.iso.datetime({ precision: 3 }),
  /** Read as a key by libs/tokens when it is used. */
  jwk: z.record(z.string(), z.string()),
});

export class DirectoryKeyStore implements KeyStore {
  /** @param directory made when the first key is */
  constructor(readonly directory: string) {}

  /** @param alg a witness' key is Ed25519 (https://c2sp.org/tlog-cosignature) */
  async create(made: Omit<StoredKey, 'kid'>, alg: Algorithm = 'ES256'): Promise<StoredKey> {
    const { signer, privateKey } = await generateSigner(alg, { extractable: true });
    const stored = { ...made, kid: signer.kid };
    const jwk: PrivateJwk = await exportPrivateJwk(privateKey);
    await writePrivateFile(this.pathOf(stored.kid), fileOf({ format: 'unbroken-key/1', ...stored, jwk }));
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
    const { jwk } = await this.#read(kid);
    try {
      const { signer } = await importPrivateJwk(jwk);
      if (signer.kid !== kid) throw notAKey(this.pathOf(kid), 'it holds another key than its name says');
      return signer;
    } catch (error) {
      if (error instanceof TokenRefused) throw notAKey(this.pathOf(kid), error.message);
      throw error;
    }
  }

  /** Keeps the key for another use. The file is replaced as a whole: a crash leaves the old one or the new one. */
  async rename(kid: KeyId, use: StoredKey['use']): Promise<void> {
    await writePrivateFile(this.pathOf(kid), fileOf({ ...(await this.#read(kid)), use }));
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

  async #read(kid: KeyId): Promise<z.infer<typeof keyFile>> {
    const path = this.pathOf(kid);
    const text = await readKept(path);
    if (text === undefined) throw missingKey(kid);
    const read = keyFile.safeParse(parsed(path, text));
    if (!read.success) throw notAKey(path, z.prettifyError(read.error));
    if (read.data.kid !== kid) throw notAKey(path, 'it names another key than its file name');
    return read.data;
  }
}

const fileOf = (key: z.input<typeof keyFile>): string => `${JSON.stringify(key, null, 2)}\n`;

async function readKept(path: string): Promise<string | undefined> {
  try {
    return await readPrivateFile(path);
  } catch (error) {
    if (!(error instanceof ReadableByOthers)) throw error;
    throw new KeyRefused(
      'key.readable-by-others',
      `Others than you can read the key file ${path}.`,
      `If nobody has read it, close it with \`chmod 600 ${path}\`; otherwise revoke the key and make a new one.`,
    );
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notAKey(path, 'it is not JSON');
  }
}

const notAKey = (path: string, why: string): KeyRefused =>
  new KeyRefused(
    'key.file',
    `${path} is not a key file: ${why}.`,
    'Put the file back from your copy, or move it out of the directory.',
  );

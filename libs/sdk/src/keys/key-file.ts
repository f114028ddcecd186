// One private key in a JSON file that only its owner may read.

import { keyUses } from '@unbroken/custody';
import { importPrivateJwk, isKeyId, isPartyId, TokenRefused } from '@unbroken/tokens';
import type { KeyId, PartyId, PrivateJwk, Signer } from '@unbroken/tokens';
import { z } from 'zod';
import { KeyRefused } from './key-store.js';
import type { StoredKey } from './key-store.js';
import { readPrivateFile, ReadableByOthers } from './private-file.js';

const keyFile = z.strictObject({
  format: z.literal('unbroken-key/1'),
  kid: z.custom<KeyId>(isKeyId),
  party: z.custom<PartyId>(isPartyId),
  use: z.enum([...keyUses, 'root', 'next', 'former-root']),
  created: z.iso.datetime({ precision: 3 }),
  /** Read as a key by libs/tokens when it is used. */
  jwk: z.record(z.string(), z.string()),
});
export type KeyFile = z.infer<typeof keyFile>;

export const keyFileText = (key: StoredKey & { readonly jwk: PrivateJwk }): string =>
  `${JSON.stringify({ format: 'unbroken-key/1', ...key } satisfies z.input<typeof keyFile>, null, 2)}\n`;

/**
 * What the file holds; undefined where there is none.
 * @throws KeyRefused key.readable-by-others, key.file
 */
export async function readKeyFile(path: string): Promise<KeyFile | undefined> {
  const text = await readKept(path);
  if (text === undefined) return undefined;
  const read = keyFile.safeParse(parsed(path, text));
  if (read.success) return read.data;
  throw notAKey(path, z.prettifyError(read.error));
}

/** @throws KeyRefused key.file where the file holds no such key, or another than it says */
export async function signerIn(path: string, { kid, jwk }: Pick<KeyFile, 'kid' | 'jwk'>): Promise<Signer> {
  try {
    const { signer } = await importPrivateJwk(jwk);
    if (signer.kid !== kid) throw notAKey(path, 'it holds another key than its name says');
    return signer;
  } catch (error) {
    if (error instanceof TokenRefused) throw notAKey(path, error.message);
    throw error;
  }
}

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

export const notAKey = (path: string, why: string): KeyRefused =>
  new KeyRefused(
    'key.file',
    `${path} is not a key file: ${why}.`,
    'Put the file back from your copy, or move it out of the directory.',
  );

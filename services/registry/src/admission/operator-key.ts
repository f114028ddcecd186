// The operator's key of a development deployment, made at the first start. In production the operator's root key is
// never here: it signs with the `unbroken` command where it is kept.

import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { exportPrivateJwk, generateSigner, importPrivateJwk } from '@unbroken/tokens';
import type { KeyId, PrivateJwk, Signer } from '@unbroken/tokens';

export interface OperatorKey {
  readonly signer: Signer;
  /** Thumbprint of the next root key, which lies beside the first. */
  readonly next: KeyId;
  /** When they were made, seconds since the epoch. */
  readonly madeAt: number;
}

interface KeyFile {
  readonly root: PrivateJwk;
  readonly next: PrivateJwk;
  readonly madeAt: number;
}

/** The key in `<stateDir>/keys/operator.json`, made if there is none. `now` in milliseconds since the epoch. */
export async function operatorKey(stateDir: string, now: number): Promise<OperatorKey> {
  const folder = join(stateDir, 'keys');
  const path = join(folder, 'operator.json');
  const file = (await readKeyFile(path)) ?? (await makeKeyFile(folder, path, now));
  const [{ signer }, next] = await Promise.all([importPrivateJwk(file.root), importPrivateJwk(file.next)]);
  return { signer, next: next.signer.kid, madeAt: file.madeAt };
}

async function readKeyFile(path: string): Promise<KeyFile | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as KeyFile;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

/**
 * Written aside and linked into place: a crash before the link leaves no key, after it the whole one, and of two
 * processes that make one at the same time both use the one that was first. Ed25519, because its signatures are the
 * same each time.
 */
async function makeKeyFile(folder: string, path: string, now: number): Promise<KeyFile> {
  const file: KeyFile = { root: await newKey(), next: await newKey(), madeAt: Math.floor(now / 1000) };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const aside = join(folder, `.operator.${randomUUID()}`);
  const handle = await open(aside, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(aside, path);
    return file;
  } catch (error) {
    const others = await readKeyFile(path);
    if (others === undefined) throw error;
    return others;
  } finally {
    await unlink(aside);
  }
}

const newKey = async (): Promise<PrivateJwk> =>
  exportPrivateJwk((await generateSigner('Ed25519', { extractable: true })).privateKey);

// The operator's key of a development deployment, made at the first start. In production the operator's root key is
// never here: it signs with the `unbroken` command where it is kept.

import { join } from 'node:path';
import { makeOnce, readIfThere } from '@unbroken/platform';
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

/**
 * The key in `<stateDir>/keys/operator.json`, made if there is none. `now` in milliseconds since the epoch. Ed25519,
 * because its signatures are the same each time.
 */
export async function operatorKey(stateDir: string, now: number): Promise<OperatorKey> {
  const path = join(stateDir, 'keys', 'operator.json');
  const text = (await readIfThere(path)) ?? (await makeOnce(path, await newKeyFile(now)));
  const file = JSON.parse(text) as KeyFile;
  const [{ signer }, next] = await Promise.all([importPrivateJwk(file.root), importPrivateJwk(file.next)]);
  return { signer, next: next.signer.kid, madeAt: file.madeAt };
}

async function newKeyFile(now: number): Promise<string> {
  const file: KeyFile = { root: await newKey(), next: await newKey(), madeAt: Math.floor(now / 1000) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

const newKey = async (): Promise<PrivateJwk> =>
  exportPrivateJwk((await generateSigner('Ed25519', { extractable: true })).privateKey);

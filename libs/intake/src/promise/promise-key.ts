// The key that promises are signed with: Ed25519, in `<state>/keys/promise.json`, made once, as the logs' keys are. All
// services of a deployment that take tokens sign with the same one, and the ledger tells its public half (trust policy).

import { join } from 'node:path';
import { makeOnce, readIfThere } from '@unbroken/platform';
import { exportPrivateJwk, generateSigner } from '@unbroken/tokens';
import type { PrivateJwk } from '@unbroken/tokens';
import { importPromiseKey } from '@unbroken/tokens/node';
import type { PromiseKey } from '@unbroken/tokens/node';

/** Of processes that make it at once all get the same. @throws Error with the file and the cure when it is no such key */
export async function promiseKey(stateDir: string): Promise<PromiseKey> {
  const path = join(stateDir, 'keys', 'promise.json');
  // A crash while it is made leaves none or the whole one.
  const text = (await readIfThere(path)) ?? (await makeOnce(path, await newKeyFile()));
  try {
    return importPromiseKey(JSON.parse(text) as PrivateJwk);
  } catch (cause) {
    throw new Error(
      `${path} does not hold an Ed25519 key, by which promises are signed. Put the file back as it was; only where no ` +
        'promise was ever given may it be deleted, and is made anew',
      { cause },
    );
  }
}

async function newKeyFile(): Promise<string> {
  const { privateKey } = await generateSigner('Ed25519', { extractable: true });
  return `${JSON.stringify(await exportPrivateJwk(privateKey), null, 2)}\n`;
}

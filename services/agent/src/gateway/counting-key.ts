// The gateway's key, once it counts: what a key signs before the hub knows it waits there three days and is then refused.

import { HubProblem } from '@unbroken/sdk';
import type { UnbrokenClient } from '@unbroken/sdk';
import type { Signer } from '@unbroken/tokens';
import type { AgentKeys } from '../keys/agent-keys.js';

/** Nothing is signed until a person has put it right; the scans are kept. */
export class KeyDoesNotCount extends Error {
  override readonly name = 'KeyDoesNotCount';
  readonly code = 'gateway.key';

  constructor(
    what: string,
    readonly cure: string,
  ) {
    super(what);
  }
}

/** @throws KeyDoesNotCount, HubUnreachable, HubProblem */
export async function countingKey(
  keys: Pick<AgentKeys, 'of' | 'party'>,
  client: Pick<UnbrokenClient, 'party'>,
): Promise<Signer> {
  const signer = await keys.of('gateway');
  const { party } = keys;
  const known = await client.party(party).catch((error: unknown) => {
    if (error instanceof HubProblem && error.status === 404) return undefined;
    throw error;
  });
  const enrolled = known?.keys.find(({ kid, use }) => kid === signer.kid && use === 'gateway');
  if (known === undefined || enrolled === undefined) {
    throw new KeyDoesNotCount(
      `The gateway key ${signer.kid} of ${party} is not enrolled.`,
      'Let the agent enrol it (UNBROKEN_AGENT_NAME and UNBROKEN_AGENT_ROLES), or enrol it where the root key is.',
    );
  }
  if (enrolled.revoked !== undefined) {
    const cure = 'Move its file out of the folder of keys: a new one is made, which is to be enrolled.';
    throw new KeyDoesNotCount(`The gateway key ${signer.kid} of ${party} is revoked.`, cure);
  }
  if (!known.admitted) throw new KeyDoesNotCount(`${party} is not admitted yet.`, 'Ask the operator to admit it.');
  return signer;
}

// Settles the party at the hub: opens its chain with its root key and enrols the keys that live here, as far as that is not
// done. Only where the agent is told name and roles: a party that has its root key elsewhere enrols the agent's keys there.

import type { PartyAnswer } from '@unbroken/contracts';
import type { Role } from '@unbroken/custody';
import { Repeated } from '@unbroken/platform/process';
import { HubProblem, RootHand } from '@unbroken/sdk';
import type { UnbrokenClient } from '@unbroken/sdk';
import type { Signer } from '@unbroken/tokens';
import { agentLog, tellOnce } from '../agent-log.js';
import type { AgentKeys } from '../keys/agent-keys.js';

export interface SettlingParts {
  readonly client: UnbrokenClient;
  readonly keys: AgentKeys;
  /** What people call the party. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const ENROLLED = ['enroller', 'gateway', 'witness'] as const;
const LOOK_AGAIN_MS = 600_000;

/** The id is taken: its chain was opened with another root key. */
class OtherRoot extends Error {
  override readonly name = 'OtherRoot';
}

export class Settling {
  readonly #settling: Repeated;

  constructor(private readonly parts: SettlingParts) {
    this.#settling = new Repeated({
      doSome: async () => {
        await this.settle();
        return false;
      },
      failed: tellOnce('settling the party'),
      pollMs: LOOK_AGAIN_MS,
    });
  }

  start(): void {
    this.#settling.start();
  }

  stop(): Promise<void> {
    return this.#settling.stop();
  }

  /** Does what is missing; what is done already is left alone. @throws HubUnreachable, HubProblem, OtherRoot */
  async settle(): Promise<void> {
    const { client, keys, now, name, roles } = this.parts;
    const { party } = keys;
    const known = await this.#known();
    const root = await keys.of('root');
    if (known !== undefined && known.rootKid !== root.kid) {
      throw new OtherRoot(
        `${party} is established with another root key than the one kept here. Put that one here, or leave UNBROKEN_AGENT_NAME out`,
      );
    }
    const hand = new RootHand({ client, party, signer: root, now });
    if (known === undefined) await hand.establish({ name, roles: [...roles], next: (await keys.of('next')).kid });
    for (const use of ENROLLED) {
      const key: Signer = use === 'witness' ? await keys.witnessSigner() : await keys.of(use);
      const isThere = known?.keys.some(({ kid }) => kid === key.kid) ?? false;
      if (!isThere) await hand.enrol(key, { use, roles: use === 'gateway' ? [...roles] : [] });
    }
    agentLog.info('party.settled', { party });
  }

  async #known(): Promise<PartyAnswer | undefined> {
    try {
      return await this.parts.client.party(this.parts.keys.party);
    } catch (error) {
      if (error instanceof HubProblem && error.status === 404) return undefined;
      throw error;
    }
  }
}

// The gateway: takes what a carrier's own systems say out of their files, and has it signed and recorded. A file's scans are
// on the disk before anything is signed, signed before anything is sent, and let go of when they are recorded.

import { UnbrokenClient } from '@unbroken/sdk';
import type { AgentKeys } from '../keys/agent-keys.js';
import type { PinnedTrust } from '../trust/pinned-trust.js';
import { hearCopy } from './chains/from-copy.js';
import { hearHub } from './chains/from-hub.js';
import { countingKey } from './counting-key.js';
import type { Mapping } from './mapping/mapping.js';
import { reads } from './read/reads.js';
import { GatewayRecord } from './record/gateway-record.js';
import { send } from './send.js';
import { sign } from './sign.js';
import { take } from './take.js';
import type { TakeParts, Taken } from './take.js';

export interface GatewayParts {
  /** Folders of the gateway's record and of the party's copy. */
  readonly home: { readonly gateway: string; readonly copy: string };
  readonly keys: AgentKeys;
  readonly client: UnbrokenClient;
  readonly trust: Pick<PinnedTrust, 'reach'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface ForwardOptions {
  /** Chains are heard of from the hub too, not from the copy alone. */
  readonly askHub: boolean;
}

export class Gateway {
  constructor(private readonly parts: GatewayParts) {}

  /** @throws RecordBusy while somebody else is at work with it */
  open(): Promise<GatewayRecord> {
    return GatewayRecord.open(this.parts.home.gateway);
  }

  /** Takes a file's scans; nothing is signed. @throws FileRefused where nothing of it can be read */
  take(path: string, mapping: Mapping, how: TakeParts): Promise<Taken> {
    return take(
      reads(path, mapping, () => Math.floor(this.parts.now() / 1000)),
      how,
    );
  }

  /** Hears of new chains in the copy. */
  hear(record: GatewayRecord): Promise<void> {
    return hearCopy(record, this.parts.home.copy);
  }

  /** Also what the copy does not hold yet. @throws HubUnreachable, HubProblem */
  async hearHub(record: GatewayRecord): Promise<void> {
    const { client, keys, trust } = this.parts;
    await hearHub({ record, client, party: keys.party, trusted: await trust.reach() });
  }

  /**
   * Signs and sends all that can be. What cannot be now is kept, and comes with the next go.
   * @throws KeyDoesNotCount, HubUnreachable, HubProblem, NotRecordedYet
   */
  async forward(record: GatewayRecord, { askHub }: ForwardOptions): Promise<void> {
    const { client, keys, now } = this.parts;
    const { party } = keys;
    const signAll = async () => {
      if ((await record.taken(1)).length === 0) return;
      await sign({ record, client, party, signer: await countingKey(keys, client), now });
    };
    await this.hear(record);
    await signAll();
    await send({ record, client, now });
    if (!askHub || (await record.waiting(1)).length === 0) return;
    await this.hearHub(record);
    await signAll();
    await send({ record, client, now });
  }
}

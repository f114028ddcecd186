// Hears what makes chains look different afterwards: a key revoked, a new root key, a policy document that arrives after the shipments
// that name it. The view hears it too, for every process; here it is heard durably, and each chain is judged again.

import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { RegistryView, registryEntry } from '@unbroken/chains';
import type { RecordedPartyToken } from '@unbroken/custody';
import type { RawMessage } from '@unbroken/platform';
import { sha256Hash } from '@unbroken/tokens';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ALERTS_TRANSPORT } from '../transport.js';
import { chainsUnderPolicies } from './chains-under-policies.js';
import { Judging } from './judging.js';
import { advanceRegistry } from './registry-heard.js';
import { chainsSignedWith } from './signers.js';

/** A root key that another one takes over from counts no more, like one that is revoked. */
const isTakingBack = ({ claims }: RecordedPartyToken): boolean => claims.evt === 'revoked' || claims.evt === 'rooted';

@Controller()
export class RegistryConsumer {
  constructor(
    private readonly judging: Judging,
    private readonly view: RegistryView,
    @InjectDataSource('alerts') private readonly dataSource: DataSource,
  ) {}

  /** A crash anywhere in here has the batch come again, and judging again changes nothing that is right already. */
  @EventPattern('registry.recorded.v1', ALERTS_TRANSPORT)
  async registered(@Payload() messages: readonly RawMessage[]): Promise<void> {
    const entries = messages.map((message) => registryEntry(message, this.view.deployment));
    const takenBack = entries.flatMap((entry) => ('claims' in entry && isTakingBack(entry) ? [entry] : []));
    if (takenBack.length === 0) return;
    const size = Math.max(...takenBack.map(({ index }) => index)) + 1;
    await this.view.reach(size);
    await advanceRegistry(this.dataSource.manager, { entries: BigInt(size) });
    const kids = takenBack.flatMap(({ claims }) =>
      claims.evt === 'revoked' ? [claims.kid] : (this.view.registry.party(claims.sub)?.rootKids ?? []),
    );
    await this.judging.judgeAgain(await chainsSignedWith(this.dataSource.manager, kids));
  }

  @EventPattern('registry.documents.v1', ALERTS_TRANSPORT)
  async documented(@Payload() messages: readonly RawMessage[]): Promise<void> {
    const last = messages.at(-1);
    if (last === undefined) return;
    await this.view.reachDocument(last.offset);
    await advanceRegistry(this.dataSource.manager, { documents: BigInt(last.offset) + 1n });
    const hashes = messages.flatMap(({ value }) => (value === null ? [] : [sha256Hash(value)]));
    await this.judging.judgeAgain(await chainsUnderPolicies(this.dataSource.manager, hashes));
  }
}

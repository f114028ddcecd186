// Hears what makes chains look different afterwards: a key revoked, a policy document that arrives after the shipments
// that name it. The view hears it too, for every process; here it is heard durably, and each chain is judged again.

import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { RegistryView, registryEntry } from '@unbroken/chains';
import type { RawMessage } from '@unbroken/platform';
import type { KeyId } from '@unbroken/tokens';
import { sha256Hash } from '@unbroken/tokens';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ALERTS_TRANSPORT } from '../transport.js';
import { chainsUnderPolicies } from './chains-under-policies.js';
import { Judging } from './judging.js';
import { advanceRegistry } from './registry-heard.js';
import { chainsSignedWith } from './signers.js';

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
    const revocations = entries.flatMap((entry) =>
      'claims' in entry && entry.claims.evt === 'revoked' ? [{ kid: entry.claims.kid, index: entry.index }] : [],
    );
    if (revocations.length === 0) return;
    const size = Math.max(...revocations.map(({ index }) => index)) + 1;
    await this.view.reach(size);
    await advanceRegistry(this.dataSource.manager, { entries: BigInt(size) });
    const kids: KeyId[] = revocations.map(({ kid }) => kid);
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

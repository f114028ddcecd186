// Finds a chain and reads it against the registry as far as its entries need it.

import type { RegistryView } from '@unbroken/chains';
import type { ChainAnswer } from '@unbroken/contracts';
import { Problem } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import { isShipmentId } from '@unbroken/tokens';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import type { EntryRow } from '../publish/entry-message.js';
import { partyChain } from './party-chain.js';
import { entriesOf } from './read-entries.js';
import { shipmentChain } from './shipment-chain.js';

/** The view follows within milliseconds; only while Kafka is away can it stay behind. */
const LONGEST_WAIT_MS = 5_000;

export class Chains {
  constructor(
    private readonly dataSource: DataSource,
    private readonly view: RegistryView,
    private readonly clock: Clock,
  ) {}

  /** Undefined where nothing of it is recorded. Throws a Problem while the registry is not known far enough. */
  async read(sub: ShipmentId | PartyId): Promise<ChainAnswer | undefined> {
    const rows = await this.entries(sub);
    if (rows === undefined) return undefined;
    return isShipmentId(sub)
      ? shipmentChain(sub, rows, this.view, Math.floor(this.clock.now() / 1000))
      : partyChain(sub, rows, this.view);
  }

  /** As `read`, only the entries; the view has reached what they need. */
  async entries(sub: ShipmentId | PartyId): Promise<readonly EntryRow[] | undefined> {
    const rows = await entriesOf(this.dataSource, sub);
    if (rows.length === 0) return undefined;
    await this.#reach(Math.max(...rows.map(registryNeeded)));
    return rows;
  }

  async #reach(size: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(registryBehind()), LONGEST_WAIT_MS);
    });
    try {
      await Promise.race([this.view.reach(size), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** An entry of the registry log must itself be known; one of the custody log needs what counted for it. */
const registryNeeded = ({ log, index, registry_size }: EntryRow): number =>
  log === 'registry' ? Number(index) + 1 : Number(registry_size);

const registryBehind = (): Problem =>
  new Problem({
    status: 503,
    code: 'registry.behind',
    title: 'The registry is not known far enough yet',
    detail: 'this process has not yet heard of all the keys that the chain needs',
    cure: 'Ask again in a few seconds; if it stays, see /readyz for what is waited for',
  });

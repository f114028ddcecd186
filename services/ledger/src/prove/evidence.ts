// All that the log has to show of a parcel in one file (docs/protocol, section 9): its statements, the chains that say
// whose keys signed them, and that neither is all but a part.

import type { RegistryView } from '@unbroken/chains';
import { foldAll } from '@unbroken/custody';
import type { ChainState } from '@unbroken/custody';
import { evidenceFormat, partiesOf } from '@unbroken/evidence';
import type { EvidenceBundle, RecordedEvidence } from '@unbroken/evidence';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import { logOf } from '../logs.js';
import { entryBytes } from '../publish/entry-message.js';
import type { EntryRow } from '../publish/entry-message.js';
import type { LogKeys } from '../sign/log-keys.js';
import type { Chains } from './chains.js';
import { completenessOf } from './completeness.js';
import { entriesOf } from './read-entries.js';
import type { Receipts } from './receipts.js';
import { historyOf } from './shipment-chain.js';
import { trustIn } from './trust.js';

interface Parts {
  readonly dataSource: DataSource;
  readonly chains: Chains;
  readonly view: RegistryView;
  readonly receipts: Receipts;
  readonly keys: LogKeys;
}

export class Evidence {
  constructor(private readonly parts: Parts) {}

  /** Undefined where nothing is recorded; null while no checkpoint covers all that is needed. @throws LogRewritten */
  async of(sub: ShipmentId): Promise<EvidenceBundle | null | undefined> {
    const { chains, view, keys } = this.parts;
    const rows = await chains.entries(sub);
    if (rows === undefined) return undefined;
    const tokens = await this.#shown(sub, rows);
    if (tokens === null) return null;
    const state = foldAll(sub, historyOf(rows, view));
    const parties: EvidenceBundle['parties'] = [];
    for (const party of this.#partiesOf(state)) {
      const chain = await this.#party(party);
      if (chain === null) return null;
      if (chain !== undefined) parties.push(chain);
    }
    const policy = state.policy === null ? undefined : view.policyText(state.policy);
    return {
      format: evidenceFormat,
      sub,
      tokens,
      completeness: await this.#completeness(sub),
      parties,
      policies: policy === undefined ? [] : [policy],
      trust: await trustIn(view, keys),
    };
  }

  async #party(party: PartyId) {
    const rows = await entriesOf(this.parts.dataSource, party);
    if (rows.length === 0) return undefined;
    const tokens = await this.#shown(party, rows);
    return tokens && { party, tokens, completeness: await this.#completeness(party) };
  }

  async #shown(sub: ShipmentId | PartyId, rows: readonly EntryRow[]): Promise<RecordedEvidence[] | null> {
    const receipts = await this.parts.receipts.ofAll(logOf(sub), rows);
    return receipts && rows.map((row, at) => ({ body: bodyOf(row), receipt: receipts[at] ?? '' }));
  }

  async #completeness(sub: ShipmentId | PartyId): Promise<string | null> {
    return (await completenessOf(this.parts.dataSource, this.parts.keys, sub)) ?? null;
  }

  /** Those the chain is about, and who had mandated one of them. */
  #partiesOf(state: ChainState): Iterable<PartyId> {
    const { registry } = this.parts.view;
    const named = partiesOf(state, registry.pinned.operator);
    return new Set([...named, ...registry.mandatesTo([...named]).map(({ by }) => by)]);
  }
}

/** The entry without its first line, which the receipt holds. */
const bodyOf = (row: EntryRow): string => {
  const text = entryBytes(row).toString('latin1');
  return text.slice(text.indexOf('\n') + 1);
};

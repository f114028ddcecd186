// All that the log has to show of a parcel in one file (docs/protocol, section 9): its statements, the chains that say
// whose keys signed them, and that neither is all but a part.

import type { RegistryView } from '@unbroken/chains';
import { foldAll } from '@unbroken/custody';
import type { ChainState } from '@unbroken/custody';
import { evidenceFormat, partiesOf } from '@unbroken/evidence';
import { isUnproven } from '@unbroken/evidence';
import type {
  ChainEvidence,
  EvidenceBundle,
  ListedStatement,
  RecordedEvidence,
  TimestampEvidence,
} from '@unbroken/evidence';
import { untilThere } from '@unbroken/platform';
import { consistencyProof, parseCheckpoint, parseTlogProof } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import { custodyOf, originOf } from '../logs.js';
import type { LogName, Logs } from '../logs.js';
import { entryBytes } from '../publish/entry-message.js';
import type { EntryRow } from '../publish/entry-message.js';
import type { LogKeys } from '../sign/log-keys.js';
import type { Chains } from './chains.js';
import { completenessOf } from './completeness.js';
import { entriesOf } from './read-entries.js';
import type { Receipts } from './receipts.js';
import { historyOf } from './shipment-chain.js';
import type { WitnessList } from '../witness/witness-list.js';
import { timestampsOf } from '../stamp/stored-timestamps.js';
import { storedNodes } from '../sign/stored-tree.js';
import type { Trust } from './trust.js';

interface Parts {
  readonly dataSource: DataSource;
  readonly chains: Chains;
  readonly view: RegistryView;
  readonly receipts: Receipts;
  readonly keys: LogKeys;
  readonly logs: Logs;
  readonly witnesses: WitnessList;
  readonly trust: Trust;
}

export class Evidence {
  constructor(private readonly parts: Parts) {}

  /** Undefined where nothing is recorded; null while no checkpoint covers all that is needed. @throws LogRewritten */
  async of(sub: ShipmentId): Promise<EvidenceBundle | null | undefined> {
    const { chains, view, trust } = this.parts;
    const rows = await chains.entries(sub);
    if (rows === undefined) return undefined;
    await this.#witnessed(rows);
    const tokens = await this.#shown(rows);
    if (tokens === null) return null;
    const state = foldAll(sub, historyOf(rows, view));
    const parties = await this.#parties(state);
    if (parties === null) return null;
    const policy = state.policy === null ? undefined : view.policyText(state.policy);
    return {
      format: evidenceFormat,
      sub,
      tokens,
      completeness: await this.#completeness(sub),
      parties,
      policies: policy === undefined ? [] : [policy],
      trust: await trust.policy(),
      timestamps: await this.#timestamps(tokens, parties),
    };
  }

  /** Of the parcel's statements each as early as can be said; of the parties', which are many and old, when all were there. */
  async #timestamps(
    tokens: readonly ListedStatement[],
    parties: EvidenceBundle['parties'],
  ): Promise<TimestampEvidence[]> {
    const known = placesOf(parties.flatMap((party) => party.tokens));
    const newest = known.filter(({ index }) => known.every((other) => other.index <= index));
    const stamped = await this.#stamped('registry', newest);
    const places = placesOf(receipted(tokens));
    for (const log of custodyOf(this.parts.logs)) {
      const origin = originOf(log, this.parts.view.deployment);
      stamped.push(
        ...(await this.#stamped(
          log,
          places.filter((place) => place.origin === origin),
        )),
      );
    }
    return stamped;
  }

  /** With the proof that the tree of the receipts extends the one that was stamped. */
  async #stamped(log: LogName, places: readonly Place[]): Promise<TimestampEvidence[]> {
    if (places.length === 0) return [];
    const size = Math.min(...places.map((place) => place.size));
    const { dataSource } = this.parts;
    const nodes = storedNodes(dataSource, log, size);
    const stored = await timestampsOf(dataSource, log, { indices: places.map(({ index }) => index), size });
    return Promise.all(
      stored.map(async ({ note, token, size: stamped }) => ({
        checkpoint: note,
        token: token.toString('base64'),
        consistency: (await consistencyProof(stamped, size, nodes, nodeSha256)).map((hash) =>
          Buffer.from(hash).toString('base64'),
        ),
      })),
    );
  }

  /** As `of`, of one chain alone, a shipment's or a party's. */
  async ofChain(sub: ShipmentId | PartyId): Promise<ChainEvidence | null | undefined> {
    const rows = await entriesOf(this.parts.dataSource, sub);
    if (rows.length === 0) return undefined;
    await this.#witnessed(rows);
    const tokens = await this.#shown(rows);
    return tokens && { sub, tokens, completeness: await this.#completeness(sub) };
  }

  /** Those that nobody established have no chain. */
  async #parties(state: ChainState): Promise<EvidenceBundle['parties'] | null> {
    const chains: { readonly party: PartyId; readonly rows: readonly EntryRow[] }[] = [];
    for (const party of this.#partiesOf(state)) {
      const rows = await entriesOf(this.parts.dataSource, party);
      if (rows.length > 0) chains.push({ party, rows });
    }
    await this.#witnessed(chains.flatMap(({ rows }) => rows));
    const parties: EvidenceBundle['parties'] = [];
    for (const { party, rows } of chains) {
      const tokens = await this.#shown(rows);
      if (tokens === null) return null;
      parties.push({ party, tokens: receipted(tokens), completeness: await this.#completeness(party) });
    }
    return parties;
  }

  /** Waits for the witnesses; one that does not answer costs this moment and no more, and the file says who has signed. */
  async #witnessed(rows: readonly EntryRow[]): Promise<void> {
    const { receipts, witnesses, logs } = this.parts;
    if (witnesses.quorum === 0) return;
    // What has ended is cosigned as far as it ever will be.
    for (const [log, ofLog] of byLog(rows.filter(({ log }) => log === 'registry' || log === logs.custody)))
      await untilThere(async () => (await receipts.areWitnessed(log, ofLog)) || undefined);
  }

  /** Of a chain that goes on in another log each part under that log's checkpoint. */
  async #shown(rows: readonly EntryRow[]): Promise<ListedStatement[] | null> {
    const shown: ListedStatement[] = [];
    for (const [log, ofLog] of byLog(rows)) {
      const receipts = await this.parts.receipts.ofAll(log, ofLog);
      if (receipts === null) return null;
      shown.push(...ofLog.map((row, at) => this.#statement(row, receipts[at])));
    }
    return shown;
  }

  #statement(row: EntryRow, receipt: string | undefined): ListedStatement {
    const [first, body] = linesOf(row);
    if (receipt !== undefined) return { body, receipt };
    const log = originOf(row.log, this.parts.view.deployment);
    return { body, unproven: { log, index: Number(row.index), first } };
  }

  async #completeness(sub: ShipmentId | PartyId): Promise<string | null> {
    return (await completenessOf(this.parts.dataSource, this.parts.keys, this.parts.logs, sub)) ?? null;
  }

  /** Those the chain is about, and who had mandated one of them. */
  #partiesOf(state: ChainState): Iterable<PartyId> {
    const { registry } = this.parts.view;
    const named = partiesOf(state, registry.pinned.operator);
    return new Set([...named, ...registry.mandatesTo([...named]).map(({ by }) => by)]);
  }
}

interface Place {
  readonly index: number;
  /** Of the tree that its receipt shows it in, and of which log. */
  readonly size: number;
  readonly origin: string;
}

const placesOf = (shown: readonly RecordedEvidence[]): Place[] =>
  shown.map(({ receipt }) => {
    const { index, checkpoint } = parseTlogProof(receipt);
    const { size, origin } = parseCheckpoint(checkpoint.text);
    return { index, size, origin };
  });

/** In the order of the rows, which is that of the logs. */
function byLog(rows: readonly EntryRow[]): ReadonlyMap<LogName, readonly EntryRow[]> {
  const logs = new Map<LogName, EntryRow[]>();
  for (const row of rows) logs.set(row.log, [...(logs.get(row.log) ?? []), row]);
  return logs;
}

const receipted = (shown: readonly ListedStatement[]): RecordedEvidence[] =>
  shown.filter((one): one is RecordedEvidence => !isUnproven(one));

/** The first line, which the receipt holds, with its end; and the second. */
function linesOf(row: EntryRow): readonly [first: string, body: string] {
  const text = entryBytes(row).toString('latin1');
  const end = text.indexOf('\n') + 1;
  return [text.slice(0, end), text.slice(end)];
}

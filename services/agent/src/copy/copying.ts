// Keeps the party's own copy of its chains: asks the hub which have changed, fetches what the logs have to show of them,
// checks it, compares it with what is kept, and only then keeps it. What does not hold, or has changed, is a finding.
//
// Going through all chains takes a fifth of the time at most, however many there are.

import type { TrustAnswer } from '@unbroken/contracts';
import { HubProblem } from '@unbroken/sdk';
import type { UnbrokenClient } from '@unbroken/sdk';
import { Repeated } from '@unbroken/platform/process';
import type { PartyId } from '@unbroken/tokens';
import { agentLog, tellOnce } from '../agent-log.js';
import type { Findings } from '../findings/findings.js';
import type { PinnedTrust } from '../trust/pinned-trust.js';
import type { LogWatch } from '../watch/log-watch.js';
import { copiedChainFormat } from './copied-chain.js';
import type { CopiedChain, CopiedChains } from './copied-chain.js';
import { placeIn } from './copied-chain.js';
import { withKept } from './with-kept.js';
import { faultsOf, isWitnessed, openPart } from './check-copy.js';
import type { HandedOver, OpenedPart } from './check-copy.js';
import { EntryFiles } from './entry-files.js';

export interface CopyingParts {
  readonly party: PartyId;
  readonly client: Pick<UnbrokenClient, 'chainsOf' | 'evidence' | 'entries'>;
  readonly trust: PinnedTrust;
  readonly watch: Pick<LogWatch, 'agrees'>;
  readonly findings: Findings;
  readonly files: EntryFiles;
  readonly chains: CopiedChains;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds between two goes, at least. */
  readonly everyMs?: number;
}

const EVERY_MS = 3_000;
/** So many times as long as it took is paused after it. */
const SHARE = 4;

export class Copying {
  readonly #parts: CopyingParts;
  readonly #copying: Repeated;
  #notBefore = 0;
  #isOpen = false;

  constructor(parts: CopyingParts) {
    this.#parts = parts;
    this.#copying = new Repeated({
      doSome: async () => {
        if (performance.now() >= this.#notBefore) await this.#timed();
        return false;
      },
      failed: tellOnce('keeping the copy'),
      pollMs: parts.everyMs ?? EVERY_MS,
    });
  }

  start(): void {
    this.#copying.start();
  }

  stop(): Promise<void> {
    return this.#copying.stop();
  }

  /** Goes through all chains once; those that cannot be had now come again. @throws HubUnreachable */
  async copyAll(): Promise<void> {
    const { client, party, trust, files } = this.#parts;
    const trusted = await trust.reach();
    if (!this.#isOpen) await files.open();
    this.#isOpen = true;
    await this.#copyOwn(trusted);
    let cursor: string | undefined;
    do {
      const page = await client.chainsOf(party, cursor);
      for (const { sub, version } of page.chains) await this.#copyChanged(sub, version, trusted);
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
  }

  async #timed(): Promise<void> {
    const began = performance.now();
    await this.copyAll();
    this.#notBefore = performance.now() + SHARE * (performance.now() - began);
  }

  async #copyChanged(sub: string, version: number, trusted: TrustAnswer): Promise<void> {
    const kept = await this.#parts.chains.of(sub);
    if (kept?.version === version && kept.witnessed) return;
    const handed = await this.#handed(sub, kept, async () => ({
      kind: 'shipment' as const,
      bundle: await this.#parts.client.evidence(sub),
    }));
    if (handed !== undefined) await this.#keep(sub, version, { handed, kept, trusted });
  }

  /** The party's own chain: it is small, and looked at each time. */
  async #copyOwn(trusted: TrustAnswer): Promise<void> {
    const { party, client, chains } = this.#parts;
    const kept = await chains.of(party);
    const handed = await this.#handed(party, kept, async () => ({
      kind: 'party' as const,
      chain: await client.entries(party),
    }));
    if (handed === undefined || (kept?.witnessed && kept.version === handed.chain.tokens.length)) return;
    await this.#keep(party, handed.chain.tokens.length, { handed, kept, trusted });
  }

  /** Undefined where it cannot be had now. That a chain which is kept here is not there any more is a finding. */
  async #handed<H extends HandedOver>(
    sub: string,
    kept: CopiedChain | undefined,
    ask: () => Promise<H>,
  ): Promise<H | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof HubProblem) || ![404, 503].includes(error.status)) throw error;
      if (error.status === 404 && kept !== undefined) await this.#missing(sub, kept, []);
      return undefined;
    }
  }

  async #keep(
    sub: string,
    version: number,
    { handed, kept, trusted }: { handed: HandedOver; kept: CopiedChain | undefined; trusted: TrustAnswer },
  ): Promise<void> {
    const { chains, files, now } = this.#parts;
    const faults = await faultsOf(handed, trusted, Math.floor(now() / 1000));
    if (faults.length > 0)
      return this.#doesNotHold(
        sub,
        handed,
        faults.map(({ said }) => said),
      );
    const { chain, parties, policies } = partsOf(sub, handed);
    const all = [chain, ...parties.map(({ opened }) => opened)];
    if (!(await this.#areOneHistory(all)) || !(await this.#areAsKept(sub, kept, all))) return;
    const entries = all.flatMap((part) => part.entries);
    await files.add(entries);
    await chains.keep({
      format: copiedChainFormat,
      sub,
      version,
      witnessed: await isWitnessed(handed, trusted),
      chain: kept === undefined ? chain.part : withKept(chain.part, kept.chain),
      parties: parties.map(({ party, opened }) => ({ party, ...opened.part })),
      policies: [...policies],
    });
    agentLog.debug('copy.kept', { sub, entries: entries.length });
  }

  /** The receipts are under checkpoints of the history that this agent has seen. */
  async #areOneHistory(parts: readonly OpenedPart[]): Promise<boolean> {
    for (const { log, note } of parts.flatMap(({ notes }) => notes))
      if (!(await this.#parts.watch.agrees(log, note))) return false;
    return true;
  }

  async #areAsKept(sub: string, kept: CopiedChain | undefined, parts: readonly OpenedPart[]): Promise<boolean> {
    const entries = parts.flatMap((part) => part.entries);
    const changed = entries.find((entry) => this.#parts.files.compared(entry) === 'changed');
    if (changed !== undefined) {
      await this.#changed(sub, changed.index, changed.log, parts);
      return false;
    }
    const { trust } = this.#parts;
    const there = new Set(parts[0]?.entries.map(EntryFiles.nameOf));
    const before = kept?.chain.tokens.map((token) => placeIn(kept.chain, token)) ?? [];
    // What a log lost that has ended the copy keeps; that it was lost is said once, of the log.
    const gone = before.filter((place) => !there.has(EntryFiles.nameOf(place)) && !trust.endOf(place.log));
    if (gone.length === 0 || kept === undefined) return true;
    await this.#missing(
      sub,
      kept,
      gone.map(({ index }) => index),
    );
    return false;
  }

  #doesNotHold(sub: string, handed: HandedOver, faults: readonly string[]): Promise<void> {
    return this.#parts.findings.raise({
      code: 'copy.does-not-hold',
      about: sub,
      said: `What the hub hands over of ${sub} does not hold: ${faults.join(' ')}`,
      cure: 'Your copy of before stays as it is. Show this file to the operator, and to whoever else has to do with it.',
      evidence: { handed },
    });
  }

  #changed(sub: string, index: number, log: string, parts: readonly OpenedPart[]): Promise<void> {
    const receipt = parts
      .flatMap(({ part }) => part.tokens.map((token) => ({ ...token, ...placeIn(part, token) })))
      .find((token) => token.index === index && token.log === log)?.receipt;
    return this.#parts.findings.raise({
      code: 'copy.changed',
      about: sub,
      said: `Entry ${index} of ${log} is another one than was handed over before.`,
      cure: 'Your copy of before stays as it is, with its receipts. The two receipts prove that the log was rewritten.',
      evidence: { index, log, receipt: receipt ?? '' },
    });
  }

  #missing(sub: string, kept: CopiedChain, gone: readonly number[]): Promise<void> {
    const what = gone.length === 0 ? `The chain ${sub}` : `Entry ${gone.join(', ')} of ${kept.chain.log}`;
    return this.#parts.findings.raise({
      code: 'copy.missing',
      about: sub,
      said: `${what} was handed over before and is not any more.`,
      cure: 'Your copy holds it, with receipts that prove it was recorded. Show them to the operator.',
      evidence: { kept },
    });
  }
}

function partsOf(sub: string, handed: HandedOver) {
  if (handed.kind === 'party') return { chain: openPart(handed.chain), parties: [], policies: [] };
  const { tokens, completeness, parties, policies } = handed.bundle;
  return {
    chain: openPart({ sub, tokens, completeness }),
    parties: parties.map(({ party, ...listed }) => ({ party, opened: openPart({ sub: party, ...listed }) })),
    policies,
  };
}

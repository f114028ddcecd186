// One chain as it will be once everything is recorded that was posted at this door, in whatever order it came.

import type { RegistryView } from '@unbroken/chains';
import { foldAll, isMalformed, judgeChain } from '@unbroken/custody';
import type { ChainState, FindingCode, Recorded } from '@unbroken/custody';
import type { Envelope, PartyId, TokenId } from '@unbroken/tokens';
import { openedBy, openingsIn } from './openings.js';
import { asRecorded, signedOf } from './rehearse.js';
import type { Signatures } from './signatures.js';

/** Each costs a fold of the whole chain; nobody signs as many by mistake. */
const MOST_OPENINGS = 8;

export interface RehearsalParts {
  /** What the ledger has recorded, as far as it is heard here. */
  readonly recorded: ChainState;
  /** What was posted here, first come first; recorded ones may be among them. */
  readonly posted: readonly Envelope[];
  readonly signatures: Signatures;
  readonly view: RegistryView;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The chain under one of its possible openings, and the findings of its tokens. */
export interface Scene {
  readonly chain: ChainState;
  readonly findings: ReadonlyMap<TokenId, readonly FindingCode[]>;
}

export class Rehearsal {
  /** Somebody's key is not known here; it may be enrolled in a moment. */
  readonly hasUnknownKeys: boolean;
  readonly #history: readonly Recorded[];
  readonly #openings: readonly Recorded[];
  #scenes: readonly Scene[] | undefined;

  constructor(private readonly parts: RehearsalParts) {
    const { recorded, posted, signatures } = parts;
    const seen = new Set(recorded.history.map(({ tid }) => tid));
    const fresh = posted.filter(
      (envelope) => signatures.of(envelope) !== 'forged' && !seen.has(envelope.tid) && seen.add(envelope.tid),
    );
    this.hasUnknownKeys = fresh.some((envelope) => signatures.of(envelope) === 'unknown-key');
    this.#history = [...recorded.history, ...this.#recordedNext(fresh)];
    this.#openings = recorded.opening === null ? openingsIn(this.#history) : [];
  }

  /** Nothing can change any more what the ledger has recorded. */
  isRecorded(tid: TokenId): boolean {
    return this.parts.recorded.history.some((recorded) => recorded.tid === tid);
  }

  /** Whose shipment it is: its id names one party alone. Null where no opening is known. */
  get sender(): PartyId | null {
    const [opening] = this.#openings;
    if (opening === undefined || isMalformed(opening)) return this.parts.recorded.sender;
    return opening.claims.iss;
  }

  /** More tokens than can be told apart say that they open it. */
  get isMuddled(): boolean {
    return this.#openings.length > MOST_OPENINGS;
  }

  /** The chain under each token that may open it: none where that is not known, one as soon as the ledger has recorded it. */
  get scenes(): readonly Scene[] {
    this.#scenes ??= this.#histories().map((history) => this.#scene(history));
    return this.#scenes;
  }

  #histories(): readonly (readonly Recorded[])[] {
    if (this.parts.recorded.opening !== null) return [this.#history];
    return this.#openings.map((opening) => openedBy(opening, this.#openings, this.#history));
  }

  #scene(history: readonly Recorded[]): Scene {
    const chain = foldAll(this.parts.recorded.sub, history);
    return { chain, findings: judgeChain(chain, this.parts.view.context) };
  }

  /** A `registered` whose key is not known opens nothing: anybody can write one that says the parcel is harmless. */
  #recordedNext(fresh: readonly Envelope[]): Recorded[] {
    const { view, now, recorded, signatures } = this.parts;
    const first = (recorded.history.at(-1)?.index ?? -1) + 1;
    return fresh.flatMap((envelope, place) => {
      const signed = signedOf(envelope, view.deployment);
      if (signed === undefined) return [];
      const { evt } = signed.claims;
      if (evt === 'registered' && signatures.of(envelope) !== 'signed') return [];
      const next = asRecorded(signed, { view, now, index: first + place });
      // A release is judged whatever its key: one that was taken back still hands a parcel over.
      return [evt === 'released' ? withGoodKey(next) : next];
    });
  }
}

const withGoodKey = (recorded: Recorded): Recorded =>
  isMalformed(recorded) ? recorded : { ...recorded, standing: { ...recorded.standing, key: 'good' } };

// A hub's record in memory: what becomes of a token when it is read, verified, recorded and judged by the functions that
// the services use. Every book is a value: telling it something makes another, so that a thousand faults can follow one story.

import { isShipmentId, TokenRefused } from '@unbroken/tokens';
import type { Envelope, PartyId, PublicJwk, ShipmentId, TokenId } from '@unbroken/tokens';
import { importKey, parseTokenSync, verifyProofOfPossessionSync, verifyTokenSync } from '@unbroken/tokens/node';
import type { VerificationKey } from '@unbroken/tokens/node';
import { emptyChain } from '../state-shape.js';
import type { ChainState } from '../chain-state.js';
import { evolve } from '../evolve.js';
import { findingsAt } from '../findings.js';
import type { FindingCode } from '../finding.js';
import { checkPartyToken } from '../registry/checks.js';
import type { RegistryEntry } from '../registry/entry.js';
import { partyRecorded, shipmentRecorded } from '../registry/recorded-as.js';
import { Registry } from '../registry/registry.js';
import { rulesOf } from '../registry/rules-of.js';
import { malformed, recorded, refused, waiting } from './outcome.js';
import type { Outcome } from './outcome.js';

/** Importing a key costs more than verifying with it. */
const keys = new WeakMap<PublicJwk, VerificationKey>();

function imported(jwk: PublicJwk): VerificationKey {
  const key = keys.get(jwk) ?? importKey(jwk);
  keys.set(jwk, key);
  return key;
}

/** What is missing is a finding ten minutes after it was noticed (docs/protocol, section 5): when findings are asked for. */
const SOON_S = 601;

export interface Arrival {
  /** Milliseconds. */
  readonly recordedAt: number;
  /** The uploading device's clock minus the hub's, seconds. */
  readonly drift?: number;
}

export interface Told {
  readonly outcome: Outcome;
  /** The record after it; made when it is asked for. */
  readonly next: () => Book;
}

export class Book {
  private constructor(
    private readonly parts: {
      readonly deployment: string;
      readonly operator: PartyId;
      readonly entries: readonly RegistryEntry[];
      readonly registry: Registry;
      readonly chains: ReadonlyMap<ShipmentId, ChainState>;
    },
  ) {}

  static empty(deployment: string, operator: PartyId): Book {
    return new Book({ deployment, operator, entries: [], registry: new Registry({ operator }), chains: new Map() });
  }

  /** The registry as of this book. */
  get registry(): Registry {
    return this.parts.registry;
  }

  /** Total: whatever the text is, something becomes of it. */
  tell(token: string, arrival: Arrival): Told {
    try {
      const envelope = parseTokenSync(token);
      return isShipmentId(envelope.claims.sub) ? this.#shipment(envelope, arrival) : this.#party(envelope, arrival);
    } catch (error) {
      if (error instanceof TokenRefused) return { outcome: refused(error.code, error.pointer), next: () => this };
      throw error;
    }
  }

  #shipment(envelope: Envelope, arrival: Arrival): Told {
    const { deployment, registry, chains } = this.parts;
    const key = registry.keyAt(envelope.header.kid);
    if (key === undefined) return { outcome: waiting, next: () => this };
    verifyTokenSync(envelope, { ...imported(key.jwk), party: key.party });
    const sub = envelope.claims.sub as ShipmentId;
    const before = chains.get(sub) ?? emptyChain(sub);
    const place = { index: before.history.length, registrySize: registry.size, ...arrival };
    const entry = shipmentRecorded(place, envelope, { registry, deployment });
    const next = () => new Book({ ...this.parts, chains: new Map(chains).set(sub, evolve(before, entry)) });
    if ('malformed' in entry) return { outcome: malformed(entry.malformed), next };
    const soon = arrival.recordedAt / 1000 + SOON_S;
    const found = newIn(this.#found(before, soon), this.#found(evolve(before, entry), soon));
    return { outcome: recorded(...found), next };
  }

  #found(state: ChainState, soon: number): ReadonlyMap<TokenId, readonly FindingCode[]> {
    return findingsAt(state, rulesOf(this.parts.registry, new Map()), soon);
  }

  #party(envelope: Envelope, { recordedAt }: Arrival): Told {
    const { deployment, operator, entries } = this.parts;
    const check = checkPartyToken(this.parts.registry, envelope, (jwk, party, rootKid, pop) =>
      verifyProofOfPossessionSync(imported(jwk), party, rootKid, pop),
    );
    if ('unknownKey' in check) return { outcome: waiting, next: () => this };
    if ('refused' in check) return { outcome: refused(check.refused, check.pointer), next: () => this };
    verifyTokenSync(envelope, { ...imported(check.verifyWith), party: check.party });
    const sub = envelope.claims.sub as PartyId;
    const entry = partyRecorded({ index: entries.length, recordedAt }, envelope, sub, deployment);
    const all = [...entries, entry];
    const next = () => new Book({ ...this.parts, entries: all, registry: registryOf(operator, all) });
    if ('malformed' in entry) return { outcome: malformed(entry.malformed), next };
    const found = newIn(foundIn(this.parts.registry, entries), foundIn(registryOf(operator, all), all));
    return { outcome: recorded(...found), next };
  }
}

function registryOf(operator: PartyId, entries: readonly RegistryEntry[]): Registry {
  const registry = new Registry({ operator });
  for (const entry of entries) registry.append(entry);
  return registry;
}

/** What hangs on nothing is shown as a gap of its chain; no timer asks for it. */
function foundIn(registry: Registry, entries: readonly RegistryEntry[]): ReadonlyMap<TokenId, readonly FindingCode[]> {
  const subs = new Set(entries.map((entry) => ('malformed' in entry ? entry.sub : entry.claims.sub)));
  const gaps = new Set([...subs].flatMap((sub) => registry.partyState(sub)?.gaps ?? []));
  return new Map(
    entries.map(({ tid }) => [tid, [...registry.findingsOf(tid), ...(gaps.has(tid) ? (['chain.gap'] as const) : [])]]),
  );
}

const newIn = (
  before: ReadonlyMap<TokenId, readonly FindingCode[]>,
  after: ReadonlyMap<TokenId, readonly FindingCode[]>,
): FindingCode[] =>
  [...after].flatMap(([tid, codes]) => codes.filter((code) => !(before.get(tid) ?? []).includes(code)));

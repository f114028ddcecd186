// The device's outbox at work: what was signed is kept before anybody sees it, carried in when a hub answers, in the order
// in which it was signed, and given up once its final receipt is held. The same bytes may be carried in any number of times.

import type { TokenId } from '@unbroken/tokens';
import { HubProblem, HubUnreachable } from '../client/hub-errors.js';
import type { Door } from '../client/unbroken-client.js';
import type { Place } from '../signing/place.js';
import type { PlaceStore } from './known-place.js';
import { envelopeOf, sumOf } from './outbox-token.js';
import type { OutboxStore, OutboxToken } from './outbox-token.js';
import { placeAfter } from './place-after.js';
import { Settling } from './settling.js';
import type { CarriedToken, SettlingParts } from './settling.js';
import { uploaded } from './upload.js';

export interface DeviceOutboxParts extends SettlingParts {
  readonly store: OutboxStore;
  readonly places: PlaceStore;
}

/** What one attempt to carry everything in has come to. */
export interface CarriedIn {
  /** Of every token that was in the outbox and not refused before. */
  readonly tokens: ReadonlyMap<TokenId, CarriedToken>;
  /** Why it ended before everything was carried in; left out: it did not. */
  readonly stopped?: HubProblem | HubUnreachable;
}

/** How many tokens a request carries; the hub takes 500. */
const AT_ONCE = 200;

export class DeviceOutbox {
  readonly #parts: DeviceOutboxParts;
  readonly #settling: Settling;

  constructor(parts: DeviceOutboxParts) {
    this.#parts = parts;
    this.#settling = new Settling(parts);
  }

  /**
   * Keeps a token to be carried in. When it resolves the token outlasts a crash; a crash before that means that it was never
   * signed, as far as anybody has seen.
   */
  keep(token: string, door: Door): Promise<void> {
    return this.keepAll([token], door);
  }

  /** The same of many, in their order; after a crash in between the first of them are kept, and each stands by itself. */
  async keepAll(tokens: readonly string[], door: Door): Promise<void> {
    const kept = new Date(this.#parts.now()).toISOString();
    for (const token of tokens) await this.#parts.store.add({ format: 'unbroken-outbox/1', token, door, kept });
  }

  /**
   * They were signed without a hub and are about to be shown: it has happened, and they are carried to a door that blocks
   * nothing. A crash before this: nobody has seen them, and the door they were signed for may still say no.
   */
  async stands(tokens: readonly string[]): Promise<void> {
    const shown = new Set(tokens);
    for (const kept of await this.list()) {
      const isHeldUp = shown.has(kept.token) && isWaiting(kept) && kept.door === 'sender';
      if (isHeldUp) await this.#parts.store.replace({ ...kept, door: 'courier' });
    }
  }

  /**
   * A person has seen that this refused token will not be recorded: it is kept, and told no more. A crash leaves it told.
   * @returns false where no refused token has this id
   */
  async setAside(tid: TokenId): Promise<boolean> {
    const refused = (await this.list()).find((one) => one.refused !== undefined && envelopeOf(one).tid === tid);
    if (refused === undefined) return false;
    await this.#parts.store.replace({ ...refused, aside: new Date(this.#parts.now()).toISOString() });
    return true;
  }

  /** Everything that is not settled, refused ones and those set aside too, in the order in which it was kept. */
  list(): Promise<readonly OutboxToken[]> {
    return this.#parts.store.list();
  }

  /** Where the next line token of this chain goes by all that this device knows; undefined where it knows nothing. */
  async place(sub: string): Promise<Place | undefined> {
    return (await this.places([sub])).get(sub);
  }

  /**
   * The same of many chains at once; those that it knows nothing of are left out.
   * @param unsettled their `unsettledPlaces`, where the caller has them
   */
  async places(subs: readonly string[], unsettled?: ReadonlyMap<string, Place>): Promise<ReadonlyMap<string, Place>> {
    const places = new Map(unsettled ?? (await this.unsettledPlaces(subs)));
    for (const seen of await Promise.all(subs.map((sub) => this.#parts.places.of(sub)))) {
      const own = seen && places.get(seen.sub);
      if (seen !== undefined && (own === undefined || own.seq < seen.seq)) places.set(seen.sub, placeOf(seen));
    }
    return places;
  }

  /**
   * By what is not settled alone: what was signed here or scanned last, whatever number it has. What a phone shows may be
   * any number at all, and once the true one is scanned it counts.
   */
  async unsettledPlaces(subs: readonly string[]): Promise<ReadonlyMap<string, Place>> {
    const asked = new Set(subs);
    const kept = (await this.list()).filter((one) => one.refused === undefined).flatMap((one) => placeAfter(one) ?? []);
    return new Map(kept.filter(({ sub }) => asked.has(sub)).map((place) => [place.sub, placeOf(place)]));
  }

  /** The release of this chain that was taken over from another phone, or signed here, and that nothing here answers yet. */
  async openOffer(sub: string): Promise<Place | undefined> {
    const place = await this.place(sub);
    const tip = (await this.list()).map(envelopeOf).find(({ tid }) => tid === place?.prev);
    return tip?.claims.evt === 'released' ? place : undefined;
  }

  /** Remembers where the hub says that a chain has come to. It knows: what this device knew of it before is gone. */
  async learn(sub: string, place: Place): Promise<void> {
    await this.#parts.places.keep({ format: 'unbroken-place/1', sub, ...placeOf(place) });
  }

  /**
   * Carries in what waits, waiting up to `wait` seconds for its record, and settles it as far as the answers go. It never
   * rejects for want of a hub: that is `stopped`.
   */
  async carryIn(wait = 0): Promise<CarriedIn> {
    const tokens = new Map<TokenId, CarriedToken>();
    try {
      for (const batch of batchesOf((await this.list()).filter(isWaiting))) await this.#carry(batch, wait, tokens);
      return { tokens };
    } catch (error) {
      if (isNoHub(error)) return { tokens, stopped: error };
      throw error;
    }
  }

  /** As `carryIn`, and then asks what became of all that was carried in before. */
  async sync(wait = 0): Promise<CarriedIn> {
    const { tokens, stopped } = await this.carryIn(wait);
    const all = new Map(tokens);
    if (stopped !== undefined) return { tokens: all, stopped };
    try {
      for (const one of await this.list()) {
        if (one.taken === undefined || one.refused !== undefined) continue;
        all.set(envelopeOf(one).tid, await this.#known(one, await this.#settling.settle(one)));
      }
      return { tokens: all };
    } catch (error) {
      if (isNoHub(error)) return { tokens: all, stopped: error };
      throw error;
    }
  }

  async #carry(batch: readonly OutboxToken[], wait: number, told: Map<TokenId, CarriedToken>): Promise<void> {
    const { client, now } = this.#parts;
    const { lines, promise } = await uploaded(client, batch, { clock: now() / 1000, wait });
    for (const [at, token] of batch.entries()) {
      const line = lines[at];
      if (line === undefined) continue;
      told.set(envelopeOf(token).tid, await this.#known(token, await this.#settling.note(token, line, promise)));
    }
  }

  /** A crash before the place is kept: the token is still here, and counts by itself. */
  async #known(token: OutboxToken, carried: CarriedToken): Promise<CarriedToken> {
    if (carried.state !== 'settled') return carried;
    const place = placeAfter(token);
    const seen = place && (await this.#parts.places.of(place.sub));
    if (place !== undefined && carried.malformed === undefined && (seen?.seq ?? 0) < place.seq) {
      await this.#parts.places.keep(place);
    }
    await this.#parts.store.remove(sumOf(token));
    return carried;
  }
}

const placeOf = ({ prev, seq }: Place): Place => ({ prev, seq });

const isWaiting = ({ taken, refused }: OutboxToken): boolean => taken === undefined && refused === undefined;

const isNoHub = (error: unknown): error is HubProblem | HubUnreachable =>
  error instanceof HubUnreachable || (error instanceof HubProblem && error.isPassing);

/** Neighbours for one door go together; the order stays. */
function batchesOf(tokens: readonly OutboxToken[]): OutboxToken[][] {
  const batches: OutboxToken[][] = [];
  for (const token of tokens) {
    const last = batches.at(-1);
    if (last?.[0]?.door === token.door && last.length < AT_ONCE) last.push(token);
    else batches.push([token]);
  }
  return batches;
}

// Many parcels in one gesture: released, or accepted, by one signature (docs/protocol/manifests.md).

import { piecesOf, signManifest, statementId } from '@unbroken/manifests';
import type { Gesture, Manifest, ManifestItem } from '@unbroken/manifests';
import { newJti } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import type { Chains } from '../client/asked-together.js';
import { HubProblem } from '../client/hub-errors.js';
import type { CarriedToken } from '../outbox/settling.js';
import { wellFormed } from './claims-refused.js';
import type { Said } from './hand.js';
import { notRecorded } from './not-recorded.js';
import type { PenParts, Written } from './pen.js';
import { keepAnswer } from './post-now.js';
import { Places } from './places.js';
import type { ToldPlace } from './places.js';

/** What of a parcel is its own. */
export interface ParcelSaid {
  readonly sub: ShipmentId;
  /** Those that were looked at; left out: none was. */
  readonly seals?: NonNullable<ManifestItem['seals']>;
}

/** One parcel of a manifest that was written: as a statement of its own, or refused. */
export type WrittenPiece = Written & { readonly sub: ShipmentId; readonly refused?: HubProblem };

export interface WrittenManifest {
  /** As it is shown to the other party. */
  readonly manifest: Manifest;
  /** One for each parcel, in their order. */
  readonly pieces: readonly WrittenPiece[];
}

export interface ManifestHandParts extends PenParts {
  /** Who tells where the chains stand, where the caller has just asked; left out: the hub. */
  readonly chains?: Chains;
}

const DEFAULT_WAIT_S = 10;

export class ManifestHand {
  readonly #parts: PenParts;
  readonly #places: Places;

  constructor({ chains, ...parts }: ManifestHandParts) {
    this.#parts = parts;
    this.#places = new Places(chains ?? parts.client, parts.outbox);
  }

  /**
   * Offers all these parcels; a door that says no to some of them takes the others.
   * @throws ClaimsRefused, TokenRefused manifest.count before anything is signed; HubProblem, HubUnreachable
   */
  async release(parcels: readonly ParcelSaid[], said: Omit<Said<'released'>, 'seals'>): Promise<WrittenManifest> {
    return this.#write('released', said, await this.#items(parcels));
  }

  /** Takes all these parcels over, each by the release that waits for it. */
  async accept(
    parcels: readonly ParcelSaid[],
    said: Omit<Said<'accepted'>, 'seals' | 'rel'>,
  ): Promise<WrittenManifest> {
    return this.#write('accepted', said, await this.#items(parcels, relOf));
  }

  async #items(
    parcels: readonly ParcelSaid[],
    alsoSaid: (place: ToldPlace) => Pick<ManifestItem, 'rel'> = () => ({}),
  ): Promise<ManifestItem[]> {
    const places = await this.#places.ofAll(parcels.map(({ sub }) => sub));
    return parcels.map(({ sub, seals }, at) => {
      const place = places[at];
      if (place === undefined) throw new Error(`no place was found for ${sub}`);
      const { prev, seq } = place;
      return { sub, prev, seq, ...alsoSaid(place), ...(seals !== undefined && { seals }) };
    });
  }

  async #write(
    evt: Gesture['evt'],
    said: Readonly<Record<string, unknown>>,
    items: readonly ManifestItem[],
  ): Promise<WrittenManifest> {
    const { party: iss, signer, now } = this.#parts;
    const iat = Math.floor(now() / 1000);
    for (const item of items) wellFormed({ iss, jti: newJti(), iat, evt, ...said, ...item });
    const manifest = await signManifest({ iss, evt, iat, said }, items, signer);
    const pieces = await piecesOf(manifest);
    const became = await (this.#parts.outbox === undefined ? this.#post(manifest, pieces, evt) : this.#carry(pieces));
    return {
      manifest,
      pieces: items.map(({ sub }, at) => {
        const token = pieces[at] ?? '';
        return { tid: statementId(token), sub, token, ...(became[at] ?? NOT_CARRIED) };
      }),
    };
  }

  /** Each piece is kept before any is sent, and then carried in behind what waits there already. */
  async #carry(pieces: readonly string[]): Promise<readonly Became[]> {
    const { outbox, door, wait = DEFAULT_WAIT_S } = this.#parts;
    if (outbox === undefined) return [];
    await outbox.keepAll(pieces, door);
    const { tokens } = await outbox.carryIn(wait);
    const became = pieces.map((piece) => becameOf(tokens.get(statementId(piece))));
    await outbox.stands(pieces.filter((_, at) => became[at]?.carried === false));
    return became;
  }

  async #post(manifest: Manifest, pieces: readonly string[], evt: string): Promise<readonly Became[]> {
    const { client, door, now, keeper, wait = DEFAULT_WAIT_S } = this.#parts;
    const options = { clock: now() / 1000, ...(wait > 0 && { wait, receipt: keeper !== undefined }) };
    const { tokens, promise } = await client.postManifest(door, manifest, options);
    const trust = keeper === undefined ? undefined : client.trust();
    const trusted = () => trust ?? client.trust();
    for (const [at, line] of tokens.entries()) {
      if ('refused' in line) continue;
      const receipt = 'status' in line && line.status === 'recorded' ? line.receipt : undefined;
      await keepAnswer(pieces[at] ?? '', { promise, receipt }, { keeper, trusted });
    }
    return tokens.map((line): Became => {
      if ('refused' in line) return { pending: false, carried: true, refused: new HubProblem(line.refused) };
      if (!('status' in line)) return { pending: true, carried: true };
      const isRefused = line.status === 'refused';
      return { pending: false, carried: true, ...(isRefused && { refused: notRecorded(line, evt) }) };
    });
  }
}

type Became = Pick<WrittenPiece, 'pending' | 'carried' | 'refused'>;

const NOT_CARRIED: Became = { pending: true, carried: false };

/** @throws what the hub gave where that does not hold */
function becameOf(carried: CarriedToken | undefined): Became {
  if (carried === undefined || carried.state === 'waiting') return NOT_CARRIED;
  if (carried.state === 'doubted') throw carried.fault;
  if (carried.state === 'refused') return { pending: false, carried: true, refused: carried.problem };
  return { pending: carried.state === 'taken', carried: true };
}

/** An answer names its release where that is not what it stands on. */
const relOf = ({ prev, offer }: ToldPlace): Pick<ManifestItem, 'rel'> =>
  offer === undefined || offer === prev ? {} : { rel: offer };

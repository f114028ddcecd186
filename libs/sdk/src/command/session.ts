// What every command stands on: the hub, the home with keys and salts, who is acting, and how the answer is told.

import { join } from 'node:path';
import type { ChainAnswer } from '@unbroken/contracts';
import type { KeyId, PartyId, ShipmentId, Signer } from '@unbroken/tokens';
import type { Chains } from '../client/asked-together.js';
import type { Door, UnbrokenClient } from '../client/unbroken-client.js';
import { DirectoryKeyStore } from '../keys/directory-key-store.js';
import type { StoredKey, StoredUse } from '../keys/key-store.js';
import { KeptTokens } from '../keys/kept-tokens.js';
import { SaltStore } from '../keys/salt-store.js';
import { ShipmentNotesStore } from '../keys/shipment-notes.js';
import { DeviceOutbox } from '../outbox/device-outbox.js';
import { DirectoryOutbox } from '../outbox/directory-outbox.js';
import { DirectoryPlaces } from '../outbox/directory-places.js';
import { Hand } from '../signing/hand.js';
import { ManifestHand } from '../signing/manifest-hand.js';
import { RootHand } from '../signing/root-hand.js';
import { Asking } from './asking.js';
import { enrolledKeys } from './enrolled-keys.js';
import type { GlobalOptions } from './global-options.js';
import { paintFor } from './paint.js';
import type { Paint } from './paint.js';
import { chooseKey, openingKey, readingKey } from './choose-key.js';
import { SignersClient } from './signers-client.js';
import type { Surroundings } from './surroundings.js';
import { UsageError } from './told-failure.js';

export const DEFAULT_HUB = 'http://127.0.0.1:8470';

/** What signs about parcels. */
const deviceUses: readonly StoredUse[] = ['device', 'gateway', 'code-desk'];

export class Session {
  readonly client: UnbrokenClient;
  readonly keys: DirectoryKeyStore;
  readonly salts: SaltStore;
  readonly tokens: KeptTokens;
  readonly notes: ShipmentNotesStore;
  readonly outbox: DeviceOutbox;
  readonly asking: Asking;
  readonly paint: Paint;
  readonly options: GlobalOptions;
  readonly around: Surroundings;
  /** For what is read with the key that signs, once it is chosen. */
  #signing: StoredKey | undefined;

  constructor(options: GlobalOptions, around: Surroundings) {
    const { env, userHome, fetch } = around;
    const home = options.home ?? (env['UNBROKEN_HOME'] || join(userHome, '.unbroken'));
    const url = options.hub ?? (env['UNBROKEN_HUB'] || DEFAULT_HUB);
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
      throw new UsageError(`"${url}" is no address of a hub.`, `Write it as ${DEFAULT_HUB}.`);
    }
    this.client = new SignersClient({ url, ...(fetch === undefined ? {} : { fetch }) }, () =>
      this.#signing === undefined ? undefined : this.asking.accessWith('chains', this.#signing),
    );
    this.keys = new DirectoryKeyStore(join(home, 'keys'));
    this.salts = new SaltStore(join(home, 'salts'));
    this.tokens = new KeptTokens(join(home, 'tokens'));
    this.notes = new ShipmentNotesStore(join(home, 'notes'));
    this.outbox = new DeviceOutbox({
      store: new DirectoryOutbox(join(home, 'outbox')),
      places: new DirectoryPlaces(join(home, 'places')),
      keeper: this.tokens,
      client: this.client,
      now: around.now,
    });
    this.paint = paintFor(around.out, env);
    this.options = options;
    this.around = around;
    this.asking = new Asking({
      ...{ client: this.client, keys: this.keys, options, around },
      openingKey: () => this.#openingKey(),
      listingKey: () => this.readingKey(deviceUses),
    });
  }

  /** Who acts: the party named by --as, else the only one whose keys are here. */
  async party(): Promise<PartyId> {
    if (this.options.as !== undefined) return this.options.as;
    const parties = [...new Set((await this.keys.list()).map(({ party }) => party))];
    const [only] = parties;
    if (only !== undefined && parties.length === 1) return only;
    throw parties.length === 0
      ? new UsageError(
          'It is not said who acts.',
          'Name the party with --as; `unbroken keys new --as PARTY` makes its key.',
        )
      : new UsageError(`Keys of several parties are here: ${parties.join(', ')}.`, 'Name one with --as.');
  }

  /** The acting party's key for one of these uses; of several the one named, by --key where not otherwise. */
  async key(uses: readonly StoredUse[], named = this.options.key): Promise<StoredKey> {
    return chooseKey(await this.keys.list(), await this.#wanted(uses, named));
  }

  /** A key of the acting party to ask with where nobody keeps who did, so that it need not be named. */
  async readingKey(uses: readonly StoredUse[]): Promise<StoredKey> {
    return readingKey(await this.keys.list(), await this.#wanted(uses, this.options.key), this.around.now() / 1000);
  }

  /** A key of the acting party to open something with, which is kept by person. */
  async #openingKey(): Promise<StoredKey> {
    const wanted = await this.#wanted(deviceUses, this.options.key);
    return openingKey(await this.keys.list(), wanted, this.around.now() / 1000);
  }

  async #wanted(uses: readonly StoredUse[], named: KeyId | undefined) {
    const party = await this.party();
    return { party, uses, named, enrolled: () => enrolledKeys(this.client, party) };
  }

  /** The acting party's key that signs about parcels. What is read of them from then on is read with it. */
  async device(): Promise<StoredKey> {
    this.#signing = await this.key(deviceUses);
    return this.#signing;
  }

  /** A parcel's chain, for whoever is about to sign of it. */
  async chainToSign(sub: ShipmentId): Promise<ChainAnswer> {
    await this.device();
    return this.client.chain(sub);
  }

  /**
   * A device (or gateway, or code desk) of the acting party, at the door of one of the services; it signs into the outbox,
   * so that it needs no network.
   */
  async hand(door: Door): Promise<Hand> {
    const { party, kid } = await this.device();
    return new Hand({ ...(await this.#parts(party, kid)), door, outbox: this.outbox });
  }

  /** The same for many parcels in one gesture. @param chains as they were just asked for */
  async manifestHand(door: Door, chains: Chains): Promise<ManifestHand> {
    const { party, kid } = await this.device();
    return new ManifestHand({ ...(await this.#parts(party, kid)), door, outbox: this.outbox, chains });
  }

  async rootHand(): Promise<RootHand> {
    const { party, kid } = await this.key(['root']);
    return new RootHand(await this.#parts(party, kid));
  }

  /** The party's chain, signed by the key that is to take over as root. */
  async rootHandOf(party: PartyId, kid: KeyId): Promise<RootHand> {
    return new RootHand(await this.#parts(party, kid));
  }

  /** Tells the answer: the value for programs with --json, else the lines for people. */
  tell(value: unknown, lines: readonly string[]): void {
    const text = this.options.json === true ? JSON.stringify(value) : lines.join('\n');
    this.around.out.write(`${text}\n`);
  }

  async #parts(party: PartyId, kid: KeyId) {
    const signer: Signer = await this.keys.signer(kid);
    return {
      client: this.client,
      party,
      signer,
      now: this.around.now,
      wait: this.options.wait,
      keeper: this.tokens,
    };
  }
}

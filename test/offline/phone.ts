// A phone in a test of the whole system: its home, with real keys in it, its own clock, and a network that can be cut off.
// Its process may die at any time; what it knows then is what lies in its home.

import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeviceOutbox, Hand, ManifestHand, RootHand, UnbrokenClient } from '@unbroken/sdk';
import type { OutboxStore, PlaceStore, TokenKeeper } from '@unbroken/sdk';
import { DirectoryKeyStore, DirectoryOutbox, DirectoryPlaces, KeptTokens } from '@unbroken/sdk/node';
import { waitFor } from '@unbroken/testing';
import type { TestClock } from '@unbroken/testing';
import type { PartyId } from '@unbroken/tokens';
import { runCommand } from '../../libs/sdk/src/command/run-command.js';
import type { PartyRole } from '../e2e/cast/signing-party.js';

/** Where a phone keeps what it must not lose. */
export interface Stores {
  readonly store: OutboxStore;
  readonly places: PlaceStore;
  readonly keeper: TokenKeeper;
}

/** A phone's process while it lives. */
export interface Running {
  readonly hand: Hand;
  readonly manifests: ManifestHand;
  readonly outbox: DeviceOutbox;
}

export class Phone {
  isOnline = true;
  /** Milliseconds that its clock is ahead. */
  ahead = 0;
  /** What the last command wrote. */
  out = '';
  readonly client: UnbrokenClient;
  readonly #keys: DirectoryKeyStore;

  private constructor(
    private readonly url: string,
    private readonly clock: TestClock,
    readonly id: PartyId,
    readonly door: PartyRole,
    readonly home: string,
  ) {
    this.client = new UnbrokenClient({ url, fetch: this.#fetch });
    this.#keys = new DirectoryKeyStore(join(home, 'keys'));
  }

  /** Of a party that is established and admitted; its key is enrolled. */
  static async settle(url: string, clock: TestClock, name: string, role: PartyRole): Promise<Phone> {
    const home = await mkdtemp(join(tmpdir(), 'unbroken-phone-'));
    const phone = new Phone(url, clock, name as PartyId, role, home);
    const made = { party: phone.id, created: new Date(clock.now()).toISOString() };
    const [root, next, device] = await Promise.all([
      phone.#keys.create({ ...made, use: 'root' }),
      phone.#keys.create({ ...made, use: 'next' }),
      phone.#keys.create({ ...made, use: 'device' }),
    ]);
    const parts = { client: phone.client, party: phone.id, now: phone.now };
    const hand = new RootHand({ ...parts, signer: await phone.#keys.signer(root.kid) });
    await hand.establish({ name: `The ${name}`, roles: [role], next: next.kid });
    const admitted = async () => (await phone.client.party(name)).admitted;
    await waitFor(admitted, { what: `${name} to be admitted`, timeoutMs: 30_000 });
    await hand.enrol(await phone.#keys.signer(device.kid), { use: 'device', roles: [role] });
    return phone;
  }

  /** Another phone that the same key is on, with nothing else in its home; for a story of its own. */
  async twin(): Promise<Phone> {
    const home = await mkdtemp(join(tmpdir(), 'unbroken-phone-'));
    await cp(join(this.home, 'keys'), join(home, 'keys'), { recursive: true });
    return new Phone(this.url, this.clock, this.id, this.door, home);
  }

  readonly now = (): number => this.clock.now() + this.ahead;

  /** Starts its process anew, on what its home holds. @param through what its writes go through, to be cut off there */
  async start(through: (stores: Stores) => Stores = (stores) => stores): Promise<Running> {
    const stores = through({
      store: new DirectoryOutbox(join(this.home, 'outbox')),
      places: new DirectoryPlaces(join(this.home, 'places')),
      keeper: new KeptTokens(join(this.home, 'tokens')),
    });
    const [device] = (await this.#keys.list()).filter(({ use }) => use === 'device');
    if (device === undefined) throw new Error('the phone has no key');
    const outbox = new DeviceOutbox({ ...stores, client: this.client, now: this.now });
    const signer = await this.#keys.signer(device.kid);
    const { client, id: party, door, now } = this;
    const parts = { client, party, signer, door, now, outbox, wait: 5 };
    return { hand: new Hand(parts), manifests: new ManifestHand(parts), outbox };
  }

  /** Types a command on it; what was said is in `out`. */
  async types(...args: readonly string[]): Promise<number> {
    this.out = '';
    const say = { isTerminal: false, write: (text: string) => void (this.out += text) };
    const never = () => Promise.reject(new Error('nothing waits here'));
    return runCommand([...args, '--home', this.home, '--hub', this.url], {
      env: {},
      userHome: this.home,
      out: say,
      err: say,
      fetch: this.#fetch,
      now: this.now,
      pause: never,
      operate: never,
    });
  }

  /** The tokens it keeps for good, by id. */
  async kept(): Promise<string[]> {
    return (await readdir(join(this.home, 'tokens'))).map((name) => name.replace('.json', ''));
  }

  throwAway(): Promise<void> {
    return rm(this.home, { recursive: true });
  }

  readonly #fetch = (url: string, init?: RequestInit): Promise<Response> =>
    this.isOnline ? fetch(url, init) : Promise.reject(new TypeError('fetch failed: no network'));
}

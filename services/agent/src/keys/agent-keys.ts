// The keys of a party that live in its agent, a file each that only it can read. Most are made when they are first needed;
// a witness' key that has cosigned is never made anew, for verifiers know the witness by it.

import { namesIn } from '@unbroken/platform/process';
import { KeyRefused } from '@unbroken/sdk';
import type { StoredKey } from '@unbroken/sdk';
import { DirectoryKeyStore } from '@unbroken/sdk/node';
import { formatVkey, verifierKey } from '@unbroken/tlog';
import type { NoteSigner } from '@unbroken/tlog';
import { base64url } from '@unbroken/tokens';
import type { PartyId, Signer } from '@unbroken/tokens';
import type { Home } from '../home.js';

/** What an agent's key is for. `next` is the root key to come: it is to be moved to a place that is offline. */
export type AgentUse = 'root' | 'next' | 'enroller' | 'gateway' | 'witness';

export interface WitnessKey extends NoteSigner {
  /** What the operator lists (https://c2sp.org/signed-note, "Verifier keys"). */
  readonly vkey: string;
  readonly signer: Signer;
}

export class AgentKeys {
  readonly #store: DirectoryKeyStore;

  constructor(
    private readonly home: Home,
    readonly party: PartyId,
    private readonly now: () => number = Date.now,
  ) {
    this.#store = new DirectoryKeyStore(home.keys);
  }

  /** All that are kept here. @throws KeyRefused when one is readable by others or is not a key file */
  async list(): Promise<readonly StoredKey[]> {
    return (await this.#store.list()).filter(({ party }) => party === this.party);
  }

  /** The newest key for this use, made now where there is none. @throws KeyRefused */
  async of(use: AgentUse): Promise<Signer> {
    const kept = (await this.list()).filter((key) => key.use === use).at(-1);
    return this.#store.signer((kept ?? (await this.#make(use))).kid);
  }

  /** As `of`; undefined where there is none. */
  async kept(use: AgentUse): Promise<Signer | undefined> {
    const found = (await this.list()).filter((key) => key.use === use).at(-1);
    return found && this.#store.signer(found.kid);
  }

  /** @throws KeyRefused key.missing when one has cosigned already and is not there any more */
  async witness(name: string): Promise<WitnessKey> {
    if ((await this.kept('witness')) === undefined && (await namesIn(this.home.cosigned)).length > 0) {
      throw new KeyRefused(
        'key.missing',
        `The witness key that has cosigned is not in ${this.home.keys}.`,
        `Put it back from your copy. If it is lost, move ${this.home.cosigned} away, give the witness another name, and tell the operator its new key.`,
      );
    }
    const signer = await this.of('witness');
    const publicKey = base64url.decodeStrict(signer.jwk.x);
    if (publicKey === null || signer.alg !== 'Ed25519') {
      throw new KeyRefused(
        'key.file',
        `The witness key in ${this.home.keys} is no Ed25519 key.`,
        'Put the right one back.',
      );
    }
    const key = verifierKey(name, 'cosignature/v1', publicKey);
    return { key, vkey: formatVkey(key), signer, sign: (bytes) => signer.sign(bytes) };
  }

  /** The witness key as it signs that it belongs to its party. @throws KeyRefused as `witness` */
  async witnessSigner(): Promise<Signer> {
    return (await this.witness(`${this.party}/witness`)).signer;
  }

  #make(use: AgentUse): Promise<StoredKey> {
    const made = { party: this.party, use, created: new Date(this.now()).toISOString() };
    return this.#store.create(made, use === 'witness' ? 'Ed25519' : 'ES256');
  }
}

// Where a party's private keys live on this device, and what is remembered with each.

import type { KeyUse } from '@unbroken/custody';
import type { KeyId, PartyId, Signer } from '@unbroken/tokens';

/** `root` signs the party's own chain, `next` is the root key to come, `former-root` has been; the others are enrolled. */
export type StoredUse = KeyUse | 'root' | 'next' | 'former-root';

export interface StoredKey {
  readonly kid: KeyId;
  readonly party: PartyId;
  readonly use: StoredUse;
  /** When it was made, RFC 3339. */
  readonly created: string;
}

/** A store of keys. None of its methods ever gives a private key away: it gives hands that sign. */
export interface KeyStore {
  /** Makes a new ES256 key and keeps it. */
  create(made: Omit<StoredKey, 'kid'>): Promise<StoredKey>;
  /** All keys, oldest first. */
  list(): Promise<readonly StoredKey[]>;
  /** @throws KeyRefused key.missing, and what else a store may find wrong with it */
  signer(kid: KeyId): Promise<Signer>;
}

/** What can be wrong with a kept key. */
export type KeyRefusal = 'key.missing' | 'key.readable-by-others' | 'key.file';

export class KeyRefused extends Error {
  override readonly name = 'KeyRefused';

  constructor(
    readonly code: KeyRefusal,
    what: string,
    readonly cure: string,
  ) {
    super(what);
  }
}

export const missingKey = (kid: KeyId): KeyRefused =>
  new KeyRefused(
    'key.missing',
    `The key ${kid} is not kept here.`,
    'List the keys that are with `unbroken keys list`, or name the home that keeps it with --home.',
  );

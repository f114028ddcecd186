// As whom the hub is asked: with a key of the acting party, so that it is on record who opened what; or as somebody whom
// nothing identifies.

import { mintAccess } from '@unbroken/tokens';
import type { AccessScope } from '@unbroken/tokens';
import { FoundClient } from '../client/found-client.js';
import { HubProblem } from '../client/hub-errors.js';
import type { HubHttpParts } from '../client/hub-http.js';
import { IncidentsClient } from '../client/incidents-client.js';
import type { UnbrokenClient } from '../client/unbroken-client.js';
import type { StoredKey } from '../keys/key-store.js';
import type { DirectoryKeyStore } from '../keys/directory-key-store.js';
import type { GlobalOptions } from './global-options.js';
import type { Surroundings } from './surroundings.js';
import { UsageError } from './told-failure.js';

/** How long an access token of one command holds, in seconds. */
const ACCESS_S = 300;

export interface AskingParts {
  readonly client: UnbrokenClient;
  readonly keys: DirectoryKeyStore;
  readonly options: Pick<GlobalOptions, 'as'>;
  readonly around: Pick<Surroundings, 'now' | 'err' | 'fetch'>;
  /** To open something with, which is kept by person. */
  readonly openingKey: () => Promise<StoredKey>;
  /** For lists, of which nobody keeps who asked. */
  readonly listingKey: () => Promise<StoredKey>;
}

export class Asking {
  constructor(private readonly parts: AskingParts) {}

  /** An access token for a list, which is no opening. */
  async accessToList(scope: AccessScope): Promise<string> {
    return this.accessWith(scope, await this.parts.listingKey());
  }

  async accessWith(scope: AccessScope, key: StoredKey): Promise<string> {
    return (await this.#showing(scope, key))();
  }

  /**
   * Reads as the party that --as names, so that it is on record who did; without --as, or a key of it here, as somebody whom
   * nothing identifies. Where the hub takes no word of that key, the same, and it is said.
   */
  async reading<T>(read: (access?: string) => Promise<T>): Promise<T> {
    const access = await this.#accessIfNamed();
    try {
      return await read(access);
    } catch (error) {
      if (access === undefined || !(error instanceof HubProblem) || !error.code.startsWith('access.')) throw error;
      this.parts.around.err.write(`! The record will not say that it was you who read this: ${error.message}\n`);
      return read();
    }
  }

  /** The acting party's own incidents, and exposures: who acts on one or opens one is kept by key and person. */
  async incidents(): Promise<IncidentsClient> {
    return this.#client(IncidentsClient, 'incidents', await this.parts.openingKey());
  }

  /** The same for lists, which are no openings. */
  async incidentsToList(): Promise<IncidentsClient> {
    return this.#client(IncidentsClient, 'incidents', await this.parts.listingKey());
  }

  /** What finders told the acting party's desk. */
  async found(): Promise<FoundClient> {
    return this.#client(FoundClient, 'found.reports', await this.parts.openingKey());
  }

  /** The same for lists, which are no openings. */
  async foundToList(): Promise<FoundClient> {
    return this.#client(FoundClient, 'found.reports', await this.parts.listingKey());
  }

  async #accessIfNamed(): Promise<string | undefined> {
    if (this.parts.options.as === undefined) return undefined;
    try {
      return await this.accessWith('chains', await this.parts.openingKey());
    } catch (error) {
      if (error instanceof UsageError) return undefined;
      throw error;
    }
  }

  async #client<T>(
    Client: new (parts: HubHttpParts, access: () => Promise<string>) => T,
    scope: AccessScope,
    key: StoredKey,
  ): Promise<T> {
    const { client, around } = this.parts;
    const hub = { url: client.url, ...(around.fetch && { fetch: around.fetch }) };
    return new Client(hub, await this.#showing(scope, key));
  }

  /** Shows the hub, each time for a while, that the acting party asks. */
  async #showing(scope: AccessScope, { party, kid }: StoredKey): Promise<() => Promise<string>> {
    const { client, keys, around } = this.parts;
    const { deployment: aud } = await client.trust();
    const signer = await keys.signer(kid);
    return () => {
      const iat = Math.floor(around.now() / 1000);
      return mintAccess({ iss: party, aud, scope, iat, exp: iat + ACCESS_S }, signer);
    };
  }
}

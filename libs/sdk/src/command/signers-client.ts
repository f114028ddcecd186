// The hub as whoever signs sees it: what they read of a parcel on the way is on record as theirs, so that `unbroken seen` does
// not list as nobody the courier whose signature stands beside it.

import type { ChainAnswer } from '@unbroken/contracts';
import { isShipmentId } from '@unbroken/tokens';
import { HubProblem } from '../client/hub-errors.js';
import type { HubHttpParts } from '../client/hub-http.js';
import { UnbrokenClient } from '../client/unbroken-client.js';

export class SignersClient extends UnbrokenClient {
  #shown: Promise<string> | undefined;

  /** @param access shows who signs; undefined as long as nobody is known to */
  constructor(
    parts: HubHttpParts,
    private readonly access: () => Promise<string> | undefined,
  ) {
    super(parts);
  }

  /** Where the hub takes no word of the key it is read all the same: what is wrong with the key the signature will tell. */
  override async chain(sub: string, access?: string): Promise<ChainAnswer> {
    if (access !== undefined || !isShipmentId(sub)) return super.chain(sub, access);
    this.#shown ??= this.access();
    if (this.#shown === undefined) return super.chain(sub);
    try {
      return await super.chain(sub, await this.#shown);
    } catch (error) {
      this.#shown = undefined;
      if (!(error instanceof HubProblem) || error.code === 'chain.unknown') throw error;
      return super.chain(sub);
    }
  }
}

// What only some roles may ask for (docs/protocol, section 8, "Access").

import { WhoAsks } from '@unbroken/chains';
import type { Asking, Door, RegistryView } from '@unbroken/chains';
import type { Role } from '@unbroken/custody';
import { Problem } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';

/** What is asked for, who may, and the words for those who may not. */
export interface Guarded extends Door {
  readonly roles: readonly Role[];
  /** Of a key without these roles; `detail` goes on after "That key of PARTY ". */
  readonly notAllowed: { readonly detail: string; readonly cure: string };
}

export class RoleAccess {
  readonly #who: WhoAsks;
  readonly #guarded: Guarded;

  constructor(view: Pick<RegistryView, 'registry' | 'deployment'>, clock: Clock, guarded: Guarded) {
    this.#who = new WhoAsks(view, clock, guarded);
    this.#guarded = guarded;
  }

  /** How one asks: RFC 6750, section 3. */
  get challenge(): readonly [name: string, value: string] {
    return this.#who.challenge;
  }

  /**
   * Who asks. `authorization` is the request's header.
   * @throws Problem 401 where it does not show who asks, 403 where they may not
   */
  async admit(authorization: string | undefined): Promise<Asking> {
    const asking = await this.#who.shown(authorization);
    const { roles, title, notAllowed } = this.#guarded;
    if (roles.some((role) => asking.roles.includes(role))) return asking;
    const detail = `That key of ${asking.party} ${notAllowed.detail}`;
    const pointer = 'authorization';
    throw new Problem({ status: 403, code: 'access.role', title, detail, pointer, cure: notAllowed.cure });
  }
}

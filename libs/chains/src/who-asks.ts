// Who asks, while nobody signs in: shown with an access token of an enrolled key (docs/protocol, section 8, "Access"). What
// they may is for the door to know.

import type { Role } from '@unbroken/custody';
import { Problem } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import { AccessRefused, readAccess } from '@unbroken/tokens';
import type { AccessScope, KeyId, PartyId, PartyKey } from '@unbroken/tokens';
import type { RegistryView } from './registry-view.js';

const BEARER = /^Bearer +(\S+) *$/i;

/** A party, and the key that shows it. */
export interface Asking {
  readonly party: PartyId;
  readonly kid: KeyId;
  /** Opaque reference of the person the key is enrolled for. */
  readonly person: string | null;
  /** Granted to the party, and for this key to use. */
  readonly roles: readonly Role[];
}

/** What a door asks for, and how it says that nothing shows who asks. */
export interface Door {
  readonly scope: AccessScope;
  readonly title: string;
  readonly missing: { readonly detail: string; readonly cure: string };
}

export class WhoAsks {
  constructor(
    private readonly view: Pick<RegistryView, 'registry' | 'deployment'>,
    private readonly clock: Clock,
    private readonly door: Door,
  ) {}

  /** How one asks: RFC 6750, section 3. */
  get challenge(): readonly [name: string, value: string] {
    return ['www-authenticate', `Bearer scope="${this.door.scope}"`];
  }

  /** `authorization` is the request's header. @throws Problem 401 where it does not show who asks */
  async shown(authorization: string | undefined): Promise<Asking> {
    const { title, missing, scope } = this.door;
    const access = BEARER.exec(authorization ?? '')?.[1];
    const pointer = 'authorization';
    if (access === undefined) throw new Problem({ status: 401, code: 'access.missing', title, pointer, ...missing });
    const now = Math.floor(this.clock.now() / 1000);
    const { deployment: aud, registry } = this.view;
    try {
      const { party, kid } = await readAccess(access, { aud, scope, now, keyOf: (key) => this.#countingKey(key, now) });
      const key = registry.keyAt(kid);
      return { party, kid, person: key?.person ?? null, roles: key?.roles ?? [] };
    } catch (error) {
      if (!(error instanceof AccessRefused)) throw error;
      const { code, message: detail, cure } = error;
      throw new Problem({ status: 401, code, title, detail, pointer, cure });
    }
  }

  /** Undefined for one that is not enrolled, or of a party not admitted, or taken back; a code desk asks for nothing. */
  #countingKey(kid: KeyId, now: number): PartyKey | undefined {
    const { registry } = this.view;
    const key = registry.keyAt(kid);
    const standing = registry.standing(kid, { iat: now, registrySize: registry.size });
    return key === undefined || key.use === 'code-desk' || standing.key !== 'good' ? undefined : key;
  }
}

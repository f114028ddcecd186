// Who may read whole logs: parties with the role auditor, and the operator (docs/protocol, section 6). Nobody signs in yet,
// so whoever asks shows it with an access token of an enrolled key (docs/protocol, section 8, "Access").

import type { RegistryView } from '@unbroken/chains';
import type { Role } from '@unbroken/custody';
import { Problem } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import { AccessRefused, readAccess } from '@unbroken/tokens';
import type { KeyId, PartyKey } from '@unbroken/tokens';

const MAY_READ: readonly Role[] = ['auditor', 'operator'];
const BEARER = /^Bearer +(\S+) *$/i;

/** How one asks: RFC 6750, section 3. */
export const challenge = ['www-authenticate', 'Bearer scope="log.entries"'] as const;

export class Auditors {
  constructor(
    private readonly view: Pick<RegistryView, 'registry' | 'deployment'>,
    private readonly clock: Clock,
  ) {}

  /** `authorization` is the request's header. @throws Problem 401 where it does not show who asks, 403 where they may not */
  async admit(authorization: string | undefined): Promise<void> {
    const access = BEARER.exec(authorization ?? '')?.[1];
    if (access === undefined) throw missing();
    const { party, kid } = await this.#shown(access);
    const roles = this.view.registry.keyAt(kid)?.roles ?? [];
    if (!MAY_READ.some((role) => roles.includes(role))) throw notAuditor(party);
  }

  async #shown(access: string): Promise<PartyKey> {
    const now = Math.floor(this.clock.now() / 1000);
    const { deployment } = this.view;
    try {
      return await readAccess(access, {
        aud: deployment,
        scope: 'log.entries',
        now,
        keyOf: (kid) => this.#countingKey(kid, now),
      });
    } catch (error) {
      if (error instanceof AccessRefused) throw refused(error);
      throw error;
    }
  }

  /** Undefined for one that is not enrolled, or of a party not admitted, or taken back. */
  #countingKey(kid: KeyId, now: number): PartyKey | undefined {
    const { registry } = this.view;
    const key = registry.keyAt(kid);
    const standing = registry.standing(kid, { iat: now, registrySize: registry.size });
    return key === undefined || standing.key !== 'good' ? undefined : key;
  }
}

const TITLE = 'Entries are for auditors';

const missing = (): Problem =>
  new Problem({
    status: 401,
    code: 'access.missing',
    title: TITLE,
    detail: 'Hash tiles and checkpoints are public; bundles of entries are not, and nothing shows who asks.',
    pointer: 'authorization',
    cure: 'Send Authorization: Bearer … with what `unbroken access` writes, as a party with the role auditor.',
  });

const refused = ({ code, message, cure }: AccessRefused): Problem =>
  new Problem({ status: 401, code, title: TITLE, detail: message, pointer: 'authorization', cure });

const notAuditor = (party: string): Problem =>
  new Problem({
    status: 403,
    code: 'access.role',
    title: TITLE,
    detail: `That key of ${party} is not enrolled as auditor or operator, or the party was not admitted as one.`,
    pointer: 'authorization',
    cure: 'Ask the operator for the role auditor, and enrol a key for it. Evidence of single parcels needs no role.',
  });

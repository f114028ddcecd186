// Who may read whole logs: parties with the role auditor, and the operator (docs/protocol, section 6). Nobody signs in yet,
// so whoever asks shows it with an access token of an enrolled key (docs/protocol, section 8, "Access").

import { WhoAsks } from '@unbroken/chains';
import type { RegistryView } from '@unbroken/chains';
import type { Role } from '@unbroken/custody';
import { Problem } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';

const MAY_READ: readonly Role[] = ['auditor', 'operator'];
const TITLE = 'Entries are for auditors';

export class Auditors {
  readonly #who: WhoAsks;

  constructor(view: Pick<RegistryView, 'registry' | 'deployment'>, clock: Clock) {
    this.#who = new WhoAsks(view, clock, {
      scope: 'log.entries',
      title: TITLE,
      missing: {
        detail: 'Hash tiles and checkpoints are public; bundles of entries are not, and nothing shows who asks.',
        cure: 'Send Authorization: Bearer … with what `unbroken access` writes, as a party with the role auditor.',
      },
    });
  }

  /** How one asks: RFC 6750, section 3. */
  get challenge(): readonly [name: string, value: string] {
    return this.#who.challenge;
  }

  /** `authorization` is the request's header. @throws Problem 401 where it does not show who asks, 403 where they may not */
  async admit(authorization: string | undefined): Promise<void> {
    const { party, roles } = await this.#who.shown(authorization);
    if (!MAY_READ.some((role) => roles.includes(role))) throw notAuditor(party);
  }
}

const notAuditor = (party: string): Problem =>
  new Problem({
    status: 403,
    code: 'access.role',
    title: TITLE,
    detail: `That key of ${party} is not enrolled as auditor or operator, or the party was not admitted as one.`,
    pointer: 'authorization',
    cure: 'Ask the operator for the role auditor, and enrol a key for it. Evidence of single parcels needs no role.',
  });

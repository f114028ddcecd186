// Who may read whole logs: parties with the role auditor, and the operator (docs/protocol, section 6).

import type { RegistryView } from '@unbroken/chains';
import { RoleAccess } from '@unbroken/intake';
import type { Clock } from '@unbroken/platform';

export class Auditors extends RoleAccess {
  constructor(view: Pick<RegistryView, 'registry' | 'deployment'>, clock: Clock) {
    super(view, clock, {
      scope: 'log.entries',
      roles: ['auditor', 'operator'],
      title: 'Entries are for auditors',
      missing: {
        detail: 'Hash tiles and checkpoints are public; bundles of entries are not, and nothing shows who asks.',
        cure: 'Send Authorization: Bearer … with what `unbroken access` writes, as a party with the role auditor.',
      },
      notAllowed: {
        detail: 'is not enrolled as auditor or operator, or the party was not admitted as one.',
        cure: 'Ask the operator for the role auditor, and enrol a key for it. Evidence of single parcels needs no role.',
      },
    });
  }
}

// What a party can say of itself that is of its form, and cannot be or means nothing (docs/protocol, section 3, "Party chain").

import type { PartyEvent } from '../events/catalogue.js';
import type { BadCase } from './bad-case.js';
import { parties } from './cast.js';
import type { Cast } from './cast.js';
import type { Position } from './positions.js';
import { allowed, cased, NOT_YET, NOWHERE, past, PLACELESS, says } from './saying.js';
import type { Saying } from './saying.js';

export async function partyContentCases(evt: PartyEvent, position: Position, cast: Cast): Promise<readonly BadCase[]> {
  const foreign = `${parties.courier}/depot`;
  const ofParties: Readonly<Record<PartyEvent, readonly Saying[]>> = {
    established: [],
    admitted: [
      allowed('roles', 'others than it asked for', { roles: ['courier'] }, 'the operator grants what it sees fit'),
      allowed('roles', 'none', { roles: [] }, 'it may sign, and is found in no role'),
    ],
    enrolled: [
      says('jwk', 'enrolled already', await cast.enrolment('sender', cast.device.sender), 'custody.twice'),
      allowed('roles', 'more than its party was granted', { roles: ['auditor'] }, 'only those granted count'),
    ],
    revoked: [
      says('kid', 'the next root', { kid: cast.next.sender.signer.kid }, 'custody.role'),
      says('kid', "another party's key", { kid: cast.device.courier.signer.kid }, 'custody.role'),
      allowed('kid', 'a key that is nowhere', { kid: NOWHERE }, 'it counts once the key is enrolled'),
      allowed('since', 'still to come', { since: position.now + 86_400 }, 'what is signed until then stands'),
    ],
    rooted: [],
    sited: [{ ...says('site', "another party's", { site: foreign }), expected: PLACELESS }],
    mandated: [
      allowed(
        'site',
        "another party's",
        { site: foreign },
        'its parcels may be taken in where others run the mail room',
      ),
      allowed('until', 'passed', { until: past(position) }, 'the mandate has ended already'),
      allowed('party', 'nobody who is a party', { party: 'nobody-yet' }, NOT_YET),
      allowed('party', 'itself', { party: parties.sender }, 'it may do so anyway'),
    ],
    policed: [
      allowed('policy', 'known to nobody', { policy: NOWHERE }, 'the default policy binds until it is published'),
    ],
  };
  return cased(evt, position, ofParties[evt]);
}

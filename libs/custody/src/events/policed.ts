// The rules the party's shipments go under: the hash of a policy document published beside the chain.

import { partyLine } from './definition.js';
import { hash } from './forms.js';

export const policed = partyLine('policed', { policy: hash });

// The party's next root key takes over, and commits to the one after it.

import { partyLine } from './definition.js';
import { hash, publicJwk } from './forms.js';

export const rooted = partyLine('rooted', { jwk: publicJwk, next: hash });

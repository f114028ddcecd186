// The root key takes a key back, from a time on.

import { partyLine } from './definition.js';
import { code, keyRef, numericDate } from './forms.js';

export const revoked = partyLine('revoked', { kid: keyRef, since: numericDate, why: code });

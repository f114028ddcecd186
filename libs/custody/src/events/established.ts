// A party's chain opens, signed by the root key it carries.

import { z } from 'zod';
import { partyOpening } from './definition.js';
import { hash, label, publicJwk, role } from './forms.js';

export const established = partyOpening('established', {
  aud: label,
  name: label,
  roles: z.array(role).min(1).max(7),
  jwk: publicJwk,
  next: hash,
});

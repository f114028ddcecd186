// A key of the party begins to count; whoever enrols it has seen it sign (proof of possession).

import { z } from 'zod';
import { partyLine } from './definition.js';
import { keyUse, personRef, publicJwk, role } from './forms.js';

export const enrolled = partyLine('enrolled', {
  jwk: publicJwk,
  pop: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
  use: keyUse,
  roles: z.array(role).max(7),
  person: personRef.optional(),
  idp: z.enum(['none', 'admin', 'document']).optional(),
});

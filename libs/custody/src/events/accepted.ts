// The taker's half of a hand-off: custody passes.

import { z } from 'zod';
import { line } from './definition.js';
import { seals, tokenRef } from './forms.js';

export const accepted = line('accepted', {
  rel: tokenRef.optional(),
  seals: seals.optional(),
  cond: z.enum(['ok', 'damaged', 'opened']),
});

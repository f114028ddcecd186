// The consignee says it arrived, and whether unopened. Closes the chain.

import { z } from 'zod';
import { line } from './definition.js';
import { seals } from './forms.js';

export const confirmed = line('confirmed', {
  seals: seals.optional(),
  pieces: z.int().min(0).max(1_000_000),
  unopened: z.boolean(),
});

// What a stranger told the finder desk. Nobody has verified it, so it changes no state.

import { z } from 'zod';
import { remark } from './definition.js';
import { code, hash } from './forms.js';

export const found = remark('found', {
  opened: z.enum(['yes', 'no', 'unknown']),
  /** Whether the finder says that the parcel is meant for them. */
  mine: z.boolean(),
  /** Where it is now. */
  left: code,
  /** Commitment to how the finder can be called back; absent where they stay anonymous. */
  contact: hash.optional(),
});

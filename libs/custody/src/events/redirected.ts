// The sender names a new consignee, or itself, for what comes later in the line.

import { z } from 'zod';
import { remark } from './definition.js';
import { numericDate, party } from './forms.js';

export const redirected = remark('redirected', {
  to: party,
  via: z.array(party).max(20).optional(),
  due: numericDate.optional(),
});

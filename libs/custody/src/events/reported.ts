// Somebody on the chain says something is wrong with the parcel.

import { z } from 'zod';
import { remark } from './definition.js';

export const reported = remark('reported', {
  what: z.enum(['lost', 'stolen', 'damaged', 'opened', 'misdelivered', 'short', 'not-in-shipment', 'other']),
});

// The holder puts tamper-evident seals on; whoever comes later must see them intact.

import { z } from 'zod';
import { line } from './definition.js';
import { hash, sealId } from './forms.js';

export const sealed = line('sealed', {
  /** Seal id → class of ISO 17712: indicative, security, high security. */
  seals: z.record(sealId, z.enum(['I', 'S', 'H'])),
  wit: hash.optional(),
});

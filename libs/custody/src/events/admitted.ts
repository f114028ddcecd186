// The operator lets a party in: its tokens count from here, in the roles granted.

import { z } from 'zod';
import { partyRemark } from './definition.js';
import { role } from './forms.js';

export const admitted = partyRemark('admitted', { roles: z.array(role).max(7) });

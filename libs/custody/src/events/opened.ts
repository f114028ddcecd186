// The consignee takes the contents into use and counts them.

import { z } from 'zod';
import { line } from './definition.js';

export const opened = line('opened', { items: z.int().min(0).max(1_000_000_000) });

// Whoever signed the other token says that it was wrong. Both stay readable.

import { remark } from './definition.js';
import { code, tokenRef } from './forms.js';

export const corrected = remark('corrected', { of: tokenRef, why: code });

// The responsible party says which branch of a disputed chain is true, by any token of it.

import { remark } from './definition.js';
import { tokenRef } from './forms.js';

export const settled = remark('settled', { of: tokenRef });

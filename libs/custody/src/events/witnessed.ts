// A third signature: somebody was there when the other token was signed.

import { remark } from './definition.js';
import { tokenRef } from './forms.js';

export const witnessed = remark('witnessed', { of: tokenRef });

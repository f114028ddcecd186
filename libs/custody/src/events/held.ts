// The parcel waits at a depot of the holder.

import { remark } from './definition.js';
import { code, numericDate } from './forms.js';

export const held = remark('held', { why: code, until: numericDate.optional() });

// The holder stood at the door and could not hand over.

import { remark } from './definition.js';
import { code, numericDate } from './forms.js';

export const attempted = remark('attempted', { why: code, until: numericDate.optional() });

// The holder looks at the seals on the way.

import { remark } from './definition.js';
import { seals } from './forms.js';

export const inspected = remark('inspected', { seals });

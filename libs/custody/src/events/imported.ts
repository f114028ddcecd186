// A gateway repeats what another system says, in the words of its mapping; it moves nothing.

import { remark } from './definition.js';
import { code } from './forms.js';

export const imported = remark('imported', { what: code });

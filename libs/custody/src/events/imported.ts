// A gateway repeats what another system says, in the words of its mapping; it moves nothing.

import { remark } from './definition.js';
import { code, hash, numericDate } from './forms.js';

export const imported = remark('imported', {
  what: code,
  /** When it happened, by the other system. */
  when: numericDate,
  /** The message that says so. */
  src: hash,
});

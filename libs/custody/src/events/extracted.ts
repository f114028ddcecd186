// What is in the parcel was taken out of a system: who did it and onto what are commitments, why is a code, `when` the time.

import { remark } from './definition.js';
import { code, hash } from './forms.js';

export const extracted = remark('extracted', { who: hash, why: code, dest: hash });

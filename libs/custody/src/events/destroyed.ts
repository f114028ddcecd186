// The holder has destroyed the medium; a certificate may be committed to. Closes the chain for good.

import { line } from './definition.js';
import { code, hash } from './forms.js';

export const destroyed = line('destroyed', { how: code, cert: hash.optional() });

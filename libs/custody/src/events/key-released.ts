// The sender lets the key of an encrypted medium go, wrapped for its consignee.

import { remark } from './definition.js';
import { hash } from './forms.js';

export const keyReleased = remark('key-released', { wraps: hash });

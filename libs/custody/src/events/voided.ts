// The sender says the parcel never left.

import { line } from './definition.js';
import { code } from './forms.js';

export const voided = line('voided', { why: code });

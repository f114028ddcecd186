// The addressee does not take the parcel; it stays with the releaser.

import { line } from './definition.js';
import { code, tokenRef } from './forms.js';

export const refused = line('refused', { rel: tokenRef.optional(), why: code });

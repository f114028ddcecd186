// The releaser takes an open offer back.

import { line } from './definition.js';

export const withdrawn = line('withdrawn', {});

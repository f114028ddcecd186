// Names of keys (https://c2sp.org/signed-note, "Format"): what stands between an em dash and a signature, and before
// the first plus of a verifier key.

import { hasControl } from '../spelling.js';

/** Not empty, without Unicode spaces, pluses and control characters. */
export const isKeyName = (name: string): boolean =>
  /^[^\p{White_Space}\p{Surrogate}+]+$/u.test(name) && !hasControl(name);

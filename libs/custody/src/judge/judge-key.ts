// Signed with a key that its party has taken back (docs/protocol, section 3, `revoked`).

import { when } from './judged.js';
import type { Judge } from './judged.js';

export const judgeKey: Judge = ({ token: { standing } }) =>
  when({ 'key.suspect': standing.key === 'suspect', 'key.revoked': standing.key === 'revoked' });

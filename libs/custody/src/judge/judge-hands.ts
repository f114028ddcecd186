// Signed by hands that may not, after the chain was closed, or in a role that was not granted.

import type { Line } from '../chain-state.js';
import type { Role } from '../events/forms.js';
import { wrongHands } from '../hands.js';
import type { RecordedToken } from '../recorded.js';
import { when } from './judged.js';
import type { Judge } from './judged.js';

export const judgeHands: Judge = ({ token, place, line, rival, about }) => {
  const wrong = place === 'wrong-hands' ? wrongHands(line, token, about) : null;
  return when({
    'custody.closed': place === 'closed',
    'custody.twice': place === 'twice',
    'chain.disputed': rival,
    'custody.not-holder': wrong === 'custody.not-holder',
    'custody.not-consignee': wrong === 'custody.not-consignee',
    'custody.role': wrong === 'custody.role' || !roleGranted(token, line),
  });
};

/** A missing role is a finding and never stops the effect. */
function roleGranted({ claims, standing }: RecordedToken, line: Line): boolean {
  const has = (role: Role) => standing.roles.includes(role);
  const isSender = claims.iss === line.sender;
  if (claims.evt === 'registered') return has('sender');
  if (claims.evt === 'accepted') return has('courier') || has('receiver') || isSender;
  if (claims.evt === 'confirmed') return has('receiver') || isSender || standing.use === 'code-desk';
  if (claims.evt === 'found') return has('finder-desk');
  return true;
}

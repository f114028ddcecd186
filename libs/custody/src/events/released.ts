// The holder's half of a hand-off: an offer that stays open until it is accepted, refused or withdrawn.

import { line } from './definition.js';
import { modes, numericDate, party, seals } from './forms.js';

export const released = line('released', {
  to: party,
  seals: seals.optional(),
  mode: modes,
  until: numericDate.optional(),
});

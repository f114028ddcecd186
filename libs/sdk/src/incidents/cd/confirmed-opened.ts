// How both tellings of what went wrong come to the right door: the mailroom confirms what arrived.

import type { Step } from '../step.js';
import { oneSeal } from './parcel.js';
import type { CdRole } from './parties.js';

export const confirmedOpened = (at: string): Step<CdRole> => ({
  at,
  tells: 'The mailroom confirms what arrived: one piece, opened.',
  does: (scene) =>
    scene.hand('statistics', 'mailroom').confirm(scene.sub, { unopened: false, pieces: 1, seals: oneSeal('broken') }),
  alarms: ['parcel.opened', 'seal.broken'],
  sees: { institute: 'sent' },
});

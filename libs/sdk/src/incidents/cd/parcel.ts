// The envelope with the two CDs, as each telling registers it.

import type { SiteId } from '@unbroken/tokens';
import { commitment, newSalt } from '@unbroken/tokens';
import type { Registration } from '../../signing/hand.js';
import type { Scene } from '../scene.js';
import { MAILROOM } from './parties.js';
import type { CdRole } from './parties.js';

const DAY_S = 86_400;

export type CdScene = Scene<CdRole>;

/** One envelope for Statistics Denmark by post. The story keeps no salt: what it commits to can never be opened. */
export const twoCds = (scene: CdScene, how: Registration['enc']['how']): Registration => ({
  kind: 'physical',
  to: scene.party('statistics'),
  via: [scene.party('post')],
  contents: commitment(newSalt(), 'two CDs with the health data of 5,282,616 people'),
  class: 'sensitive',
  basis: { code: 'dk-persondataloven-10', ref: 'Act on Processing of Personal Data, section 10: statistics' },
  enc: { how },
  due: Math.floor(scene.stage.now() / 1000) + 7 * DAY_S,
  pieces: 1,
});

export const mailroom = (scene: CdScene): SiteId => `${scene.party('statistics')}/${MAILROOM}` as SiteId;

type Seen = 'intact' | 'broken';

/** The seals of the envelope, as somebody saw them. */
export const bothSeals = (seen: Seen): Record<string, Seen> => ({ 'DK-0417': seen, 'DK-0418': seen });
export const oneSeal = (seen: Seen): Record<string, Seen> => ({ 'DK-0417': seen });

// One of the party's places: what "the addressee's place" and "working time" mean.

import { z } from 'zod';
import { workingHours } from '../policy/working-hours.js';
import { partyLine } from './definition.js';
import { ownSite } from './forms.js';

export const sited = partyLine('sited', {
  site: ownSite,
  /** Latitude and longitude in ten-thousandths of a degree (about 11 m). */
  geo: z.tuple([z.int().min(-900_000).max(900_000), z.int().min(-1_800_000).max(1_800_000)]),
  /** Metres from there that still count as the site. */
  radius: z.int().min(1).max(100_000),
  hours: workingHours.optional(),
});

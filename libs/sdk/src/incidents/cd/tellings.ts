// The four tellings of the story, by the letter they are asked for with.

import type { Telling } from '../step.js';
import { asItShouldGo } from './as-it-should-go.js';
import { asItWent } from './as-it-went.js';
import type { CdRole } from './parties.js';
import { withItsIncident } from './with-its-incident.js';
import { withoutDevices } from './without-devices.js';

export const tellings = { a: asItShouldGo, b: asItWent, c: withoutDevices, d: withItsIncident } satisfies Record<
  string,
  Telling<CdRole>
>;
export type TellingName = keyof typeof tellings;

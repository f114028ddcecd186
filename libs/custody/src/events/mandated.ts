// Another party may accept here for us: the facilities company, a subcontractor.

import { partyLine } from './definition.js';
import { numericDate, ownSite, party } from './forms.js';

export const mandated = partyLine('mandated', { party, site: ownSite.optional(), until: numericDate.optional() });

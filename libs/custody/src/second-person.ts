// Four eyes: whether a person is surely another than the one who signed `registered` (docs/protocol, section 5).

import type { Opening } from './chain-state.js';

/** Where nobody knows who registered, nobody can say it is another; behind a gateway there is no person at all. */
export const isSecondPerson = (opening: Opening, person: string | null): boolean =>
  person !== null && person !== opening.person && (opening.person !== null || opening.gateway);

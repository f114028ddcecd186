// Four eyes: whether a person is surely another than the one who signed `registered`, and may say so (docs/protocol,
// section 5).

import type { Approval, Opening } from './chain-state.js';
import type { Policy } from './policy/policy.js';

/** Where nobody knows who registered, nobody can say it is another; behind a gateway there is no person at all. */
export const isSecondPerson = (opening: Opening, person: string | null): boolean =>
  person !== null && person !== opening.person && (opening.person !== null || opening.gateway);

/** Whether it lets the shipment go. Who breaks the glass is a known person, and it is a finding of its own. */
export function counts(
  { person, inPlaceOf, glass }: Approval,
  opening: Opening,
  { by, deputies }: Policy['approval'],
): boolean {
  if (glass) return person !== null;
  if (person === null || !isSecondPerson(opening, person)) return false;
  if (by === undefined || by.includes(person)) return true;
  // Whoever stands in for the one who registered would be that person again.
  const stoodIn = inPlaceOf !== null && by.includes(inPlaceOf) && inPlaceOf !== opening.person;
  return stoodIn && (deputies?.includes(person) ?? false);
}

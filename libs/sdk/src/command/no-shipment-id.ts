// What is wrong with what was typed for a parcel's id, in words: people read ids from labels, and the last character tells
// that one was misread (docs/protocol, section 2).

import { shipmentIdFault } from '@unbroken/tokens';
import type { ShipmentIdFault } from '@unbroken/tokens';

const LENGTH = 17;

/** A sentence; undefined where it is an id. */
export function noShipmentId(typed: string): string | undefined {
  const fault = shipmentIdFault(typed);
  return fault === undefined ? undefined : sentenceOf(fault);
}

export const COMPARE_IT = 'Compare it with the label, character by character; one reads 7K2M-9QX4-T1B8-ZC3V-2.';

function sentenceOf(fault: ShipmentIdFault): string {
  switch (fault.kind) {
    case 'character':
      return `A parcel’s id has no "${fault.character}": it has digits and letters, and no U; I and L are read as 1, O as 0.`;
    case 'length':
      return `A parcel’s id has ${LENGTH} characters beside the dashes, and this has ${fault.length}: ${Math.abs(LENGTH - fault.length)} too ${fault.length < LENGTH ? 'few' : 'many'}.`;
    case 'check':
      return `Its last character, ${fault.check}, is a check, and does not fit the others: one is mistyped, or two have changed places.`;
  }
}

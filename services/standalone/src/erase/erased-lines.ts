// What was erased, for people.

import type { Erased } from './erase.js';

export function erasedLines(erased: readonly Erased[]): string[] {
  if (erased.length === 0) return ['Nothing here names them.'];
  return erased.flatMap(({ places, shipments, byHand, certificate }) => [
    certificate === null ? '! Nothing was erased. This names them:' : `✓ Erased, and certified in ${certificate.path}:`,
    ...places.map(([place, rows]) => `  ${rows} in ${place}`),
    ...(shipments.length === 0 ? [] : [`  of the shipments ${shipments.join(', ')}`]),
    ...byHand.map((what) => `! By hand: ${what}`),
    '  What parties keep themselves is theirs to erase: unbroken forget SHIPMENT.',
  ]);
}

// Everybody a chain names, with the part they have in it.

import type { ChainView } from '@unbroken/contracts';
import type { ChainState } from '@unbroken/custody';
import type { Names } from '../chains/names.js';

export function partsOfParties(state: ChainState, names: Names): ChainView['parties'] {
  return state.parties.map((party) => {
    const parts = [
      ...(party === state.sender ? ['Sender'] : []),
      ...(party === state.consignee ? ['Consignee'] : []),
      ...(state.via.includes(party) ? ['Courier'] : []),
      ...(party === state.holder ? ['Holds it'] : []),
      ...(party === state.responsible ? ['Responsible'] : []),
      ...(party === state.offer?.to ? ['Offered to'] : []),
    ];
    return { ...names.named(party), part: parts.length === 0 ? 'Took part' : parts.join(', ') };
  });
}

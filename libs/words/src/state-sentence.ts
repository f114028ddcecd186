// The one sentence about a chain that matters.

import type { ChainAnswer, ShipmentState } from '@unbroken/contracts';
import type { NameOf } from './name-of.js';

const ofShipments: Readonly<Record<string, (state: ShipmentState, name: NameOf) => string>> = {
  prepared: ({ holder }, name) => `Prepared. ${name(holder)} holds it; it has not been handed over yet.`,
  offered: ({ offer, responsible }, name) =>
    `Offered to ${name(offer?.to)}. Until they sign, ${name(responsible)} is responsible.`,
  'in-custody': ({ holder }, name) => `On its way. ${name(holder)} holds it and is responsible.`,
  arrived: ({ holder }, name) => `Arrived. ${name(holder)} holds it and has not confirmed it yet.`,
  confirmed: ({ holder }, name) => `Confirmed by ${name(holder)}. The chain is closed.`,
  astray: ({ holder, responsible }, name) =>
    `In the wrong hands. ${name(holder)} holds it, ${name(responsible)} is responsible.`,
  disputed: ({ responsible }, name) =>
    `Disputed: two statements contradict each other. ${name(responsible)} settles it.`,
  lost: ({ responsible }, name) => `Reported lost. ${name(responsible)} is responsible.`,
  void: () => 'Void. It never left.',
  destroyed: () => 'Destroyed. The chain is closed.',
};

const ofParties = {
  established: 'Established, and not admitted by the operator yet.',
  admitted: 'Admitted: what its keys sign counts.',
  disputed: 'Disputed: two statements of the party contradict each other.',
};

/** Status, holder and, where it differs, who is responsible, in words. */
export function stateSentence(state: ChainAnswer['state'], name: NameOf): string {
  if (state === null) return 'Nothing opens this chain yet.';
  if (!('holder' in state)) return ofParties[state.status];
  return ofShipments[state.status]?.(state, name) ?? `Status: ${state.status}.`;
}

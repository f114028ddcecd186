// The one sentence about a chain that matters.

import type { ChainAnswer } from '../client/ledger-answers.js';
import type { NameOf } from './names.js';

type State = ChainAnswer['state'];

const sentences: Readonly<Record<string, (state: State, name: NameOf) => string>> = {
  prepared: ({ holder }, name) => `Prepared. ${name(holder)} holds it; it has not been handed over yet.`,
  offered: ({ offer, responsible }, name) =>
    `Offered to ${name(offer?.to)}. Until they sign, ${name(responsible)} is responsible.`,
  'in-custody': ({ holder }, name) => `On its way. ${name(holder)} holds it and is responsible.`,
  arrived: ({ holder }, name) => `Arrived. ${name(holder)} holds it and has not confirmed it yet.`,
  confirmed: ({ holder }, name) => `Confirmed by ${name(holder)}. The chain is closed.`,
  astray: ({ holder, responsible }, name) =>
    `In the wrong hands. ${name(holder)} holds it, ${name(responsible)} is responsible.`,
  disputed: ({ responsible }, name) => `Disputed: two statements contradict each other. ${name(responsible)} settles it.`,
  lost: ({ responsible }, name) => `Reported lost. ${name(responsible)} is responsible.`,
  void: () => 'Void. It never left.',
  destroyed: () => 'Destroyed. The chain is closed.',
  established: () => 'Established, and not admitted by the operator yet.',
  admitted: () => 'Admitted: what its keys sign counts.',
};

/** Status, holder and, where it differs, who is responsible, in words. */
export const stateSentence = (state: State, name: NameOf): string =>
  sentences[state.status]?.(state, name) ?? `Status: ${state.status}.`;

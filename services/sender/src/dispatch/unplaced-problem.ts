// A release that was held back because nobody can say which rules it goes under.

import { Problem } from '@unbroken/platform';

/** It hangs on what was neither posted here nor heard of: what was registered, and under which policy, is not known. */
export const unknownChain = (): Problem =>
  new Problem({
    status: 422,
    code: 'dispatch.unknown-chain',
    title: 'The shipment is not known here',
    detail: 'What this release follows is not known at this door, so nobody can say whether it may leave.',
    pointer: '/prev',
    cure: 'Post `registered` first, or in the same upload, with all that was signed between it and the release, by keys that are enrolled; then post the release again.',
  });

const unplaced = {
  closed: {
    detail: 'The shipment is closed: nothing can be released in its name any more.',
    cure: 'Register what is to be sent as a new shipment.',
  },
  unfit: {
    detail: 'The claims of this release are not of their form, or its `seq` or `prev` does not follow the line.',
    cure: 'Look at the chain with `unbroken chain`, sign the release on its head as docs/protocol has it, and post that.',
  },
  muddled: {
    detail: 'So many tokens claim to have registered this shipment that nobody can say which rules it goes under.',
    cure: 'Register what is to be sent as a new shipment, once.',
  },
};

/** The ledger would record it and give it no place in the line, so that no rule would ever be applied to it. */
export function noPlace(why: keyof typeof unplaced): Problem {
  const title = 'The release has no place in its chain';
  return new Problem({ status: 422, code: 'dispatch.no-place', title, pointer: '/evt', ...unplaced[why] });
}

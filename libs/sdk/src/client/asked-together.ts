// Many questions to the hub at once, but never so many that they are a burden to it; and each chain of one gesture asked for
// once.

import type { ChainAnswer } from '@unbroken/contracts';

const AT_ONCE = 16;

/** What `ask` answers for each, in their order. After the first rejection nothing more is asked. */
export async function askedTogether<Asked, Answer>(
  all: readonly Asked[],
  ask: (one: Asked) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    answers.push(...(await Promise.all(all.slice(from, from + AT_ONCE).map(ask))));
  }
  return answers;
}

/** Who can tell of chains. */
export interface Chains {
  chain(sub: string): Promise<ChainAnswer>;
}

/** Tells each chain as it was when it was first asked for: for one gesture, and no longer. */
export function askedOnce(hub: Chains): Chains {
  const asked = new Map<string, Promise<ChainAnswer>>();
  return {
    chain: (sub) => {
      const answer = asked.get(sub) ?? hub.chain(sub);
      asked.set(sub, answer);
      return answer;
    },
  };
}

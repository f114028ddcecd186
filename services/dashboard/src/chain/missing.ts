// Statements that something recorded refers to and that nobody has sent yet.

import type { ChainView } from '@unbroken/contracts';
import { isMalformed } from '@unbroken/custody';
import type { ChainState } from '@unbroken/custody';

export function missingFrom({ history, gaps }: ChainState): ChainView['missing'] {
  const known = new Set<string>(history.map(({ tid }) => tid));
  return history
    .filter(({ tid }) => gaps.includes(tid))
    .flatMap((recorded) => {
      if (isMalformed(recorded)) return [];
      const { claims, tid: neededBy } = recorded;
      const needed = [
        ...('prev' in claims ? [claims.prev] : []),
        ...('rel' in claims && claims.rel !== undefined ? [claims.rel] : []),
      ];
      return needed.filter((tid) => !known.has(tid)).map((tid) => ({ tid, neededBy }));
    });
}

// Statements that something recorded refers to and that nobody has sent yet.

import type { ChainView } from '@unbroken/contracts';
import { isMalformed, references } from '@unbroken/custody';
import type { ChainState } from '@unbroken/custody';

export function missingFrom({ history, gaps }: ChainState): ChainView['missing'] {
  const known = new Set<string>(history.map(({ tid }) => tid));
  return history
    .filter(({ tid }) => gaps.includes(tid))
    .flatMap((recorded) => {
      if (isMalformed(recorded)) return [];
      const missing = new Set(references(recorded).filter((tid) => !known.has(tid)));
      return [...missing].map((tid) => ({ tid, neededBy: recorded.tid }));
    });
}

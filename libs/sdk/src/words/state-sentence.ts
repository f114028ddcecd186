// The one sentence about a chain that matters, and the sign that goes before it.

import type { ChainAnswer } from '@unbroken/contracts';
import type { Mark } from '@unbroken/words';

export { stateSentence } from '@unbroken/words';

/** ◐ while an offer waits for its second signature, ● once a hand-off has both, ○ for what never left. */
export function stateMark(state: ChainAnswer['state']): Mark {
  if (state === null || !('holder' in state)) return '·';
  if (state.offer !== null) return '◐';
  if (state.status === 'void') return '○';
  return state.status === 'prepared' ? '·' : '●';
}

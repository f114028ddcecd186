// Where a line token goes.

import type { TokenId } from '@unbroken/tokens';

/** Where the next line token goes: on `prev`, numbered `seq`. */
export interface Place {
  readonly prev: TokenId;
  readonly seq: number;
}

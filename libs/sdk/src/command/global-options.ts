// The options every command has.

import type { KeyId, PartyId } from '@unbroken/tokens';

export interface GlobalOptions {
  readonly hub?: string;
  readonly home?: string;
  readonly as?: PartyId;
  readonly key?: KeyId;
  readonly json?: true;
  readonly wait: number;
}

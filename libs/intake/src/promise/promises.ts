// What an answer promises of the tokens that were taken (docs/protocol, section 8): one signature for each request.

import { mintPromise } from '@unbroken/tokens/node';
import type { PromiseKey } from '@unbroken/tokens/node';
import type { Hash } from '@unbroken/tokens';
import type { Taken } from '../intake.js';

export interface PromiseParts {
  readonly key: PromiseKey;
  readonly deployment: string;
  /** The service that takes the tokens. */
  readonly service: string;
}

export class Promises {
  constructor(private readonly parts: PromiseParts) {}

  /** The signed promise of what was taken, in the order of the upload; undefined where nothing was. */
  of(taken: readonly Taken[]): string | undefined {
    const { key, deployment, service } = this.parts;
    const tokens = taken.flatMap((one) =>
      'refused' in one ? [] : [{ tid: one.token.envelope.tid, sum: one.token.hash as Hash, ...one.promised }],
    );
    return tokens.length === 0 ? undefined : mintPromise({ iss: deployment, service, tokens }, key);
  }
}

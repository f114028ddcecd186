// What a chain has been told, statement by statement, as far as it can be read here.

import type { ChainAnswer } from '@unbroken/contracts';
import { parseStatement } from '@unbroken/manifests';
import type { Envelope } from '@unbroken/tokens';

export interface SaidInChain extends Pick<Envelope, 'tid' | 'claims'> {
  /** RFC 3339. */
  readonly recordedAt: string;
}

/** In the order of the log. */
export const saidIn = ({ tokens }: Pick<ChainAnswer, 'tokens'>): readonly SaidInChain[] =>
  tokens.flatMap(({ token, recordedAt }) => {
    if (token === undefined) return [];
    const { tid, claims } = parseStatement(token);
    return [{ tid, claims, recordedAt }];
  });

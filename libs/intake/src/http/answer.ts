// The answer to an upload: 202 once kept, 200 where the client waited and has all it waited for, 422 where nothing was
// taken.

import type { TokenOutcome, TokenProblem, TokensAnswer } from '@unbroken/contracts';
import { tokenProblem } from '@unbroken/contracts';
import { Problem } from '@unbroken/platform';
import type { Taken } from '../intake.js';
import type { Until } from '../outcomes/awaited.js';
import type { KnownOutcomes } from '../outcomes/outcomes.js';

export interface Answer {
  readonly status: 200 | 202;
  readonly body: TokensAnswer;
}

/** By itself, in a batch, or as the parcels of one manifest. */
export type Sent = 'alone' | 'batch' | 'manifest';

/**
 * One line for each token, in order, with its outcome where it is known. Throws the problem where nothing was taken:
 * that of the token itself when it came alone, else one that lists every token's.
 */
export function answerTo(
  taken: readonly Taken[],
  outcomes: KnownOutcomes,
  { until, sent, promise }: { readonly until: Until; readonly sent: Sent; readonly promise: string | undefined },
): Answer {
  const refusals = taken.flatMap((one) => ('refused' in one ? [one.refused] : []));
  const [first] = refusals;
  if (first !== undefined && refusals.length === taken.length)
    throw sent === 'alone' ? first : noneTaken(refusals, sent);
  const tokens = taken.map((one) => {
    if ('refused' in one) return { refused: problemOf(one.refused) };
    return outcomes.get(one.token.hash) ?? { tid: one.token.envelope.tid };
  });
  const isThere = tokens.every((line) => 'refused' in line || ('status' in line && isSettled(line, until)));
  return { status: isThere ? 200 : 202, body: { tokens, ...(promise !== undefined && { promise }) } };
}

/** What is refused has no receipt. */
const isSettled = ({ status, receipt }: TokenOutcome, until: Until): boolean =>
  until === 'known' || status === 'refused' || receipt !== undefined;

const problemOf = (problem: Problem): TokenProblem => tokenProblem.parse(problem.toJSON());

/** Each pointer names the token's place in what was sent. */
function noneTaken(refusals: readonly Problem[], sent: 'batch' | 'manifest'): Problem {
  const list = sent === 'batch' ? '/tokens' : '/manifest/items';
  const errors = refusals.map((refused, place) => ({ ...problemOf(refused), pointer: `${list}/${place}` }));
  return new Problem({
    status: 422,
    code: 'tokens.refused',
    title: 'No token was accepted',
    detail: `None of the ${refusals.length} tokens was accepted; errors says why for each.`,
    pointer: list,
    cure: 'Correct each token as its own entry in errors says, and send them again.',
    extra: { errors },
  });
}

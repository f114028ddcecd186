// A token that was not taken, as the problem its sender reads (RFC 9457).

import type { TokenRefused } from '@unbroken/tokens';
import { Problem } from '@unbroken/platform';

/** Why these bytes are no token: what, where in it, and the cure. */
export const refusalProblem = (refusal: TokenRefused): Problem =>
  new Problem({
    status: 422,
    code: refusal.code,
    title: 'The token was not accepted',
    detail: refusal.message,
    ...(refusal.pointer === undefined ? {} : { pointer: refusal.pointer }),
    cure: refusal.cure,
  });

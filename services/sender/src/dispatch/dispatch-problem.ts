// A release that was held back, as its sender reads it: the first rule it breaks, and all of them in `errors`.

import type { Policy } from '@unbroken/custody';
import { Problem } from '@unbroken/platform';
import { dispatchCures } from './dispatch-cures.js';
import type { DispatchCode } from './dispatch-cures.js';

export function dispatchProblem(codes: readonly DispatchCode[], policy: Policy): Problem {
  const errors = codes.map((code) => ({ code, ...dispatchCures[code](policy) }));
  return new Problem({
    status: 422,
    code: codes[0] ?? 'dispatch.refused',
    title: 'The shipment may not leave like this',
    detail: errors.map(({ detail }) => detail).join(' '),
    pointer: '/evt',
    cure: errors.map(({ cure }) => cure).join(' '),
    extra: { errors },
  });
}

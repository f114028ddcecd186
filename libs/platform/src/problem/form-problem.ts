// A body of the wrong form, every mistake with its place.

import type { z } from 'zod';
import { Problem } from './problem.js';

/** 400 body.form; `errors` holds one entry for each mistake, the first one also stands in `detail` and `pointer`. */
export function formProblem(issues: z.ZodError['issues']): Problem {
  const errors = issues.map((issue) => ({ pointer: jsonPointer(issue.path), detail: issue.message }));
  const [first] = errors;
  return new Problem({
    status: 400,
    code: 'body.form',
    title: 'The body has the wrong form',
    detail: first?.detail ?? 'The body has the wrong form',
    pointer: first?.pointer ?? '',
    cure: 'Correct the members named in errors and send the request again',
    extra: { errors },
  });
}

/** RFC 6901. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

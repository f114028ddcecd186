// A query read by its schema. Unknown parameters are mistakes like any other.

import { Problem, jsonPointer } from '@unbroken/platform';
import type { z } from 'zod';

/** @throws Problem 400 query.form naming every mistake */
export function readQuery<T extends z.ZodType>(schema: T, given: unknown): z.infer<T> {
  const result = schema.safeParse(given ?? {});
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({ pointer: jsonPointer(path), detail: message }));
  throw new Problem({
    status: 400,
    code: 'query.form',
    title: 'The query cannot be read',
    detail: errors[0]?.detail ?? 'The query has the wrong form',
    pointer: errors[0]?.pointer ?? '',
    cure: 'Correct the parameters named in errors and ask again',
    extra: { errors },
  });
}

// A body of the wrong form, every mistake with its place and in words.

import { faultsIn } from '@unbroken/custody';
import type { Fault } from '@unbroken/custody';
import type { z } from 'zod';
import { Problem } from './problem.js';

type Issue = z.core.$ZodIssue;

interface Mistake {
  /** RFC 6901. */
  readonly pointer: string;
  readonly detail: string;
}

/** 400 body.form; `errors` holds one entry for each mistake, the first one also stands in `detail` and `pointer`. */
export function formProblem(issues: readonly Issue[]): Problem {
  const errors = faultsIn(issues).map(mistakeOf);
  const [first = { pointer: '', detail: 'The body has the wrong form' }] = errors;
  return new Problem({
    status: 400,
    code: 'body.form',
    title: 'The body has the wrong form',
    ...first,
    cure: 'Correct the members named in errors and send the request again',
    extra: { errors },
  });
}

/** What goes on after the member's name gets it; a sentence stands alone. */
function mistakeOf({ path, what }: Fault): Mistake {
  const last = path.at(-1);
  const named = what === UNKNOWN ? JSON.stringify(last) : last === undefined ? 'The body' : nameOf(path);
  return { pointer: jsonPointer(path), detail: /^[a-z]/.test(what) ? `${named} ${what}` : what };
}

const UNKNOWN = 'is not a member here';

/** Of an entry the list is named, for a number alone says nothing. */
function nameOf(path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  const list = path.at(-2);
  return typeof last === 'number' && list !== undefined ? `${String(list)}[${last}]` : String(last);
}

/** RFC 6901. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

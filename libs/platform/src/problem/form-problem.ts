// A body of the wrong form, every mistake with its place and in words.

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
  const errors = issues.flatMap(mistakesIn);
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

/** Members that nobody knows are a mistake each, at their own place. */
function mistakesIn(issue: Issue): readonly Mistake[] {
  if (issue.code !== 'unrecognized_keys') return [{ pointer: jsonPointer(issue.path), detail: told(issue) }];
  return issue.keys.map((key) => ({
    pointer: jsonPointer([...issue.path, key]),
    detail: `${JSON.stringify(key)} is not a member here`,
  }));
}

/** A schema's own words go on after the member's name, "is not one line" or so; the library's own stand alone. */
function told(issue: Issue): string {
  const what = issue.path.length === 0 ? 'The body' : String(issue.path.at(-1));
  if (issue.code !== 'invalid_type') return /^[a-z]/.test(issue.message) ? `${what} ${issue.message}` : issue.message;
  // What was given is no longer part of the issue; of a missing member the library's own message tells.
  const isMissing = issue.message.endsWith('received undefined');
  return isMissing ? `${what} is missing` : `${what} must be ${withArticle(issue.expected)}`;
}

const withArticle = (type: string): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;

/** RFC 6901. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

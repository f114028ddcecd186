// What is wrong with something that was read by a schema, in words: the schema library's own speak of its types and patterns
// to whoever wrote them.

import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

export interface Fault {
  readonly path: Path;
  /** Goes on after the member's name: "is missing"; or a sentence of its own. */
  readonly what: string;
}

/** Every fault at its own place; a member that nobody knows is one each. */
export const faultsIn = (issues: readonly Issue[]): readonly Fault[] => issues.flatMap(faultsOf);

function faultsOf(issue: Issue): readonly Fault[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], what: 'is not a member here' }));
    case 'invalid_union':
      return ofUnion(issue);
    default:
      return [{ path, what: isOwn(issue) ? issue.message : whatIs(issue) }];
  }
}

/** Told is what is wrong with the form that it comes nearest to. */
function ofUnion(issue: z.core.$ZodIssueInvalidUnion): readonly Fault[] {
  const { path, errors, options = [] } = issue as typeof issue & { readonly options?: readonly unknown[] };
  if (options.length > 0) return [{ path, what: oneOf(options) }];
  const [nearest] = [...errors].sort((a, b) => a.length - b.length);
  if (nearest === undefined) return [{ path, what: 'is not of its form' }];
  return faultsIn(nearest).map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
}

/** Said by the schema itself, and not by the library. */
const isOwn = ({ message }: Issue): boolean => !/^(?:Invalid|Too|Unrecognized)\b/.test(message);

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? `must be ${String(values[0])}` : `must be one of ${values.map(String).join(', ')}`;

const types: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
  tuple: 'an array',
};

const formats: Readonly<Record<string, string>> = {
  date: 'is not a date, such as 2026-12-24',
  datetime: 'is not a time, such as 2026-12-24T09:00:00Z',
  email: 'is not an e-mail address',
  uuid: 'is not an id as it was given out here',
};

function whatIs(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      // What was given is no longer part of the issue; of a missing member the library's own message tells.
      return issue.message.endsWith('received undefined')
        ? 'is missing'
        : `must be ${types[issue.expected] ?? `of type ${issue.expected}`}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
      return issue.minimum === 1 && issue.origin !== 'number' && issue.origin !== 'int'
        ? 'is empty'
        : `is ${bounds(issue.origin)[0]} ${String(issue.minimum)}${bounds(issue.origin)[2]}`;
    case 'too_big':
      return `is ${bounds(issue.origin)[1]} ${String(issue.maximum)}${bounds(issue.origin)[2]}`;
    case 'invalid_format':
      return formats[issue.format] ?? 'is not of its form';
    case 'invalid_key':
      return 'is no name for a member here';
    default:
      return 'is not of its form';
  }
}

const bounds = (origin: string): readonly [least: string, most: string, of: string] => {
  if (origin === 'string') return ['shorter than', 'longer than', ' characters'];
  return origin === 'array' ? ['shorter than', 'longer than', ' entries'] : ['less than', 'more than', ''];
};

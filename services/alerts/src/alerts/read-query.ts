// The query of the list of alerts, read by its schema. What is wrong with it is said in words: which parameter, what it
// allows, and the cure.

import { alertStates, alertsQuery } from '@unbroken/contracts';
import type { AlertsQuery } from '@unbroken/contracts';
import { Problem, jsonPointer } from '@unbroken/platform';
import type { z } from 'zod';

interface Parameter {
  readonly allows: string;
  readonly cure: string;
}

const states = ['open', ...alertStates].join(', ');

const parameters: Readonly<Record<keyof AlertsQuery, Parameter>> = {
  state: {
    allows: `one of ${states} or all`,
    cure: 'Give one of these states, or leave state out for the alerts that are open',
  },
  sub: {
    allows: 'the id of a shipment: 17 characters, of which the last one fits the others; or the name of a log',
    cure: 'Compare the id with the label, or leave sub out for the alerts of all shipments',
  },
  party: {
    allows: 'the id of a party: 3 to 40 of a to z, 0 to 9 and dashes, no dash at either end',
    cure: 'Give the id a party is registered under, or leave party out for the alerts of all parties',
  },
  cursor: {
    allows: 'what the page before gave as its cursor',
    cure: 'Leave cursor out to begin at the newest alert, or give the one of the page before as it is',
  },
  limit: {
    allows: 'a whole number from 1 to 500',
    cure: 'Give such a number, or leave limit out for 50 alerts a page',
  },
};

const LONGEST_SHOWN = 40;

interface Mistake {
  readonly pointer: string;
  readonly detail: string;
  readonly cure: string;
}

/** @throws Problem 400 query.form, every mistake in `errors` and the first one in the problem itself */
export function readQuery(given: Readonly<Record<string, unknown>>): AlertsQuery {
  const result = alertsQuery.safeParse(given);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => namesIn(issue).map((name) => mistakeIn(name, given[name])));
  const [first = { detail: 'The query has the wrong form', cure: 'Correct the query and ask again' }] = errors;
  throw new Problem({
    status: 400,
    code: 'query.form',
    title: 'The query cannot be read',
    ...first,
    extra: { errors },
  });
}

const namesIn = (issue: z.core.$ZodIssue): readonly string[] =>
  issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(0, 1).map(String);

function mistakeIn(name: string, value: unknown): Mistake {
  const pointer = jsonPointer([name]);
  if (!isParameter(name)) {
    const detail = `${shown(name)} is not a parameter here`;
    return { pointer, detail, cure: `Leave it out, or use one of ${Object.keys(parameters).join(', ')}` };
  }
  const { allows, cure } = parameters[name];
  // A parameter given twice arrives as a list.
  if (typeof value !== 'string') return { pointer, detail: `${name} is given more than once`, cure: 'Give it once' };
  return { pointer, detail: `${name} is ${shown(value)}; it must be ${allows}`, cure };
}

const isParameter = (name: string): name is keyof AlertsQuery => Object.hasOwn(parameters, name);

const shown = (text: string): string =>
  JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);

// What a gateway may sign beside `imported`: statements of its own party about parcels in its own hands. What takes a person (an
// approval, a confirmation that it came unopened) or a look at seals is not among them.

import { catalogue } from '@unbroken/custody';
import type { EventDefinition } from '@unbroken/custody';
import { jsonPointer } from '@unbroken/platform/process';
import { z } from 'zod';
import type { MappedClaim, MappedCode } from './mapping.js';
import type { MappingMistake } from './mapping-refused.js';

const SIGNABLE = ['accepted', 'released', 'withdrawn', 'refused', 'attempted', 'held', 'reported'];

/** Undefined for what a gateway may not sign, and for what is no event. */
export const signable = (evt: string): EventDefinition | undefined =>
  SIGNABLE.includes(evt) ? catalogue.get(evt) : undefined;

const namesOfSignable = (): string => SIGNABLE.filter((evt) => catalogue.has(evt)).join(', ');

/** Claims of the token that the gateway fills in by itself, as they look. */
const filled = (place: EventDefinition['place']) => ({
  iss: 'our-party',
  sub: '0'.repeat(17),
  jti: 'A'.repeat(22),
  iat: 0,
  prev: 'A'.repeat(43),
  ...(place === 'line' ? { seq: 1 } : {}),
  when: 0,
  src: 'A'.repeat(43),
});

const OWN = ['iss', 'sub', 'jti', 'iat', 'evt', 'prev', 'seq', 'when', 'src', 'at'];

/** What is wrong with one line of the table of codes. */
export function codeMistakes(code: string, mapped: MappedCode): readonly MappingMistake[] {
  const path = jsonPointer(['codes', code]);
  if (mapped === 'skip') return [];
  if ('what' in mapped) {
    const event = catalogue.get('imported') as EventDefinition;
    const { issues } = issuesOf(event, { evt: 'imported', what: mapped.what });
    const wrong = 'is not one word of small letters, digits and dashes, such as delivered';
    return issues.map(() => ({ path: `${path}/what`, wrong }));
  }
  const event = signable(mapped.evt);
  if (event === undefined) {
    return [
      {
        path: `${path}/evt`,
        wrong: `is nothing that a gateway signs: ${namesOfSignable()}; else leave it and give "what"`,
      },
    ];
  }
  const own = Object.keys(mapped.claims).filter((name) => OWN.includes(name));
  if (own.length > 0) {
    return own.map((name) => ({ path: `${path}/claims/${name}`, wrong: 'is filled in by the gateway: leave it out' }));
  }
  return claimMistakes(path, event, mapped.claims);
}

/** Of claims that a line will bring it is only asked that the event knows them. */
function claimMistakes(
  path: string,
  event: EventDefinition,
  claims: Readonly<Record<string, MappedClaim>>,
): readonly MappingMistake[] {
  const later = new Set(Object.keys(claims).filter((name) => typeof claims[name] === 'object'));
  const { issues } = issuesOf(event, { evt: event.evt, ...claims });
  return issues.flatMap((issue): MappingMistake[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((name) => ({ path: `${path}/claims/${name}`, wrong: `is no claim of ${event.evt}` }));
    }
    const name = String(issue.path[0] ?? '');
    if (later.has(name)) return [];
    const wrong =
      name in claims ? `is not of the form that ${event.evt} asks for` : `is missing: ${event.evt} asks for it`;
    return [{ path: `${path}/claims/${name}`, wrong }];
  });
}

function issuesOf({ claims, place }: EventDefinition, said: object): { readonly issues: readonly z.core.$ZodIssue[] } {
  return { issues: claims.safeParse({ ...filled(place), ...said }).error?.issues ?? [] };
}

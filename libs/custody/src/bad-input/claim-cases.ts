// One fault in one claim of a statement that is otherwise in order, with what must become of it.

import type { PartyEvent, ShipmentEvent } from '../events/catalogue.js';
import type { BadCase } from './bad-case.js';
import { signedBy } from './cast.js';
import type { Claims } from './cast.js';
import { asked } from './asked.js';
import { malformed, recorded, refused } from './outcome.js';
import type { Outcome } from './outcome.js';
import type { Position } from './positions.js';
import type { WrongValue } from './wrong-value.js';

type Made = Omit<BadCase, 'token' | 'arrival' | 'position' | 'evt'> & { readonly payload: string };

/** Every fault of every claim of an event. */
export async function claimCases(evt: ShipmentEvent | PartyEvent, position: Position): Promise<readonly BadCase[]> {
  const made = [...basicFaults(position.good), ...ownFaults(evt, position), unknownClaim(position.good)];
  const arrival = { recordedAt: (position.now + 60) * 1000 };
  return Promise.all(
    made.map(async ({ payload, ...rest }) => ({
      ...rest,
      evt,
      position,
      arrival,
      token: await signedBy(position.by, payload),
    })),
  );
}

const without = (claims: Claims, name: string): Claims =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

/** A value that JSON.stringify does not spell so is put in by its spelling. */
function payloadOf(good: Claims, claim: string, { value, spelled }: Pick<WrongValue, 'value' | 'spelled'>): string {
  if (spelled === undefined) return JSON.stringify({ ...good, [claim]: value });
  return JSON.stringify({ ...good, [claim]: 'SPELLED' }).replace('"SPELLED"', spelled);
}

const types: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['true', true],
  ['a list', []],
  ['an object', {}],
  ['empty', ''],
];

/** Without these five nobody knows who says what about which thing, so that the token is refused. */
const basic: Readonly<Record<string, readonly (readonly [string, unknown])[]>> = {
  iss: [
    ...types,
    ['a number', 7],
    ['of two characters', 'ab'],
    ['in capitals', 'POST'],
    ['with a line feed', 'post\n'],
  ],
  sub: [
    ...types,
    ['a number', 7],
    ['with a wrong check character', '7K2M9QX4T1B8ZC3V3'],
    ['a URL', 'https://x.example'],
  ],
  jti: [...types, ['a number', 7], ['of 15 bytes', 'A'.repeat(20)], ['with left-over bits', `${'A'.repeat(21)}B`]],
  iat: [...types, ['text', '1793577600'], ['negative', -1], ['with a fraction', 1.5], ['beyond 2^53', 2 ** 53]],
  evt: [...types, ['a number', 7], ['in capitals', 'ACCEPTED'], ['of 32 letters', 'a'.repeat(32)]],
};

function basicFaults(good: Claims): Made[] {
  return Object.entries(basic).flatMap(([claim, values]): Made[] => {
    const expected = refused('token.claim', `/${claim}`);
    return [
      { subject: claim, wrong: 'missing', payload: JSON.stringify(without(good, claim)), expected },
      ...values.map(([wrong, value]) => ({
        subject: claim,
        wrong,
        payload: JSON.stringify({ ...good, [claim]: value }),
        expected,
      })),
    ];
  });
}

const OPTIONAL = 'it may be left out';

function ownFaults(evt: ShipmentEvent | PartyEvent, { good, beside, found }: Position): Made[] {
  return Object.entries(asked[evt]).flatMap(([written, form]): Made[] => {
    const claim = written.replace('?', '');
    const optional = written.endsWith('?');
    const leftOut: Made = {
      subject: claim,
      wrong: optional ? 'left out' : 'missing',
      payload: JSON.stringify(without(good, claim)),
      expected: optional ? recorded(...found) : malformed(`${claim}:missing`),
      ...(optional && { because: OPTIONAL }),
    };
    const right = good[claim] ?? beside[claim];
    if (right === undefined) throw new Error(`no ${evt} is known that has a ${claim}`);
    const faults = form(right);
    return [
      ...(faults.some(({ wrong }) => wrong === leftOut.wrong) ? [] : [leftOut]),
      ...faults.map((fault) => ({
        subject: claim,
        wrong: fault.wrong,
        payload: payloadOf(good, claim, fault),
        expected: expectedOf(claim, fault),
      })),
    ];
  });
}

function expectedOf(claim: string, { below, fault, refused: refusal }: WrongValue): Outcome {
  if (refusal === undefined) return malformed(`${below === undefined ? claim : `${claim}.${below}`}:${fault}`);
  return refused(refusal.code, refusal.pointer === undefined ? undefined : `/${claim}${refusal.pointer}`);
}

const unknownClaim = (good: Claims): Made => ({
  subject: 'any other claim',
  wrong: 'there',
  payload: JSON.stringify({ ...good, extra: 1 }),
  expected: malformed('extra:unknown'),
});

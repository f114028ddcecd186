// What is wrong with the body of a request, and what its sender is told: stated by hand, each is a test
// (test/conformance/bad-requests.test.ts), and the last chapter of bad-input.md.

import {
  alertAssignment,
  alertDecision,
  calledBack,
  codeAsked,
  codeConfirmation,
  guestDetails,
  incidentAct,
  incidentOpening,
  shipmentDraft,
  splitViewReport,
  tokensBody,
} from '@unbroken/contracts';
import { policyDocument } from '@unbroken/custody';

/**
 * `change` replaces members of a body that is right, `undefined` leaves one out.
 * @typedef {{ wrong: string, change: Record<string, unknown>, pointer: string, detail: string }} Fault
 * @typedef {{ schema: import('zod').ZodType, good: Record<string, unknown>, faults: readonly Fault[] }} Route
 */

const gone = undefined;
const alert = '018f6a1e-7d4b-4b7e-9b4e-2f1d3c5a7e90';
const salt = 'A'.repeat(43);

/** @type {(wrong: string, change: Record<string, unknown>, pointer: string, detail: string) => Fault} */
const told = (wrong, change, pointer, detail) => ({ wrong, change, pointer, detail });

/** @type {(sign: string, pointer: string, name: string, change: Record<string, unknown>) => Fault} */
const unseen = (sign, pointer, name, change) =>
  told(
    `with ${sign}`,
    change,
    pointer,
    `${name} holds signs that nobody sees: of another line, or of another direction`,
  );

/** What any body may have that none should. */
const unknown = told('another member', { colour: 'red' }, '/colour', '"colour" is not a member here');

/** @type {(name: string) => readonly Fault[]} */
const line = (name) => [
  told('missing', { [name]: gone }, `/${name}`, `${name} is missing`),
  told('a number', { [name]: 7 }, `/${name}`, `${name} must be a string`),
  told('empty', { [name]: '' }, `/${name}`, `${name} is not one line of 1 to 500 characters`),
  told('of two lines', { [name]: 'a\nb' }, `/${name}`, `${name} is not one line of 1 to 500 characters`),
  told('too long', { [name]: 'a'.repeat(501) }, `/${name}`, `${name} is not one line of 1 to 500 characters`),
  unseen('U+2028', `/${name}`, name, { [name]: 'a\u2028b' }),
  unseen('U+202E', `/${name}`, name, { [name]: 'a\u202Eb' }),
];

/** @type {(name: string) => readonly Fault[]} */
const party = (name) => [
  told('missing', { [name]: gone }, `/${name}`, `${name} is missing`),
  told('no party id', { [name]: 'The Post' }, `/${name}`, `${name} is not a party id`),
];

/** @type {readonly Fault[]} */
const alerts = [
  told('missing', { alerts: gone }, '/alerts', 'alerts is missing'),
  told('no list', { alerts: alert }, '/alerts', 'alerts must be an array'),
  told('empty', { alerts: [] }, '/alerts', 'alerts is empty'),
  told('no id in it', { alerts: ['1'] }, '/alerts/0', 'alerts[0] is not an id as it was given out here'),
];

const acts = 'join, acknowledge, clock, phase, notified, not-notified, people-told, hold, release-hold, note, close';

/** @type {(act: object) => Record<string, unknown>} */
const act = (members) => ({ reason: 'seen', ...members });

/** By method and path. @type {Readonly<Record<string, Route>>} */
export const routes = {
  'POST /{service}/v1/tokens': {
    schema: tokensBody,
    good: { tokens: ['a.b.c'] },
    faults: [
      told('missing', { tokens: gone }, '/tokens', 'tokens is missing'),
      told('empty', { tokens: [] }, '/tokens', 'tokens is empty'),
      told('501 of them', { tokens: Array(501).fill('a.b.c') }, '/tokens', 'tokens is longer than 500 entries'),
      told('a number in it', { tokens: [7] }, '/tokens/0', 'tokens[0] must be a string'),
      told('as text', { clock: '1793577600' }, '/clock', 'clock must be a number'),
      told('before 1970', { clock: -1 }, '/clock', 'clock is less than 0'),
      unknown,
    ],
  },
  'POST /sender/v1/shipments': {
    schema: shipmentDraft,
    good: {
      iss: 'health-agency',
      kind: 'physical',
      to: 'post',
      class: 'internal',
      enc: { how: 'none' },
      due: 1,
      pieces: 1,
      contents: { text: 'discs' },
    },
    faults: [
      told('missing', { contents: gone }, '/contents', 'contents is missing'),
      told('empty text', { contents: { text: '' } }, '/contents/text', 'text is empty'),
      told(
        'no hash',
        { contents: { commitment: 'x' } },
        '/contents/commitment',
        'commitment is not a hash, 43 characters of base64url',
      ),
      told('no hash', { policy: 'x' }, '/policy', 'policy is not a hash, 43 characters of base64url'),
      unknown,
    ],
  },
  'POST /registry/v1/policies': {
    schema: policyDocument,
    good: {},
    faults: [
      told('missing', {}, '/format', 'format must be custody-policy/1'),
      told('another', { format: 'custody-policy/2' }, '/format', 'format must be custody-policy/1'),
    ],
  },
  'POST /alerts/v1/alerts/{id}/acknowledge and …/resolve': {
    schema: alertDecision,
    good: { by: 'post', reason: 'seen' },
    faults: [...party('by'), ...line('reason'), unknown],
  },
  'POST /alerts/v1/alerts/{id}/assign': {
    schema: alertAssignment,
    good: { by: 'post', to: 'post', contact: 'anna', reason: 'hers' },
    faults: [
      ...party('by'),
      ...party('to'),
      told('a name', { contact: 'Anna Hansen' }, '/contact', 'contact is not the id of a contact'),
      ...line('reason'),
      unknown,
    ],
  },
  'POST /alerts/v1/incidents': {
    schema: incidentOpening,
    good: { alerts: [alert], reason: 'one van' },
    faults: [...alerts, ...line('reason'), unknown],
  },
  'POST /alerts/v1/incidents/{id}/acts': {
    schema: incidentAct,
    good: act({ act: 'hold' }),
    faults: [
      told('missing', { act: gone }, '/act', `act must be one of ${acts}`),
      told('another', { act: 'sing' }, '/act', `act must be one of ${acts}`),
      told('`clock` of nobody', { act: 'clock' }, '/aware', 'aware must be one of controller, processor'),
      told(
        '`clock` at no time',
        { act: 'clock', aware: 'controller', at: 'noon' },
        '/at',
        'at is not a time, such as 2026-12-24T09:00:00Z',
      ),
      told('`join` of none', { act: 'join', alerts: [] }, '/alerts', 'alerts is empty'),
      told('`notified` nobody', { act: 'notified' }, '/authority', 'authority is missing'),
      unseen('U+202B', '/text', 'text', { act: 'note', text: 'a\u202Bb' }),
      told('`note` without text', { act: 'note', text: '' }, '/text', 'text is not text of 1 to 4,000 characters'),
      told(
        '`phase` of another item',
        { act: 'phase', said: { guess: 'x' } },
        '/said/guess',
        '"guess" is not a member here',
      ),
      ...line('reason'),
      unknown,
    ],
  },
  'POST /alerts/v1/split-views': {
    schema: splitViewReport,
    good: { first: 'a', second: 'b', proof: [] },
    faults: [
      told('missing', { first: gone }, '/first', 'first is missing'),
      told('too long', { second: 'a'.repeat(20_001) }, '/second', 'second is longer than 20000 characters'),
      told('no list', { proof: '' }, '/proof', 'proof must be an array'),
      told('too many', { proof: Array(65).fill('') }, '/proof', 'proof is longer than 64 entries'),
      unknown,
    ],
  },
  'POST /receiver/v1/guests': {
    schema: guestDetails,
    good: { name: 'A guest', email: 'guest@example.org', salt },
    faults: [
      told('missing', { name: gone }, '/name', 'name is missing'),
      unseen('U+2066', '/name', 'name', { name: 'A\u2066 guest' }),
      told('none', { email: 'nobody' }, '/email', 'email is not an e-mail address'),
      told(
        'without its country',
        { email: gone, phone: '12345678' },
        '/phone',
        'phone is not a number with its country, such as +4512345678',
      ),
      told('of another', { language: 'nl' }, '/language', 'language must be one of en, da, fr'),
      told('too short', { salt: 'A' }, '/salt', 'salt is not 32 bytes of base64url'),
      unknown,
    ],
  },
  'POST /receiver/v1/codes': {
    schema: codeAsked,
    good: { sub: '7K2M9QX4T1B8ZC3V2' },
    faults: [told('missing', { sub: gone }, '/sub', 'sub is missing'), unknown],
  },
  'POST /receiver/v1/codes/confirm': {
    schema: codeConfirmation,
    good: { sub: '7K2M9QX4T1B8ZC3V2', code: 'AB12', pieces: 1, unopened: true },
    faults: [
      told('missing', { code: gone }, '/code', 'code is missing'),
      told('too long', { code: 'A'.repeat(41) }, '/code', 'code is longer than 40 characters'),
      told('with a fraction', { pieces: 1.5 }, '/pieces', 'pieces must be a whole number'),
      told('below none', { pieces: -1 }, '/pieces', 'pieces is less than 0'),
      told('as text', { unopened: 'true' }, '/unopened', 'unopened must be true or false'),
      told('a number of no seal', { seals: { 'S 1': 'intact' } }, '/seals/S 1', 'S 1 is no name for a member here'),
      told(
        'seen otherwise',
        { seals: { 'S-1': 'gone' } },
        '/seals/S-1',
        'S-1 must be one of intact, broken, missing, other, unobserved',
      ),
      unknown,
    ],
  },
  'POST /receiver/v1/found/{callback}/called-back': {
    schema: calledBack,
    good: { witnessed: salt },
    faults: [
      told('missing', { witnessed: gone }, '/witnessed', 'witnessed is missing'),
      told(
        'no token id',
        { witnessed: 'x' },
        '/witnessed',
        'witnessed is not the id of a token, 43 characters of base64url',
      ),
      unknown,
    ],
  },
};

/** The whole chapter; the same on every run. @returns {string} */
export const requestsChapter = () =>
  [
    '## Requests',
    '',
    'Answered with 400 `body.form` (a policy document: 422 `policy.form`) and every mistake in `errors`: where, as a JSON pointer,',
    'and what. The cure is to correct the members that are named. Nothing of such a request is kept.',
    '',
    ...Object.entries(routes).flatMap(([route, { faults }]) => [
      `### \`${route}\``,
      '',
      '| where | what is wrong | what the sender is told |',
      '| --- | --- | --- |',
      ...faults.map(({ wrong, pointer, detail }) => `| \`${pointer}\` | ${wrong} | ${detail} |`),
      '',
    ]),
  ].join('\n');

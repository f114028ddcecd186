// Where something was said to be: where it is to be handed over, or where it was.

import type { PartyId, SiteId } from '@unbroken/tokens';
import { statementSentence } from './statement-sentence.js';

const claims = (evt: string, more: object) =>
  ({ evt, iss: 'post' as PartyId, at: 'post/depot' as SiteId, ...more }) as unknown as Parameters<
    typeof statementSentence
  >[0];
const told = (evt: string, more: object) => statementSentence(claims(evt, more), (party) => party ?? '');

it.each([
  ['a scan', told('imported', { what: 'in-hall' }), 'at post/depot'],
  ['an attempt', told('attempted', { why: 'nobody-home' }), 'at post/depot'],
  ['an offer', told('released', { to: 'office', mode: 'meet' }), 'meant for post/depot'],
  ['an offer on the spot', told('released', { to: 'office', mode: 'meet', off: 0 }), 'at post/depot'],
])('the place of %s → as it was said', (_, sentence, place) => {
  expect(sentence.split('; ')).toContain(place);
});

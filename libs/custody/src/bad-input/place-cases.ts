// Statements that name a place in a chain which they cannot have: another chain, number, deployment, or nothing to hang on
// (docs/protocol, sections 2 and 4).

import { newJti, shipmentId } from '@unbroken/tokens';
import type { TokenId } from '@unbroken/tokens';
import type { FindingCode } from '../finding.js';
import type { BadCase } from './bad-case.js';
import { parties } from './cast.js';
import { malformed, recorded, waiting } from './outcome.js';
import type { Outcome } from './outcome.js';
import type { Position } from './positions.js';
import { cased, NOWHERE } from './saying.js';
import type { Saying } from './saying.js';

/** Where it stands: what it hangs on, its number, its chain, its deployment. */
export async function placeCases(
  evt: string,
  position: Position,
  remark: TokenId | undefined,
): Promise<readonly BadCase[]> {
  const { good, found, parcel } = position;
  const seq = Number(good['seq']);
  const sub = parcel === null ? parties.courier : shipmentId(parties.stranger, newJti());
  const otherSub = parcel === null ? 'to another party' : 'to another parcel';
  const onNothing = recorded(...found, 'chain.gap');
  // Who brings the key along is known by nothing else.
  const unread = (reason: string) => (evt === 'established' || evt === 'rooted' ? waiting : malformed(reason));
  const sayings: Saying[] = [
    { subject: 'evt', wrong: 'not known here', change: { evt: 'teleported' }, expected: unread('evt:unknown') },
    {
      subject: 'sub',
      wrong: parcel === null ? 'a parcel' : 'a party',
      change: { sub: parcel === null ? shipmentId(parties.sender, newJti()) : parties.sender },
      expected: unread('sub:form'),
    },
  ];
  if ('aud' in good) {
    const expected = malformed('aud:other-deployment');
    sayings.push({ subject: 'aud', wrong: 'another deployment', change: { aud: 'elsewhere' }, expected });
  }
  if ('prev' in good) {
    sayings.push({ subject: 'prev', wrong: 'a token that is nowhere', change: { prev: NOWHERE }, expected: onNothing });
    if (remark !== undefined) {
      sayings.push({ subject: 'prev', wrong: 'a remark', change: { prev: remark }, expected: placeless(found) });
    }
    if (parcel !== null) sayings.push({ subject: 'sub', wrong: otherSub, change: { sub }, expected: onNothing });
  } else if (parcel !== null) {
    sayings.push({ subject: 'sub', wrong: 'not made of `iss` and `jti`', change: { sub }, expected: placeless(found) });
  }
  if ('seq' in good) {
    const expected = placeless(found);
    sayings.push({ subject: 'seq', wrong: 'one too high', change: { seq: seq + 1 }, expected });
    if (seq > 0) sayings.push({ subject: 'seq', wrong: '0', change: { seq: 0 }, expected });
  }
  return cased(evt, position, sayings);
}

const placeless = (found: readonly FindingCode[]): Outcome => recorded('token.malformed', ...found);

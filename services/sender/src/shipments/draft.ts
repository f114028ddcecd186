// Drafting a shipment: what the sender says becomes the complete claims of `registered`, ready to be signed where the
// key is. Nothing of a draft is kept here.

import type { DraftAnswer, ShipmentDraft } from '@unbroken/contracts';
import { shipmentDraft } from '@unbroken/contracts';
import { readClaims, s10Fault } from '@unbroken/custody';
import type { ShipmentClaims } from '@unbroken/custody';
import { Problem } from '@unbroken/platform';
import { base64url, commitment, formatShipmentId, isPartyId, newJti, newSalt, shipmentId } from '@unbroken/tokens';
import type { Hash, PartyId } from '@unbroken/tokens';

/** The claims to sign, and the salt that opens the commitment where the contents were given as text. */
export type Drafted = Pick<DraftAnswer, 'sub' | 'label' | 'claims' | 'salt'>;

export interface Drafting {
  readonly deployment: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Names the policy where the draft names none. */
  readonly policyOf: (sender: PartyId) => Hash;
}

/**
 * Completes the claims. Throws a ZodError or a Problem 422 with a pointer for what the ledger would record as
 * malformed, and for carriers' numbers whose check digit is wrong.
 */
export function draft(body: unknown, { deployment, now, policyOf }: Drafting): Drafted {
  const { contents, policy, iss, ...said } = shipmentDraft.parse(body);
  if (!isPartyId(iss)) throw draftProblem('/iss', 'iss is not a party id.');
  const committed = commit(contents);
  const jti = newJti();
  const sub = shipmentId(iss, jti);
  const fixed = { iss, sub, jti, iat: Math.floor(now / 1000), evt: 'registered', seq: 0, aud: deployment };
  const rules = { contents: committed.contents, policy: policy ?? policyOf(iss) };
  const claims = registeredClaims({ ...fixed, ...said, ...rules }, deployment);
  refuseMistypedNumbers(claims.refs);
  return { sub, label: formatShipmentId(sub), claims, ...(committed.salt && { salt: committed.salt }) };
}

function commit(contents: ShipmentDraft['contents']): { readonly contents: string; readonly salt?: string } {
  if ('commitment' in contents) return { contents: contents.commitment };
  const salt = newSalt();
  return { contents: commitment(salt, contents.text), salt: base64url.encode(salt) };
}

/** Read as the ledger will read them, so that a draft is never recorded as malformed. */
function registeredClaims(claims: Record<string, unknown>, deployment: string): ShipmentClaims<'registered'> {
  const read = readClaims(claims, deployment);
  if (read.chain === 'shipment' && read.claims.evt === 'registered') return read.claims;
  const [path = 'claims', fault] = (read.chain === 'malformed' ? read.reason : 'evt:form').split(':');
  const faults: Readonly<Record<string, string>> = { missing: 'missing', unknown: 'not a claim here' };
  const detail = `${path} is ${faults[fault ?? ''] ?? 'not of its form'}.`;
  throw draftProblem(`/${path.replaceAll('.', '/')}`, detail);
}

function refuseMistypedNumbers(refs: ShipmentClaims<'registered'>['refs']): void {
  const number = refs?.['s10'];
  const fault = number === undefined ? undefined : s10Fault(number);
  if (fault === undefined) return;
  throw new Problem({
    status: 422,
    code: 'shipment.s10',
    title: 'The carrier’s number cannot be right',
    detail: `The S10 number ${fault}.`,
    pointer: '/refs/s10',
    cure: 'Compare it with the label, sign by sign; it is written like RR473124829DK, without spaces.',
  });
}

const draftProblem = (pointer: string, detail: string): Problem =>
  new Problem({
    status: 422,
    code: 'shipment.form',
    title: 'The shipment cannot be registered like this',
    detail,
    pointer,
    cure: 'Correct the member at the pointer; the forms are those of `registered` in the protocol, section 3.',
  });

// Whether a second person's approval will count (docs/protocol, section 5, `dispatch.unapproved`): two keys, each enrolled
// for a person, and not the same one. Said while it can still be put right.

import { parseStatement } from '@unbroken/manifests';
import type { ShipmentId } from '@unbroken/tokens';
import type { PartyChainState } from '@unbroken/contracts';
import type { UnbrokenClient } from '../client/unbroken-client.js';
import type { StoredKey } from '../keys/key-store.js';
import type { Doubt } from './anyway.js';

type EnrolledKey = PartyChainState['keys'][number];

const ENROL = '`unbroken party enrol --person REFERENCE`';

/** A key as its party's chain tells it; undefined where it is not enrolled. */
export async function enrolledKey(
  client: UnbrokenClient,
  { party, kid }: Pick<StoredKey, 'party' | 'kid'>,
): Promise<EnrolledKey | undefined> {
  const { state } = await client.chain(party);
  return state !== null && 'keys' in state ? state.keys.find((key) => key.kid === kid) : undefined;
}

/** Whether somebody could ever approve what this key registers. A gateway speaks for no person, and any may approve. */
export async function registrantDoubt(client: UnbrokenClient, key: StoredKey): Promise<Doubt | undefined> {
  const known = await enrolledKey(client, key);
  if (known === undefined || known.use === 'gateway' || known.person !== undefined) return undefined;
  return {
    code: 'approval.registrant-unknown',
    what: 'A parcel of this class needs the approval of a second person, and the key that registers it is enrolled for no person: no approval would count.',
    cure: `Register it with a key that was enrolled for a person: ${ENROL}.`,
  };
}

/** Why this key's approval of the parcel would not count; undefined where it will. */
export async function approvalDoubt(
  client: UnbrokenClient,
  sub: ShipmentId,
  key: StoredKey,
): Promise<Doubt | undefined> {
  const read = (await client.chain(sub)).tokens.flatMap(({ token }) =>
    token === undefined ? [] : parseStatement(token),
  );
  const opening = read.find(({ claims }) => claims.evt === 'registered');
  if (opening === undefined) return undefined;
  const { header, claims } = opening;
  if (claims.iss !== key.party) {
    return {
      code: 'approval.not-sender',
      what: `${claims.iss} sends this parcel; an approval of ${key.party} does not count.`,
      cure: 'Have a second person of the sender approve it.',
    };
  }
  const { state } = await client.chain(key.party);
  const keys = state !== null && 'keys' in state ? state.keys : [];
  const registrant = keys.find(({ kid }) => kid === header.kid);
  return personsDoubt(
    registrant,
    keys.find(({ kid }) => kid === key.kid),
  );
}

/** Why breaking the glass with this key would let nothing go: somebody known has to answer for it. */
export async function glassDoubt(client: UnbrokenClient, key: StoredKey): Promise<Doubt | undefined> {
  if ((await enrolledKey(client, key))?.person !== undefined) return undefined;
  return {
    code: 'approval.no-person',
    what: 'This key is enrolled for no person, so nobody would answer for it and nothing could leave by it.',
    cure: `Break the glass with a key that was enrolled for a person: ${ENROL}.`,
  };
}

function personsDoubt(registrant: EnrolledKey | undefined, approver: EnrolledKey | undefined): Doubt | undefined {
  if (approver?.person === undefined) {
    return {
      code: 'approval.no-person',
      what: 'This key is enrolled for no person, so its approval would not count.',
      cure: `Approve with a key that was enrolled for the second person: ${ENROL}.`,
    };
  }
  if (registrant?.person === approver.person) {
    return {
      code: 'approval.same-person',
      what: `The same person, ${approver.person}, registered the parcel, so this approval would not count.`,
      cure: `Have a second person approve it with a key of their own: ${ENROL}.`,
    };
  }
  if (registrant?.person !== undefined || registrant?.use === 'gateway') return undefined;
  return {
    code: 'approval.registrant-unknown',
    what: 'The key that registered the parcel is enrolled for no person, so nobody’s approval of it counts.',
    cure: `Declare it void with \`unbroken void\`, and register it again with a key enrolled for a person: ${ENROL}.`,
  };
}

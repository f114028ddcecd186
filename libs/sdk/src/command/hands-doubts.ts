// Asks, before anything is signed about a parcel, whether the rules will find fault with the hands that sign.

import type { ChainAnswer } from '@unbroken/contracts';
import { formatShipmentId } from '@unbroken/tokens';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import { HubProblem } from '../client/hub-errors.js';
import type { UnbrokenClient } from '../client/unbroken-client.js';
import { envelopeOf } from '../outbox/outbox-token.js';
import { namesOf } from '../words/names.js';
import type { Doubt } from './anyway.js';
import { closedDoubt, handsRules } from './hands-rules.js';
import type { Hands } from './hands-rules.js';
import type { Session } from './session.js';

/**
 * What is wrong with the acting party's signing this as `hands`, as far as the hub can know: where this device keeps what the
 * hub has not recorded yet, or where the chain is unknown or disputed, nothing is.
 * @param after which ends of the chain it may still follow (docs/protocol, section 4, rule 11)
 * @throws HubUnreachable, HubProblem
 */
export async function handsDoubts(
  session: Session,
  sub: ShipmentId,
  hands: Hands,
  { at, after = [] }: { readonly at?: string | undefined; readonly after?: readonly string[] } = {},
): Promise<readonly (Doubt | undefined)[]> {
  const signer = await session.device();
  const chain = await chainOrNone(session.client, sub);
  const { state = null } = chain ?? {};
  if (chain === undefined || state === null || !('holder' in state) || state.disputed.length > 0) return [];
  if (await knowsMore(session, chain)) return [];
  const standing = {
    signer,
    state,
    name: await namesOf(
      session.client,
      [state.holder, state.consignee, state.offer?.to].flatMap((id) => id ?? []),
    ),
    mandated: (by: string) => mandatedBy(session, by, { to: signer.party, at }),
  };
  const found =
    state.closed && !after.includes(state.status) ? closedDoubt(standing) : await handsRules[hands](standing);
  const see = `See where it is with \`unbroken chain ${formatShipmentId(sub)}\`.`;
  return [found === undefined ? undefined : { ...found, cure: `${found.cure} ${see}`.trim() }];
}

async function chainOrNone(client: UnbrokenClient, sub: string): Promise<ChainAnswer | undefined> {
  try {
    return await client.chain(sub);
  } catch (error) {
    if (error instanceof HubProblem && error.code === 'chain.unknown') return undefined;
    throw error;
  }
}

/** This device keeps a statement of the chain that the hub has not recorded, so that the hub's word is not the last. */
async function knowsMore({ outbox }: Session, { sub, tokens }: ChainAnswer): Promise<boolean> {
  const recorded = new Set(tokens.map(({ tid }) => tid));
  return (await outbox.list()).some((kept) => {
    const { tid, claims } = envelopeOf(kept);
    return kept.refused === undefined && claims.sub === sub && !recorded.has(tid);
  });
}

/** By its chain as it stands; the ledger judges by the place and the time of signing. */
async function mandatedBy(
  { client, around }: Session,
  by: string,
  { to, at }: { readonly to: PartyId; readonly at: string | undefined },
): Promise<boolean> {
  const state = (await chainOrNone(client, by))?.state ?? null;
  if (state === null || !('mandates' in state)) return false;
  return state.mandates.some(
    (mandate) =>
      mandate.to === to &&
      (mandate.site === undefined || mandate.site === at) &&
      (mandate.until === undefined || mandate.until >= around.now() / 1000),
  );
}

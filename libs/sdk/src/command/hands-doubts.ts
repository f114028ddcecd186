// Asks, before anything is signed about parcels, whether the rules will find fault with the hands that sign.

import type { ChainAnswer, ShipmentState } from '@unbroken/contracts';
import { parseStatement } from '@unbroken/manifests';
import { formatShipmentId } from '@unbroken/tokens';
import type { Envelope, PartyId, ShipmentId, TokenId } from '@unbroken/tokens';
import { askedOnce, askedTogether } from '../client/asked-together.js';
import type { Chains } from '../client/asked-together.js';
import { HubProblem } from '../client/hub-errors.js';
import { envelopeOf } from '../outbox/outbox-token.js';
import { namesOf } from '../words/names.js';
import type { Doubt } from './anyway.js';
import { closedDoubt, handsRules } from './hands-rules.js';
import type { Hands, Standing } from './hands-rules.js';
import type { Session } from './session.js';

interface When {
  readonly at?: string | undefined;
  /** Which ends of the chain it may still follow (docs/protocol, section 4, rule 11). */
  readonly after?: readonly string[];
  /** Where others ask for the same chain, too. */
  readonly chains?: Chains;
}

/** What is said beside the line is said as well of a chain that is closed. */
export const anyEnd = ['confirmed', 'destroyed', 'void'];

/**
 * What is wrong with the acting party's signing this as `hands`, as far as the hub can know: where this device keeps what the
 * hub has not recorded yet, or where the chain is unknown or disputed, nothing is.
 * @throws HubUnreachable, HubProblem
 */
export async function handsDoubts(
  session: Session,
  sub: ShipmentId,
  hands: Hands,
  when: When = {},
): Promise<readonly (Doubt | undefined)[]> {
  const found = await doubtOfEach(session, [sub], hands, { chains: askedOnce(session.client), ...when });
  const see = `See where it is with \`unbroken chain ${formatShipmentId(sub)}\`.`;
  return [...found.values()].map((doubt) => ({ ...doubt, cure: `${doubt.cure} ${see}`.trim() }));
}

/** The same of many parcels, each asked for once; those with nothing wrong are left out. */
export async function doubtOfEach(
  session: Session,
  subs: readonly ShipmentId[],
  hands: Hands,
  { at, after = [], chains }: When & { readonly chains: Chains },
): Promise<ReadonlyMap<ShipmentId, Doubt>> {
  const signer = await session.device();
  const told = await askedTogether([...new Set(subs)], async (sub) => ({ sub, chain: await chainOrNone(chains, sub) }));
  const kept = await keptHere(session);
  const known = told.flatMap(({ sub, chain }) => {
    const state = chain === undefined ? undefined : knownState(chain, kept);
    return chain === undefined || state === undefined ? [] : [{ sub, state, ...sentBy(chain) }];
  });
  const parties = known.flatMap(({ state: { holder, consignee, offer }, sender }) => [
    ...[holder, consignee, offer?.from, offer?.to, sender].flatMap((id) => id ?? []),
  ]);
  const name = await namesOf(session.client, parties);
  const mandated = (by: string) => mandatedBy(chains, by, { to: signer.party, at, now: session.around.now() / 1000 });
  const doubts = await askedTogether(known, async ({ sub, ...stands }) => {
    const standing = { signer, name, mandated, ...stands };
    const { closed, status } = stands.state;
    const doubt = closed && !after.includes(status) ? closedDoubt(standing) : await handsRules[hands](standing);
    return doubt === undefined ? [] : [[sub, doubt] as const];
  });
  return new Map(doubts.flat());
}

export async function chainOrNone(chains: Chains, sub: string): Promise<ChainAnswer | undefined> {
  try {
    return await chains.chain(sub);
  } catch (error) {
    if (error instanceof HubProblem && error.code === 'chain.unknown') return undefined;
    throw error;
  }
}

/** What this device has signed or scanned, and the hub has not refused, by the parcel it is about. */
async function keptHere({ outbox }: Session): Promise<ReadonlyMap<string, readonly TokenId[]>> {
  const bySub = new Map<string, TokenId[]>();
  for (const kept of await outbox.list()) {
    const { tid, claims } = envelopeOf(kept);
    if (kept.refused === undefined) bySub.set(claims.sub, [...(bySub.get(claims.sub) ?? []), tid]);
  }
  return bySub;
}

/** Undefined where this device keeps a statement that the hub has not recorded, so that the hub's word is not the last. */
function knownState(
  { sub, state, tokens }: ChainAnswer,
  kept: ReadonlyMap<string, readonly TokenId[]>,
): ShipmentState | undefined {
  if (state === null || !('holder' in state) || state.disputed.length > 0) return undefined;
  const recorded = new Set<string>(tokens.map(({ tid }) => tid));
  return (kept.get(sub) ?? []).every((tid) => recorded.has(tid)) ? state : undefined;
}

/** Read from the chain itself. An acceptance that named no release, or was signed by a revoked key, has moved nothing. */
function sentBy({ tokens }: ChainAnswer): Pick<Standing, 'sender' | 'left' | 'concerned'> {
  const counting = tokens.flatMap(({ token, findings }) =>
    token === undefined || findings.some((code) => code === 'handoff.without-release' || code === 'key.revoked')
      ? []
      : parseStatement(token).claims,
  );
  const sender = counting.find(({ evt }) => evt === 'registered')?.iss;
  const left = counting.some(({ evt, iss }) => evt === 'accepted' && iss !== sender);
  return { sender, left, concerned: new Set(sender === undefined ? [] : counting.flatMap(concernedBy)) };
}

/** Whom a statement makes a party of the chain. */
function concernedBy({ evt, iss, to, via }: Envelope['claims']): readonly unknown[] {
  if (evt === 'accepted' || evt === 'confirmed') return [iss];
  if (evt !== 'registered' && evt !== 'redirected' && evt !== 'released') return [];
  return [iss, to, ...(Array.isArray(via) ? (via as readonly unknown[]) : [])];
}

/** By its chain as it stands; the ledger judges by the place and the time of signing. */
async function mandatedBy(
  chains: Chains,
  by: string,
  { to, at, now }: { readonly to: PartyId; readonly at: string | undefined; readonly now: number },
): Promise<boolean> {
  const state = (await chainOrNone(chains, by))?.state ?? null;
  if (state === null || !('mandates' in state)) return false;
  return state.mandates.some(
    (mandate) =>
      mandate.to === to &&
      (mandate.site === undefined || mandate.site === at) &&
      (mandate.until === undefined || mandate.until >= now),
  );
}

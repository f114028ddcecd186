// A party's chain: what it said of itself, its keys and its places, and what is wrong with any of it.

import type { RegistryView } from '@unbroken/chains';
import type { ChainAnswer, PartyChainState } from '@unbroken/contracts';
import type { PartyState } from '@unbroken/custody';
import type { PartyId } from '@unbroken/tokens';
import type { EntryRow } from '../publish/entry-message.js';
import { chainTokenOf } from './chain-token.js';

/** The view has reached every entry. */
export function partyChain(
  sub: PartyId,
  rows: readonly EntryRow[],
  { registry, deployment }: RegistryView,
): ChainAnswer {
  const state = registry.partyState(sub);
  return {
    sub,
    state: state === undefined ? null : shown(state),
    tokens: rows.map((row) => {
      const grade = registry.signerOf(row.kid)?.use ?? null;
      return chainTokenOf(row, grade, registry.findingsOf(row.tid), deployment);
    }),
  };
}

function shown(state: PartyState): PartyChainState {
  const { status, head, seq, rootKid, keys, sites } = state;
  return {
    status,
    head,
    seq,
    rootKid,
    keys: keys.map((key) => ({ ...key, roles: [...key.roles] })),
    sites: sites.map((site) => ({ ...site, geo: [...site.geo] })),
    mandates: [...state.mandates],
    policies: [...state.policies],
    disputed: [...state.disputed],
    gaps: [...state.gaps],
  };
}

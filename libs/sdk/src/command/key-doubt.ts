// Whether the key to a medium may be let go yet (docs/protocol, section 5, `key.too-early`): once it arrived unopened with its
// seals intact, or where a second person has a reason. Asked before it is signed.

import { parseStatement } from '@unbroken/manifests';
import type { ShipmentId } from '@unbroken/tokens';
import type { UnbrokenClient } from '../client/unbroken-client.js';
import type { StoredKey } from '../keys/key-store.js';
import type { Doubt } from './anyway.js';
import { approvalDoubt } from './four-eyes.js';

/** `reason`: whether a note is signed with it. */
export async function keyDoubt(
  client: UnbrokenClient,
  sub: ShipmentId,
  { key, reason }: { readonly key: StoredKey; readonly reason: boolean },
): Promise<Doubt | undefined> {
  const { state, tokens } = await client.chain(sub);
  const isConfirmed = state?.status === 'confirmed';
  const seals = state !== null && 'seals' in state ? Object.values(state.seals) : [];
  const isUnopened = tokens.some(({ token = '' }) => {
    const claims = token === '' ? undefined : parseStatement(token).claims;
    return claims?.evt === 'confirmed' && claims['unopened'] === true;
  });
  if (isConfirmed && isUnopened && seals.every((seen) => seen === 'intact')) return undefined;
  if (reason && (await approvalDoubt(client, sub, key)) === undefined) return undefined;
  return {
    code: 'key.too-early',
    what: 'The parcel is not confirmed unopened with its seals intact, so that nobody can know who could read what the key opens.',
    cure: 'Wait for the confirmation; or have a second person let the key go, with the reason in --note.',
  };
}

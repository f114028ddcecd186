// Who is in the tests of the whole system: a parcel's sender, its courier, its consignee, and somebody it is not for.

import type { UnbrokenClient } from '@unbroken/sdk';
import { SigningParty } from './signing-party.js';

export interface Cast {
  /** The deployment's name, for `aud`. */
  readonly deployment: string;
  readonly sender: SigningParty;
  readonly courier: SigningParty;
  readonly consignee: SigningParty;
  readonly stranger: SigningParty;
}

/** All four established, admitted and with an enrolled device. */
export async function settleCast(client: UnbrokenClient): Promise<Cast> {
  const [{ deployment }, sender, courier, consignee, stranger] = await Promise.all([
    client.trust(),
    SigningParty.settle(client, 'institute', 'sender'),
    SigningParty.settle(client, 'post', 'courier'),
    SigningParty.settle(client, 'statistics', 'receiver'),
    SigningParty.settle(client, 'visa-centre', 'receiver'),
  ]);
  return { deployment, sender, courier, consignee, stranger };
}
